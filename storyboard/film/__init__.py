"""Films as files: written from frames, read back to them, and what they say of themselves."""
