"""Pages of a contact sheet on paper: a PDF whose words stay sharp, and a PNG of each page."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from storyboard.export.pdf_pen import Pen
from storyboard.export.typesetting import Style
from storyboard.files.assets import asset
from storyboard.files.output_file import png_of_chart
from storyboard.files.regular_file import read_regular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.explorer.sheet import SheetPage

_MOST_BYTES = 64 * 1024 * 1024  # of one picture, as PNG
__all__ = ["sheet_pdf", "sheet_png"]

_EDGE, _LABEL, _HEAD, _CAPTION, _GAP = 8.0, 34.0, 22.0, 6.5, 3.0
_CELL = 60.0
"""Width of a picture; lengths are millimetres."""
_TITLE, _NAME, _WORDS = Style("B", 13, 6), Style("B", 10, 4.6), Style("", 7.5, 3.6, 70)
_MARK = (0, 114, 178)
_PAPER, _INK = (255, 255, 255), (34, 34, 34)
_MOST_SIDE = 12_000
_DOTS = 240 / _CELL
"""Pixels a millimetre of a PNG, where that is not too large."""
_POINT = 25.4 / 72


def sheet_pdf(pages: Sequence[SheetPage], title: str) -> bytes:
    """All pages as one sealed PDF; each is as large as its grid."""
    pen = Pen((210, 297), datetime.now(UTC).date(), "en")
    pen.name(pen.clean(title[:200]))
    try:
        for page in pages:
            high = _cell_height(page)
            size = _size(page, high)
            pen.pdf.add_page(format=size)
            pen.text(_EDGE, _EDGE, pen.elided(pen.clean(page.title), _TITLE, size[0] - 16), _TITLE)
            for number, name in enumerate(page.columns):
                pen.text(*_at(0, number, high, up=6), pen.clean(name), _NAME)
            for number, name in enumerate(page.rows):
                top = _at(number, 0, high)[1]
                for line, words in enumerate(name.split("\n")):
                    shown = pen.elided(pen.clean(words), _NAME, _LABEL - 2)
                    pen.text(_EDGE, top + line * _NAME.leading, shown, _NAME)
            for place, cell in page.cells.items():
                x, y = _at(*place, high)
                pen.pdf.image(_jpeg(read_regular(cell.path, _MOST_BYTES)), x, y, _CELL, high)
                if cell.marked:
                    pen.pdf.set_draw_color(*_MARK)
                    pen.pdf.set_line_width(0.9)
                    pen.pdf.rect(x, y, _CELL, high)
                pen.text(x, y + high + 0.6, pen.clean(cell.caption), _WORDS)
        return pen.output()
    finally:
        pen.close()


def sheet_png(page: SheetPage) -> bytes:
    """One page as a PNG that `is_chart` knows."""
    high = _cell_height(page)
    wide, tall = _size(page, high)
    dots = min(_DOTS, _MOST_SIDE / max(wide, tall))

    def px(length: float) -> int:
        return round(length * dots)

    sheet = Image.new("RGB", (px(wide), px(tall)), _PAPER)
    draw = ImageDraw.Draw(sheet)
    fonts = {style: _font(style, dots) for style in (_TITLE, _NAME, _WORDS)}
    draw.text((px(_EDGE), px(_EDGE)), page.title, _INK, fonts[_TITLE])
    for number, name in enumerate(page.columns):
        x, y = _at(0, number, high, up=6)
        draw.text((px(x), px(y)), name, _INK, fonts[_NAME])
    for number, name in enumerate(page.rows):
        draw.text((px(_EDGE), px(_at(number, 0, high)[1])), name, _INK, fonts[_NAME])
    for place, cell in page.cells.items():
        x, y = _at(*place, high)
        with Image.open(cell.path) as file:
            size = max(1, px(_CELL)), max(1, px(high))
            small = file.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        sheet.paste(small, (px(x), px(y)))
        if cell.marked:
            box = (px(x), px(y), px(x) + small.width - 1, px(y) + small.height - 1)
            draw.rectangle(box, outline=_MARK, width=max(1, px(0.9)))
        grey = (_WORDS.grey,) * 3
        draw.text((px(x), px(y + high + 0.6)), cell.caption, grey, fonts[_WORDS])
    return png_of_chart(sheet)


def _cell_height(page: SheetPage) -> float:
    """Of the pictures, all of which have the shape of the first."""
    with Image.open(next(iter(page.cells.values())).path) as file:
        return _CELL * file.height / file.width


def _size(page: SheetPage, high: float) -> tuple[float, float]:
    x, y = _at(len(page.rows), len(page.columns), high)
    return x - _GAP + _EDGE, y + _EDGE


def _at(row: int, column: int, high: float, *, up: float = 0) -> tuple[float, float]:
    """Left and top of a picture."""
    left = _EDGE + _LABEL + column * (_CELL + _GAP)
    return left, _EDGE + _HEAD + row * (high + _CAPTION) - up


def _font(style: Style, dots: float) -> ImageFont.FreeTypeFont:
    name = f"NotoSans-{'Bold' if style.weight else 'Regular'}.ttf"
    return ImageFont.truetype(asset("fonts", name), max(6.0, style.size * _POINT * dots))


def _jpeg(png: bytes) -> io.BytesIO:
    """A picture as a sheet holds it: a tenth of the bytes, and nobody sees it."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as file:
        file.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    out.seek(0)
    return out
