"""From the board to finished takes."""
