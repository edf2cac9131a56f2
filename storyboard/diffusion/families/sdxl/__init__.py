"""SDXL with its IP-Adapter."""
