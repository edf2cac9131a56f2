"""From words to lines of a width: nothing is shrunk, nothing is cut, every character is visible.

Lengths are millimetres, font sizes points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

__all__ = ["Line", "Measure", "Paragraph", "Run", "Shown", "Style", "printable", "set_lines"]

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_REPLACEMENT = "\ufffd"
_LONG_WORD = 80
"""Letters beyond which a word is measured letter by letter."""
# The font has no arrows; these are what people type instead.
_INSTEAD = {"→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "\u2011": "-"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks.

    Attributes:
        weight: "" for regular, "B" bold, "I" italic.
        size: Points.
        leading: Distance between baselines in millimetres.
        grey: 0 black to 255 white.
    """

    weight: str
    size: float
    leading: float
    grey: int = 0

    def scaled(self, factor: float) -> Style:
        """The same in another size."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


Measure = Callable[[str, Style], float]
"""Width in millimetres of a text in a style."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that is set on its own lines.

    Attributes:
        runs: Pieces; a space goes between two of them.
        before: Space above, left out at the top of a column.
    """

    runs: tuple[Run, ...]
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line that fits its width; `before` as in `Paragraph`, 0 within a paragraph."""

    runs: tuple[Run, ...]
    before: float

    @property
    def leading(self) -> float:
        """Height of the line."""
        return max(run.style.leading for run in self.runs)


class Shown(dict[int, str]):
    """For each code point what is printed for it, found when it is first met."""

    def __init__(self, glyphs: Container[int]) -> None:
        """`glyphs` are the code points of the font."""
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, code: int) -> str:
        self[code] = _shown(chr(code), self._glyphs)
        return self[code]


def printable(text: str, shown: Shown) -> str:
    """Return the text in one line with what the font has.

    Composed where possible; invisible characters go; a character that the font lacks becomes its
    plainer form (a full-width A an A), else U+FFFD, so that a reader sees that something stood
    there.

    Args:
        text: Any text at all.
        shown: For the font.
    """
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()
    return composed.translate(shown)


def set_lines(
    paragraphs: tuple[Paragraph, ...], width: float, measure: Measure
) -> tuple[Line, ...]:
    """Break paragraphs into lines of at most `width`.

    Lines break at spaces; a word that is wider than a line breaks between characters.
    """
    return tuple(line for each in paragraphs for line in _paragraph(each, width, measure))


def _shown(character: str, glyphs: Container[int]) -> str:
    code = ord(character)
    category = unicodedata.category(character)
    if category in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return ""
    if code in glyphs:
        return character
    plainer = _INSTEAD.get(character) or unicodedata.normalize("NFKD", character)
    if plainer != character and all(ord(each) in glyphs for each in plainer):
        return plainer
    return _REPLACEMENT


def _paragraph(paragraph: Paragraph, width: float, measure: Measure) -> Iterator[Line]:
    before = paragraph.before
    line: list[Run] = []
    used = 0.0
    for run in paragraph.runs:
        for word in _pieces(run, width, measure):
            style = run.style
            space = measure(" ", style) if line else 0.0
            length = measure(word, style)
            if line and used + space + length > width:
                yield Line(tuple(line), before)
                line, used, space, before = [], 0.0, 0.0, 0.0
            if line and line[-1].style == style:
                line[-1] = Run(f"{line[-1].text} {word}", style)
            else:
                line.append(Run(f" {word}" if line else word, style))
            used += space + length
    if line:
        yield Line(tuple(line), before)


def _pieces(run: Run, width: float, measure: Measure) -> Iterator[str]:
    for word in run.text.split(" "):
        if len(word) <= _LONG_WORD and measure(word, run.style) <= width:
            if word:
                yield word
        else:
            yield from _broken(word, width, run.style, measure)


def _broken(word: str, width: float, style: Style, measure: Measure) -> Iterator[str]:
    """A word in pieces that fit, each letter measured once."""
    widths = {each: measure(each, style) for each in set(word)}
    start, used = 0, 0.0
    for index, character in enumerate(word):
        wide = widths[character]
        if used + wide > width and index > start:
            yield word[start:index]
            start, used = index, 0.0
        used += wide
    yield word[start:]
