"""A picture with what is drawn above it, as pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.files.assets import asset
from storyboard.values.annotations import (
    LEADING,
    PADDING,
    Arrow,
    Note,
    Point,
    Stroke,
    arrow_head,
    is_light,
    note_box,
    note_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.annotations import Mark

__all__ = ["annotated"]

_FINER = 2  # Pillow's lines have steps; drawn larger and scaled down they have none
_FINEST = 16_000_000  # pixels, above which that is neither needed nor cheap
_BASELINE = 0.95  # letter sizes from the top of a line to its baseline


def annotated(png: bytes, marks: Sequence[Mark]) -> bytes:
    """The picture with the marks above it, as an RGB PNG without texts.

    Args:
        png: A whole PNG.
        marks: From the lowest to the topmost.
    """
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        picture = image.convert("RGB")
    finer = _FINER if picture.width * picture.height * _FINER**2 <= _FINEST else 1
    size = (picture.width * finer, picture.height * finer)
    # Marks lie on a layer of their own: only where they are, the picture changes.
    layer = Image.new("RGBA", size)
    draw = ImageDraw.Draw(layer)
    for mark in marks:
        _draw_mark(draw, mark, size)
    small = layer.convert("RGBa").resize(picture.size, Image.Resampling.BOX).convert("RGBA")
    picture.paste(small, mask=small)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw_mark(draw: ImageDraw.ImageDraw, mark: Mark, size: tuple[int, int]) -> None:
    width, height = size

    def place(point: Point) -> Point:
        return point[0] * width, point[1] * height

    match mark:
        case Arrow():
            start, end, broad = place(mark.start), place(mark.end), mark.width * height
            parts = arrow_head(start, end, broad)
            if parts is None:
                _draw_line(draw, (start,), mark.colour, broad)
                return
            _draw_line(draw, (start, parts[0]), mark.colour, broad)
            draw.polygon(parts[1], fill=mark.colour)
        case Stroke():
            points = [place(each) for each in mark.points]
            _draw_line(draw, points, mark.colour, mark.width * height)
        case Note():
            _draw_note(draw, mark, size)


def _draw_line(
    draw: ImageDraw.ImageDraw, points: Sequence[Point], colour: str, width: float
) -> None:
    """A line with round ends and corners, which Pillow's own lines lack."""
    if len(points) > 1:
        draw.line(list(points), fill=colour, width=max(1, round(width)))
    radius = width / 2
    for across, down in points:
        box = (across - radius, down - radius, across + radius, down + radius)
        draw.ellipse(box, fill=colour)


def _draw_note(draw: ImageDraw.ImageDraw, note: Note, size: tuple[int, int]) -> None:
    letters = note.size * size[1]
    font = ImageFont.truetype(asset("fonts", "NotoSans-Bold.ttf"), max(1.0, letters))
    lines = note_lines(note.text)
    longest = max((font.getlength(each) for each in lines), default=0.0)
    left, top, wide, high = note_box(note, size[0], size[1], longest)
    draw.rounded_rectangle((left, top, left + wide, top + high), letters / 4, fill=note.colour)
    fill = "black" if is_light(note.colour) else "white"
    for number, line in enumerate(lines):
        baseline = top + (PADDING + number * LEADING + _BASELINE) * letters
        draw.text((left + PADDING * letters, baseline), line, fill=fill, font=font, anchor="ls")
