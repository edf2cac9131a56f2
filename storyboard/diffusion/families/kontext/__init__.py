"""FLUX.1 Kontext: a picture changed by an instruction, and people held by their pictures."""
