"""FLUX.2 klein: pictures from words and from other pictures, and pictures that are changed."""
