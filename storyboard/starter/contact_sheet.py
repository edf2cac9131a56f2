"""A contact sheet: pictures in rows, each with its caption and what a reader misses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.files.assets import asset
from storyboard.starter.architecture import NATIVE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CELLS", "Cell", "contact_sheet"]

CELLS = 24
"""Most panels on a sheet."""

_COLUMNS = 4
_GAP, _LINES, _LEADING, _FONT_SIZE = 12, 8, 17, 13
_PAPER, _INK, _MISSED = (252, 252, 250), (40, 40, 44), (176, 42, 36)


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a sheet, no larger than the native size.

    Attributes:
        picture: RGB.
        caption: What was asked for.
        missed: What is there instead, in red.
    """

    picture: Image.Image
    caption: str
    missed: str = ""


def contact_sheet(cells: Sequence[Cell]) -> Image.Image:
    """Put pictures on one RGB picture, four in a row; those beyond `CELLS` are left out."""
    shown = cells[:CELLS]
    font = ImageFont.truetype(asset("fonts", "NotoSans-Regular.ttf"), _FONT_SIZE)
    width, height = NATIVE_SIZE
    row = height + _LINES * _LEADING + 2 * _GAP
    rows = max(1, -(-len(shown) // _COLUMNS))
    sheet = Image.new("RGB", (_COLUMNS * (width + _GAP) + _GAP, rows * row + _GAP), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, cell in enumerate(shown):
        x = _GAP + number % _COLUMNS * (width + _GAP)
        y = _GAP + number // _COLUMNS * row
        sheet.paste(cell.picture, (x, y))
        lines = [(line, _INK) for line in _wrapped(cell.caption, font)][:4]
        lines += [(line, _MISSED) for line in _wrapped(cell.missed, font)]
        for index, (line, colour) in enumerate(lines[:_LINES]):
            draw.text((x, y + height + 4 + index * _LEADING), line, colour, font)
    return sheet


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a text into lines no wider than a panel."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= NATIVE_SIZE[0]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
