"""The machine that the program runs on: what it is, and what is fastest on it."""
