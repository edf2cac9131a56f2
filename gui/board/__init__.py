"""The board as it is seen: panels in a grid, and edits of whole panels."""
