"""Storyboard: a story goes in, a storyboard comes out."""
