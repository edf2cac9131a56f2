"""The timeline: the board in time, with one clock for everything that plays it."""
