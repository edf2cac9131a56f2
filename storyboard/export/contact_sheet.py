"""A contact sheet: all panels on one picture, small, with their numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.errors import InputError
from storyboard.export.frames import Frames
from storyboard.export.page_words import page_words
from storyboard.files.assets import asset
from storyboard.files.output_file import png_of_chart
from storyboard.planning.sheet_cells import CELLS, Cell, cells_text
from storyboard.terminal import plain
from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["contact_sheet_of"]

_WIDEST = 6000  # pixels of the sheet
_CELL = 480  # pixels across, of a frame on a small sheet
_SHAPE = 1.4  # width over height of the whole, about
_GAP, _EDGE = 0.06, 0.12  # of a frame's width
_LETTERS = 0.055  # height of letters, of a frame's width
_TITLE = 1.6  # of those
_PAPER, _INK, _PALE, _EMPTY, _LINE = (252, 252, 250), (40, 40, 44), 110, (236, 236, 234), 70


def contact_sheet_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The sheet as a PNG that `is_chart` knows, and that says where its pictures are.

    Raises:
        InputError: There are no panels.
    """
    numbers = [number for number, _ in options.numbered(board)]
    board = options.chosen(board)
    if not board.panels:
        raise InputError("there is nothing to show: the board has no panels")
    # 1. As many beside each other as make a sheet of a usual shape.
    ratio = aspect_ratio(board.aspect)
    count = len(board.panels)
    columns = min(count, max(1, round(math.sqrt(count * _SHAPE / ratio * 1.2))))
    rows = -(-count // columns)
    wide = min(_CELL, int(_WIDEST / (columns * (1 + _GAP) + 2 * _EDGE)))
    high = max(1, round(wide / ratio))
    gap, edge, letters = round(wide * _GAP), round(wide * _EDGE), max(8, round(wide * _LETTERS))
    step = high + round(2.2 * letters) + gap
    head = edge + round(letters * _TITLE * 2)

    # 2. The paper, and the title with as much of it as there is room.
    size = (2 * edge + columns * wide + (columns - 1) * gap, head + rows * step + edge - gap)
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    bold = _font("Bold", letters * _TITLE)
    words = page_words(board.language)
    title = _elided(
        " ".join(plain(board.title).split()) or words.untitled, bold, size[0] - 2 * edge
    )
    draw.text((edge, edge), title, fill=_INK, font=bold)

    # 3. The frames.
    cells: list[Cell] = []
    frames = Frames(board, picture_of, options.marks_if(False))
    number_font, font = _font("Bold", letters), _font("Regular", letters)
    for index, (panel, number) in enumerate(zip(board.panels, numbers, strict=True)):
        options.go_on()
        options.progress(index, count)
        x = edge + index % columns * (wide + gap)
        y = head + index // columns * step
        cells.append((x, y, wide, high))
        picture = frames.picture(index)
        draw.rectangle((x, y, x + wide - 1, y + high - 1), fill=_EMPTY)
        if picture is not None:
            sheet.paste(_fitted(picture, (wide, high)), (x, y))
        draw.rectangle((x, y, x + wide - 1, y + high - 1), outline=(_LINE,) * 3)
        below = y + high + round(0.4 * letters)
        draw.text((x, below), str(number), fill=_INK, font=number_font)
        start = x + round(number_font.getlength(f"{number}  "))
        shot = panel.shot
        said = (
            f"{words.place.format(shot.scene_name, shot.number)} · {words.duration(shot.duration)}"
        )
        said = _elided(said, font, x + wide - start)
        draw.text((start, below), said, fill=(_PALE,) * 3, font=font)
    return png_of_chart(sheet, {CELLS: cells_text(cells)})


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture as a frame of that size shows it."""
    left, top, wide, high = Frames.place(picture, size)
    small = picture.resize(
        (max(1, round(wide)), max(1, round(high))), Image.Resampling.LANCZOS, reducing_gap=2.0
    )
    frame = Image.new("RGB", size, _EMPTY)
    frame.paste(small, (round(left), round(top)))
    return frame


def _font(weight: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(asset("fonts", f"NotoSans-{weight}.ttf"), size)


def _elided(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    text = text[:500]
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text} …") > room:
        text = text[:-1].rstrip()
    return f"{text} …" if text else ""
