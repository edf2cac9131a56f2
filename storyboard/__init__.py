"""Storyboard: a story goes in, a storyboard comes out."""

__all__ = ["__version__"]

__version__ = "0.2.0"
