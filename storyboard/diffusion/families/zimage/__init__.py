"""Z-Image-Turbo: pictures from words in eight evaluations."""
