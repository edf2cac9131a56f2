"""What the window says, in the language of who sits before it."""
