"""What to change to get faster or better on this machine, with the effect and its source."""
