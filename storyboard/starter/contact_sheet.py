"""A contact sheet: drawn panels in rows, each with its caption and what the reader misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.files.assets import asset
from storyboard.starter.architecture import NATIVE_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.starter.scores import Reading

__all__ = ["CELLS", "contact_sheet"]

CELLS = 24
"""Most panels on a sheet."""

_COLUMNS = 4
_GAP, _LINES, _LEADING, _FONT_SIZE = 12, 8, 17, 13
_PAPER, _INK, _MISSED = (252, 252, 250), (40, 40, 44), (176, 42, 36)


def contact_sheet(panels: Sequence[tuple[Image.Image, Reading]]) -> Image.Image:
    """Put panels on one RGB picture, four in a row.

    Args:
        panels: Pictures of the native size, and their readings; those beyond `CELLS` are left out.
    """
    shown = panels[:CELLS]
    font = ImageFont.truetype(asset("fonts", "NotoSans-Regular.ttf"), _FONT_SIZE)
    width, height = NATIVE_SIZE
    row = height + _LINES * _LEADING + 2 * _GAP
    rows = max(1, -(-len(shown) // _COLUMNS))
    sheet = Image.new("RGB", (_COLUMNS * (width + _GAP) + _GAP, rows * row + _GAP), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, (picture, reading) in enumerate(shown):
        x = _GAP + number % _COLUMNS * (width + _GAP)
        y = _GAP + number // _COLUMNS * row
        sheet.paste(picture, (x, y))
        lines = [(line, _INK) for line in _wrapped(reading.question.job.request.prompt, font)]
        missed = ", ".join(
            f"{name.replace('_', ' ')} {answer} (not {reading.expected[name]})"
            for name, answer in reading.wrong.items()
        )
        lines = [*lines[:4], *((line, _MISSED) for line in _wrapped(missed, font))]
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
