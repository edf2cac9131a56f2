"""FLUX.1: dev and schnell; what Kontext shares with them is here too."""
