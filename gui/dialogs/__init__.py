"""Windows of their own above the board."""
