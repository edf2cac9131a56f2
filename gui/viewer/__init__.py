"""The large viewer: one panel at full size, its takes, and what is drawn above them."""
