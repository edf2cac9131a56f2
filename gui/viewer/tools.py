"""The tools of the viewer: what a drag with each of them makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.values.annotations import MAX_POINTS, Arrow, Mark, Point, Stroke

__all__ = ["COLOURS", "MIDDLE", "THICKNESSES", "Pencil", "Sketch", "Tool"]

COLOURS = ("#e53935", "#fdd835", "#1e88e5", "#43a047", "#ffffff", "#111111")
"""Red, yellow, blue, green, white, black: told apart on most pictures."""

THICKNESSES = ((0.004, 0.04), (0.008, 0.055), (0.016, 0.08))
"""Thin, medium, thick: width of a line, and size of a note's letters."""

MIDDLE: Point = (0.5, 0.5)

_CLOSE = 0.0015  # of the picture; a hand does not mean what is closer together
_SHORTEST = 0.01  # an arrow that is shorter was a click
_DIGITS = 5  # a hundredth of a pixel at 1000 pixels


class Tool(Enum):
    """A tool: what dragging the mouse does."""

    SELECT = "select"
    ARROW = "arrow"
    STROKE = "stroke"
    NOTE = "note"
    ERASER = "eraser"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Pencil:
    """How new marks look.

    Attributes:
        colour: "#rrggbb".
        width: Of lines, as a share of the picture's height.
        size: Of a note's letters, likewise.
    """

    colour: str = COLOURS[0]
    width: float = THICKNESSES[1][0]
    size: float = THICKNESSES[1][1]


class Sketch:
    """A mark that is being drawn.

    Args:
        tool: `Tool.ARROW` or `Tool.STROKE`.
        pencil: How it looks.
        start: Where the drag began.
    """

    def __init__(self, tool: Tool, pencil: Pencil, start: Point) -> None:
        self._tool, self._pencil = tool, pencil
        self._points = [_rounded(start)]

    def go_on(self, point: Point) -> None:
        """Go on to where the mouse is."""
        point, last = _rounded(point), self._points[-1]
        if self._tool is Tool.ARROW:
            self._points[1:] = [point]
        elif max(abs(point[0] - last[0]), abs(point[1] - last[1])) >= _CLOSE:
            if len(self._points) == MAX_POINTS:
                self._points = self._points[::2]  # coarser, but all of it
            self._points.append(point)

    @property
    def mark(self) -> Mark | None:
        """The mark as it is so far; None where it would be nothing."""
        pencil, first, last = self._pencil, self._points[0], self._points[-1]
        if self._tool is Tool.STROKE:
            return Stroke(tuple(self._points), pencil.colour, pencil.width)
        if max(abs(first[0] - last[0]), abs(first[1] - last[1])) < _SHORTEST:
            return None
        return Arrow(first, last, pencil.colour, pencil.width)


def _rounded(point: Point) -> Point:
    across, down = (round(min(1.0, max(0.0, each)), _DIGITS) for each in point)
    return across, down
