"""The pen of a PDF: embedded fonts, words at a place, and what the fonts can show.

Lengths are millimetres from the upper left corner of the page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.fonts import TTFFont

from storyboard.export.pdf_marks import FAMILY
from storyboard.export.sheet import HAIRLINE
from storyboard.export.typesetting import Line, Paragraph, Run, Shown, Style, printable, set_lines
from storyboard.files.assets import asset
from storyboard.files.output_file import SEAL, sealed
from storyboard.values.panel_mark import PanelMark, mark_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Pen"]

_FACES = {"": "NotoSans-Regular.ttf", "B": "NotoSans-Bold.ttf", "I": "NotoSans-Italic.ttf"}
_RULE_GREY = 190
_CAP = 0.25  # millimetres a point from the top of a line to its baseline, about


class Pen:
    """A document that is being written.

    Attributes:
        pdf: The document, for whatever is not text.

    Args:
        size: Width and height of its pages.
        created: The date that it carries; equal input and date give equal bytes.
        language: Of the text, as "en".
        going_on: Asked for every text that is measured or written; it raises to end the work.
    """

    def __init__(
        self,
        size: tuple[float, float],
        created: date,
        language: str,
        going_on: Callable[[], None] = lambda: None,
    ) -> None:
        self._going_on = going_on
        self.pdf = pdf = FPDF(unit="mm", format=size)
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        for weight, name in _FACES.items():
            pdf.add_font(FAMILY, weight, asset("fonts", name))
        pdf.set_font(FAMILY, "", 8)
        self._faces = [face for face in pdf.fonts.values() if isinstance(face, TTFFont)]
        glyphs = (frozenset(face.cmap) for face in self._faces)
        self._shown = Shown(frozenset.intersection(*glyphs))
        self._widths: dict[tuple[str, str], float] = {}
        pdf.set_creation_date(datetime.combine(created, time(), UTC))
        pdf.set_subject("Storyboard")
        pdf.set_creator("Storyboard")
        pdf.set_keywords(SEAL)
        pdf.set_lang(language or "en")
        pdf.set_line_width(HAIRLINE)

    def name(self, title: str, author: str = "") -> None:
        """Say whose document it is."""
        self.pdf.set_title(title)
        if author:
            self.pdf.set_author(author)

    def close(self) -> None:
        """Close the files of the fonts, which stay open where nothing was put out."""
        for face in self._faces:
            face.ttfont.close()

    def output(self) -> bytes:
        """The sealed file."""
        self._going_on()
        return sealed(bytes(self.pdf.output()))

    def clean(self, text: str) -> str:
        """What the fonts can show of a text, in one line."""
        return printable(text, self._shown)

    def measure(self, text: str, style: Style) -> float:
        """The width of a text."""
        self._going_on()
        # Widths grow with the size, so one width for 1000 points serves every size.
        key = (text, style.weight)
        if key not in self._widths:
            self.pdf.set_font(FAMILY, style.weight, 1000)
            self._widths[key] = self.pdf.get_string_width(text)
        return self._widths[key] * style.size / 1000

    def set(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """A text, cleaned already, in lines of a width."""
        return set_lines((Paragraph((Run(text, style),)),), width, self.measure)

    def elided(self, text: str, style: Style, room: float) -> str:
        """As much of a text as has room."""
        if self.measure(text, style) <= room:
            return text
        while text and self.measure(f"{text} …", style) > room:
            text = text[: int(len(text) * 0.9)].rstrip()
        return f"{text} …"

    def text(self, x: float, y: float, text: str, style: Style) -> float:
        """Write text whose line begins at `y`; return where it ends."""
        pdf = self.pdf
        if (pdf.font_style, pdf.font_size_pt) != (style.weight, style.size):
            pdf.set_font(FAMILY, style.weight, style.size)
        pdf.set_text_color(style.grey)
        pdf.text(x, y + _baseline(style), text)
        return x + self.measure(text, style)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        """Write text that ends at `x`."""
        self.text(x - self.measure(text, style), y, text, style)

    def lines(self, x: float, y: float, lines: Sequence[Line]) -> None:
        """Write lines below each other; the space above the first one is left out."""
        for index, line in enumerate(lines):
            y += line.before if index else 0.0
            end = x
            base = max((_baseline(each.style) for each in line.runs), default=0.0)
            for run in line.runs:
                end = self.text(end, y + base - _baseline(run.style), run.text, run.style)
            y += line.leading

    def mark_panel(self, key: str, box: tuple[float, float, float, float]) -> None:
        """Say unseen that a panel has this place: left, top, width and height."""
        left, top, width, height = box
        pdf = self.pdf
        mark = PanelMark(
            key,
            left * pdf.k,
            (pdf.h - top - height) * pdf.k,
            (left + width) * pdf.k,
            (pdf.h - top) * pdf.k,
        )
        pdf._out(mark_text(mark))

    def rule(self, y: float, start: float, end: float) -> None:
        """A thin line across."""
        self.pdf.set_draw_color(_RULE_GREY)
        self.pdf.line(start, y, end, y)


def _baseline(style: Style) -> float:
    """From the top of a line to its baseline."""
    return (style.leading + _CAP * style.size) / 2
