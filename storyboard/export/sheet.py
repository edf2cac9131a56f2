"""A sheet of paper without its panels: its size, and where the content begins and ends.

Millimetres from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.export.page_design import Page

__all__ = ["EDGE", "FOOT", "HAIRLINE", "MARGIN", "Sheet", "paper_size"]

_LANDSCAPE: dict[Page, tuple[float, float]] = {
    "A4": (297.0, 210.0),
    "A3": (420.0, 297.0),
    "Letter": (279.4, 215.9),
    "Legal": (355.6, 215.9),
}
MARGIN = 14.0
"""Left and right of everything."""
EDGE = 11.0
"""Above the header."""
FOOT = 10.5
"""From the lower edge to the last line of the footer."""
HAIRLINE = 0.15
"""Width of a line that only separates."""
_HEADER, _FOOTER = 8.0, 15.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of page.

    Attributes:
        width: Of the paper.
        height: Of the paper.
        first: Height of what stands above the content of the first page, the edge not counted.
        others: Likewise, of the other pages.
        foot: From the lower edge to the content.
    """

    width: float
    height: float
    first: float = _HEADER
    others: float = _HEADER
    foot: float = _FOOTER

    @property
    def left(self) -> float:
        """Where the content begins, from the left."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where the content ends, from the left."""
        return self.width - MARGIN

    @property
    def bottom(self) -> float:
        """Where the content ends, from above."""
        return self.height - self.foot

    def top(self, page: int) -> float:
        """Where the content of a page (from 0) begins, from above."""
        return EDGE + (self.others if page else self.first)


def paper_size(paper: Page, portrait: bool = False) -> tuple[float, float]:
    """Width and height of a paper."""
    width, height = _LANDSCAPE[paper]
    return (height, width) if portrait else (width, height)
