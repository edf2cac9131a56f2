"""The very first start: what this machine can draw with, said once."""
