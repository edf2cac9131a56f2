"""Measuring, judging and remembering speed."""
