"""What is drawn on a layer above a picture: arrows, strokes and notes.

Places are fractions of the picture, from its upper left corner (0, 0) to its lower right one
(1, 1), so that they survive a picture of another size. Widths and sizes are fractions of the
picture's height.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from typing import TypeAlias

from storyboard.values import bounds

__all__ = [
    "LEADING",
    "MAX_MARKS",
    "MAX_POINTS",
    "MAX_TEXT",
    "PADDING",
    "SIZES",
    "WIDTHS",
    "Arrow",
    "Mark",
    "Note",
    "Point",
    "Stroke",
    "arrow_head",
    "greyed",
    "is_colour",
    "is_light",
    "is_note_text",
    "moved",
    "note_box",
    "note_lines",
]

MAX_MARKS = bounds.MARKS
"""Marks that a picture can have."""

MAX_POINTS = bounds.POINTS
"""Points that a stroke can have; half a minute of scribbling has about as many."""

MAX_TEXT = bounds.NOTE
"""Characters that a note can have."""

WIDTHS = (0.001, 0.1)
"""The thinnest and the broadest line."""

SIZES = (0.01, 0.3)
"""The smallest and the largest letters of a note."""

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_LINE = 28  # characters: every program that draws a note breaks its lines at the same places
_HEAD_LENGTH, _HEAD_WIDTH = 4.5, 3.6  # of an arrow's head, in widths of its line
_SHAFT = 0.8  # of the head's length, which the line goes into it
LEADING, PADDING = 1.25, 0.35
"""Height of a note's lines, and the ground around them, in sizes of its letters."""

Point: TypeAlias = tuple[float, float]
"""Across and down, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A straight arrow.

    Attributes:
        colour: "#rrggbb", lower case.
        width: Of the line, within `WIDTHS`.
    """

    start: Point
    end: Point
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line drawn by hand.

    Attributes:
        points: 1 to `MAX_POINTS` of them; a single one is a dot.
        colour: "#rrggbb", lower case.
        width: Within `WIDTHS`.
    """

    points: tuple[Point, ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Note:
    """A few words on a ground of one colour.

    Attributes:
        at: Upper left corner of the ground; who draws it moves it so far that all of it is on the
            picture.
        text: 1 to `MAX_TEXT` characters, see `is_note_text`.
        colour: Of the ground, "#rrggbb", lower case; the letters are black or white.
        size: Height of the letters, within `SIZES`.
    """

    at: Point
    text: str
    colour: str
    size: float


Mark: TypeAlias = Arrow | Stroke | Note


def is_colour(text: str) -> bool:
    """Whether a text is a colour as marks have it."""
    return _COLOUR.fullmatch(text) is not None


def is_note_text(text: str) -> bool:
    """Whether a note may say this: words, without characters that cannot be seen."""
    return (
        0 < len(text) <= MAX_TEXT
        and not text.isspace()
        and all(each.isprintable() or each == "\n" for each in text)
    )


def note_lines(text: str) -> tuple[str, ...]:
    """The lines in which a note is drawn."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, _LINE) or [""]
    return tuple(lines)


def note_box(
    note: Note, width: float, height: float, text_width: float
) -> tuple[float, float, float, float]:
    """Where the ground of a note lies: left, top, width, height.

    Args:
        note: The note.
        width: Of the picture, in the units in which it is drawn.
        height: Likewise.
        text_width: Of the note's longest line, likewise.
    """
    size = note.size * height
    wide = text_width + 2 * PADDING * size
    high = (len(note_lines(note.text)) * LEADING + 2 * PADDING) * size
    left = max(0.0, min(note.at[0] * width, width - wide))
    top = max(0.0, min(note.at[1] * height, height - high))
    return left, top, wide, high


def is_light(colour: str) -> bool:
    """Whether black letters are easier to read on a colour than white ones."""
    return _luma(colour) > 140


def greyed(mark: Mark) -> Mark:
    """The mark without its colour."""
    level = round(_luma(mark.colour))
    return replace(mark, colour=f"#{level:02x}{level:02x}{level:02x}")


def arrow_head(
    start: Point, end: Point, width: float
) -> tuple[Point, tuple[Point, Point, Point]] | None:
    """How an arrow is drawn: where its line ends, and the triangle of its head.

    Args:
        start: In the units in which it is drawn, not in fractions: pixels, millimetres.
        end: Likewise.
        width: Of the line, in the same units.

    Returns:
        None for an arrow without length, which is a dot.
    """
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + down**2) ** 0.5
    if length <= width / 1000:
        return None
    head = min(_HEAD_LENGTH * width, length)
    x, y = across / length, down / length
    base = (end[0] - x * head, end[1] - y * head)
    half = head * _HEAD_WIDTH / _HEAD_LENGTH / 2
    left = (base[0] - y * half, base[1] + x * half)
    right = (base[0] + y * half, base[1] - x * half)
    shaft = (end[0] - x * head * _SHAFT, end[1] - y * head * _SHAFT)
    return shaft, (end, left, right)


def moved(mark: Mark, across: float, down: float) -> Mark:
    """The mark at another place, as far as it can go without leaving the picture."""
    points = _points(mark)
    across = _within(across, [each[0] for each in points])
    down = _within(down, [each[1] for each in points])
    there = tuple((_clamped(each[0] + across), _clamped(each[1] + down)) for each in points)
    match mark:
        case Arrow():
            return replace(mark, start=there[0], end=there[1])
        case Stroke():
            return replace(mark, points=there)
        case Note():
            return replace(mark, at=there[0])


def _luma(colour: str) -> float:
    """How light a colour is, from 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue  # ITU-R BT.601's luma


def _points(mark: Mark) -> tuple[Point, ...]:
    match mark:
        case Arrow():
            return mark.start, mark.end
        case Stroke():
            return mark.points
        case Note():
            return (mark.at,)


def _within(by: float, places: list[float]) -> float:
    return min(max(by, -min(places)), 1 - max(places))


def _clamped(place: float) -> float:
    return min(1.0, max(0.0, place))
