"""The project folder: board, takes and references, on disk the moment they exist."""
