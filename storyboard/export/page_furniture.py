"""What stands on a page besides its panels: title, header, footer, logo, watermark."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.export.layout import height_of
from storyboard.export.sheet import EDGE, FOOT, MARGIN, Sheet
from storyboard.export.typesetting import Line, Style
from storyboard.files.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from storyboard.export.page_design import PageDesign, Running
    from storyboard.export.page_words import PageWords
    from storyboard.export.pdf_pen import Pen
    from storyboard.values.board import Storyboard

__all__ = ["Furniture"]

_TITLE = Style("B", 17, 7.4)
_LONG_TITLE = Style("B", 10, 4.4)
_LONG, _LONGEST = 160, 1000  # characters from which a title is set smaller, and elided
_SMALL = Style("", 7, 3.2, 95)
_BELOW_TITLE = 9.6
_BELOW_HEADER, _ABOVE_FOOTER = 4.8, 1.3
_LONGEST_PART = 300  # characters of one part of a header
_LOGO = (45.0, 12.0)  # millimetres, at most
_LOGO_ABOVE = 4.0  # of the content's edge
_WATERMARK = Style("B", 100, 36.0, 128)
_FAINT = 0.18  # how much of it covers what is below
_OUTLINE, _OUTLINE_WIDTH = 0.35, 0.7  # white, by which it is seen on pictures
_HELD = re.compile(r"\{([^{}]*)\}")
_MOST_DIGITS = "9999"  # pages, while nobody knows how many there will be


@dataclass(frozen=True, slots=True)
class _Logo:
    png: bytes
    width: float
    height: float


class Furniture:
    """Knows how much room it takes of every page, and draws itself there.

    Args:
        pen: Writes.
        design: What is wanted.
        board: What is printed, whose title and sums are named.
        words: Of the page.
        paper: Its width and height.
        created: The date that is printed.

    Raises:
        InputError: The logo is no picture.
    """

    def __init__(
        self,
        pen: Pen,
        design: PageDesign,
        board: Storyboard,
        words: PageWords,
        paper: tuple[float, float],
        created: date,
    ) -> None:
        self._pen, self._design, self._words = pen, design, words
        self._size = paper
        self._said = _said(design, board, words, created)
        self._logo = self._read_logo()
        self._left = MARGIN + (self._logo.width + 4 if self._logo else 0.0)
        title = pen.clean(design.production.project or board.title) or words.untitled
        if len(title) > _LONGEST:
            title = f"{title[:_LONGEST]} …"
        style = _TITLE if len(title) <= _LONG else _LONG_TITLE
        self._date = created.isoformat()
        self._title = pen.set(title, style, self._size[0] - MARGIN - self._left - 30)
        names = ("episode", "director", "draft", "panels", "scenes", "total")
        facts = (*(pen.clean(self._said[each]) for each in names), pen.clean(board.aspect))
        self._facts = "  ·  ".join(each for each in facts if each)
        self.sheet = self._sheet()

    def draw(self, number: int, pages: int) -> None:
        """Draw everything of a page (from 1) of so many; the watermark comes last, by itself."""
        said = {**self._said, "number": str(number), "pages": str(pages)}
        said["page"] = self._words.page.format(number, pages)
        if self._logo is not None:
            logo = self._logo
            self._pen.pdf.image(
                io.BytesIO(logo.png), MARGIN, EDGE - _LOGO_ABOVE, logo.width, logo.height
            )
        if number == 1 and self._design.title:
            self._draw_title()
        else:
            self._draw_header(said)
        self._draw_footer(said)

    def draw_watermark(self) -> None:
        """Write the watermark over the page."""
        from fpdf.enums import TextMode

        text = self._filled(self._design.watermark, self._said)
        if not text:
            return
        pen, (width, height) = self._pen, self._size
        room = 0.8 * math.hypot(width, height)
        factor = min(1.0, room / pen.measure(text, _WATERMARK))
        style = _WATERMARK.scaled(factor)
        across, down = width / 2, height / 2
        angle = math.degrees(math.atan2(height, width))
        with (
            pen.pdf.local_context(
                fill_opacity=_FAINT,
                stroke_opacity=_OUTLINE,
                draw_color=255,
                line_width=_OUTLINE_WIDTH,
                text_mode=TextMode.FILL_STROKE,
            ),
            pen.pdf.rotation(angle, across, down),
        ):
            pen.text(across - pen.measure(text, style) / 2, down - style.leading / 2, text, style)

    def _sheet(self) -> Sheet:
        most = {**self._said, "number": _MOST_DIGITS, "pages": _MOST_DIGITS}
        most["page"] = self._words.page.format(_MOST_DIGITS, _MOST_DIGITS)
        header = self._height(self._set(self._design.header, most, self._left))
        footer = self._height(self._set(self._design.footer, most, MARGIN))
        logo = self._logo.height - _LOGO_ABOVE + _BELOW_HEADER + 1 if self._logo else 0.0
        others = max(header + _BELOW_HEADER if header else 0.0, logo)
        first = height_of(self._title) + _BELOW_TITLE if self._design.title else others
        foot = FOOT + (footer + _ABOVE_FOOTER if footer else 0.0)
        # The last line of a footer of one line stands where it always stood.
        return Sheet(*self._size, max(first, logo), others, foot)

    def _draw_title(self) -> None:
        pen, sheet = self._pen, self.sheet
        pen.lines(self._left, EDGE, self._title)
        pen.right(sheet.right, EDGE + 2.6, self._date, _SMALL)
        below = EDGE + height_of(self._title) + 1.0
        pen.text(self._left, below, self._facts, _SMALL)
        pen.rule(below + 4.6, sheet.left, sheet.right)

    def _draw_header(self, said: Mapping[str, str]) -> None:
        parts = self._set(self._design.header, said, self._left)
        if height := self._height(parts):
            y = EDGE - 1.0
            self._draw_parts(y, parts, self._left)
            logo = EDGE - _LOGO_ABOVE + self._logo.height if self._logo else 0.0
            below = max(y + height, logo) + 1.2
            self._pen.rule(below, self.sheet.left, self.sheet.right)

    def _draw_footer(self, said: Mapping[str, str]) -> None:
        parts = self._set(self._design.footer, said, MARGIN)
        self._draw_parts(self.sheet.height - FOOT + 3.2 - self._height(parts), parts, MARGIN)

    def _draw_parts(self, y: float, parts: list[tuple[Line, ...]], left: float) -> None:
        pen, right = self._pen, self.sheet.right
        for place, lines in enumerate(parts):
            for number, line in enumerate(lines):
                text = line.runs[0].text
                x = left + (right - left - pen.measure(text, _SMALL)) * place / 2
                pen.text(x, y + number * _SMALL.leading, text, _SMALL)

    def _set(
        self, running: Running, said: Mapping[str, str], left: float
    ) -> list[tuple[Line, ...]]:
        """Left, middle and right, each in lines of its share of the width."""
        texts = [self._filled(each, said) for each in running.parts]
        room = self._size[0] - MARGIN - left
        share = room / max(1, sum(map(bool, texts))) - 4
        if texts[1] and sum(map(bool, texts)) == 2:
            share = room / 3 - 4  # the middle stays in the middle
        return [self._pen.set(each, _SMALL, share) if each else () for each in texts]

    def _height(self, parts: list[tuple[Line, ...]]) -> float:
        return max(height_of(each) for each in parts)

    def _filled(self, text: str, said: Mapping[str, str]) -> str:
        filled = _HELD.sub(lambda found: said.get(found[1], ""), text)
        clean = self._pen.clean(filled)
        return clean if len(clean) <= _LONGEST_PART else f"{clean[:_LONGEST_PART]} …"

    def _read_logo(self) -> _Logo | None:
        if self._design.logo is None:
            return None
        png = read_picture(self._design.logo)
        with Image.open(io.BytesIO(png)) as image:
            ratio = image.width / image.height
            if self._design.black_and_white:
                out = io.BytesIO()
                image.convert("L").save(out, "PNG")
                png = out.getvalue()
        height = min(_LOGO[1], _LOGO[0] / ratio)
        return _Logo(png, height * ratio, height)


def _said(design: PageDesign, board: Storyboard, words: PageWords, created: date) -> dict[str, str]:
    """What stands for the placeholders that are the same on every page."""
    production = design.production
    panels = len(board.panels)
    scenes = len({panel.shot.scene for panel in board.panels})
    total = sum(panel.shot.duration for panel in board.panels)
    return {
        "project": production.project or board.title or words.untitled,
        "episode": production.episode,
        "director": production.director,
        "draft": production.draft,
        "date": created.isoformat(),
        "panels": (words.panel if panels == 1 else words.panels).format(panels),
        "scenes": (words.scene if scenes == 1 else words.scenes).format(scenes),
        "total": words.total.format(words.duration(total)),
    }
