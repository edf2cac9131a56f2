"""Annotations as YAML that a person can read; what a stranger's file can hold is bounded."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from storyboard.errors import ProjectError
from storyboard.files.yaml_text import to_yaml
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.values import bounds
from storyboard.values.annotations import (
    MAX_MARKS,
    MAX_POINTS,
    MAX_TEXT,
    SIZES,
    WIDTHS,
    Arrow,
    Mark,
    Note,
    Point,
    Stroke,
    is_colour,
    is_note_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FORMAT", "MAX_BYTES", "NewerAnnotationsError", "marks_from_yaml", "marks_to_yaml"]

FORMAT = 2
"""Version of the file; raised whenever an older program could misread it. From 2 on a file has a
last line, without which it was cut short: between two marks that could not be seen otherwise."""

MAX_BYTES = bounds.ANNOTATION_BYTES
"""A larger file is none of ours. Thirty full strokes are 1 MB."""

_HEAD = "# Arrows, strokes and notes above a picture. Places are fractions of it: across,down.\n"
_END = "# end: without this line the file was cut short"
_KEYS = {
    "arrow": ("arrow", "colour", "width"),
    "stroke": ("stroke", "colour", "width"),
    "note": ("note", "at", "colour", "size"),
}
_NUMBER = r"\d{1,2}(?:\.\d{1,25})?(?:e-\d{1,3})?"
_POINT = re.compile(rf"({_NUMBER}),({_NUMBER})", re.ASCII)


class NewerAnnotationsError(ProjectError):
    """The file is whole, but a newer version of the program wrote it."""


def marks_to_yaml(marks: Sequence[Mark]) -> str:
    """Write the marks of a picture, from the lowest to the topmost."""
    tree = {"format": FORMAT, "marks": [_mark_out(each) for each in marks]}
    return f"{_HEAD}{to_yaml(tree)}{_END}\n"


def marks_from_yaml(text: str, source: str) -> tuple[Mark, ...]:
    """Read the marks of a picture.

    Args:
        text: What the file holds.
        source: How messages call the file.

    Raises:
        ProjectError: Not such a file, cut short, made by a newer version, or with a value that
            cannot be; the message names the file, the line and the key.
    """
    if len(text) > MAX_BYTES:
        raise ProjectError(
            "{source} is larger than {max_bytes} MB: is it the right file?",
            source=source,
            max_bytes=MAX_BYTES // 1024**2,
        )
    tree = parse_yaml(text, source, bounds.ANNOTATION_EVENTS)
    found = tree.mapping().get("format")
    if found is None:
        tree.fail("has no line 'format:'; are these annotations?")
    version = found.whole(1, 10**9)
    if version > FORMAT:
        raise NewerAnnotationsError(
            "{source} was made by a newer version of Storyboard: update Storyboard", source=source
        )
    if version > 1 and not text.rstrip().endswith(_END):
        raise ProjectError(
            "{source} was cut short, its last line is missing: copy the whole file again",
            source=source,
        )
    fields = tree.fields(("format", "marks"), required=("marks",))
    return tuple(_mark_in(each) for each in fields["marks"].items(MAX_MARKS))


def _mark_out(mark: Mark) -> dict[str, Any]:
    match mark:
        case Arrow():
            line = _points_out((mark.start, mark.end))
            return {"arrow": line, "colour": mark.colour, "width": float(mark.width)}
        case Stroke():
            line = _points_out(mark.points)
            return {"stroke": line, "colour": mark.colour, "width": float(mark.width)}
        case Note():
            return {
                "note": mark.text,
                "at": _points_out((mark.at,)),
                "colour": mark.colour,
                "size": float(mark.size),
            }


def _points_out(points: Sequence[Point]) -> str:
    return " ".join(f"{float(across)!r},{float(down)!r}" for across, down in points)


def _mark_in(tree: YamlTree) -> Mark:
    kinds = [kind for kind in _KEYS if kind in tree.mapping()]
    if len(kinds) != 1:
        tree.fail("must be one of: {keys}", keys=", ".join(_KEYS))
    kind = kinds[0]
    fields = tree.fields(_KEYS[kind], required=_KEYS[kind])
    colour = fields["colour"].text(20)
    if not is_colour(colour):
        fields["colour"].fail("must be a colour such as '#d32f2f'")
    match kind:
        case "arrow":
            points = _points_in(fields["arrow"], 2)
            if len(points) != 2:
                fields["arrow"].fail("must have two places, where it begins and where it points to")
            return Arrow(points[0], points[1], colour, fields["width"].number(*WIDTHS))
        case "stroke":
            points = _points_in(fields["stroke"], MAX_POINTS)
            return Stroke(points, colour, fields["width"].number(*WIDTHS))
        case _:
            text = fields["note"].text(MAX_TEXT)
            if not is_note_text(text):
                fields["note"].fail("must be words, without characters that cannot be seen")
            place = _points_in(fields["at"], 1)
            return Note(place[0], text, colour, fields["size"].number(*SIZES))


def _points_in(tree: YamlTree, most: int) -> tuple[Point, ...]:
    words = tree.text(most * bounds.POINT).split()
    if not 1 <= len(words) <= most:
        tree.fail("has {count} places; 1 to {most} are possible", count=len(words), most=most)
    return tuple(_point_in(tree, each) for each in words)


def _point_in(tree: YamlTree, word: str) -> Point:
    match = _POINT.fullmatch(word)
    across, down = (float(each) for each in match.groups()) if match else (math.nan, math.nan)
    if not (0 <= across <= 1 and 0 <= down <= 1):  # false for nan
        tree.fail(
            "has a place that cannot be, {word}: write across,down from 0 to 1",
            word=repr(word[:40]),
        )
    return across, down
