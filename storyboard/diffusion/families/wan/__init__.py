"""Wan 2.2: pictures that move. A14B has two transformers that take turns, TI2V 5B has one."""
