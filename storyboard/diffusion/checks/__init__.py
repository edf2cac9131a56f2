"""Examining a device and tuning for it."""
