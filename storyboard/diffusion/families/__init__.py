"""The model families, a package each."""
