"""A place in a picture that somebody or something was found at."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

__all__ = ["Box"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in parts of the picture, so that it fits every size the picture is drawn at.

    Attributes:
        left, top, right, bottom: 0..1 from the picture's upper left corner; left < right and
            top < bottom.
        confidence: How sure the finder is, 0..1; 1 for a box that a person drew.
    """

    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of that size: whole pixels that cover it."""
        return (
            max(0, int(self.left * width)),
            max(0, int(self.top * height)),
            min(width, ceil(self.right * width)),
            min(height, ceil(self.bottom * height)),
        )
