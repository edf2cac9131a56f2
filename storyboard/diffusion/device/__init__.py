"""The device: its policy, its memory, what was found out about it."""
