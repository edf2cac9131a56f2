"""What changes how a model draws, as values; no torch."""
