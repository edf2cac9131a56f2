"""A Mac on any machine, and exact counts of memory: for tests."""
