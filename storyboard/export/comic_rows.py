"""How a comic's panels share its pages: wide shots across, near ones beside each other.

Pure geometry, in millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.values.shot import ShotSize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.shot import Shot

__all__ = ["GUTTER", "ComicPanel", "comic_pages", "row_share"]

GUTTER = 4.0

_WEIGHTS = {
    ShotSize.WIDE: 1.0,
    ShotSize.FULL: 0.6,
    ShotSize.MEDIUM: 0.5,
    ShotSize.CLOSE_UP: 0.4,
    ShotSize.EXTREME_CLOSE_UP: 0.34,
}
_LETTERS = 200  # that need a row for themselves
_FULL = 0.95  # of a row
_TOO_FULL = 1.25
_HALF_PAGE = 0.4  # a row is no higher than that
_SQUEEZE = 1.08  # the rows of a page give so much
_STRETCH = 1.3  # of the rows of a page that is not full


@dataclass(frozen=True, slots=True)
class ComicPanel:
    """A panel (its index, from 0) on a page (from 0), from the upper left corner of the content."""

    panel: int
    page: int
    left: float
    top: float
    width: float
    height: float


def row_share(shot: Shot) -> float:
    """How much of a row a shot is to have, above 0, at most 1."""
    letters = len(shot.action) + sum(len(each.text) for each in shot.dialogue)
    return min(1.0, max(_WEIGHTS[shot.size], letters / _LETTERS))


def comic_pages(
    shares: Sequence[float], ratio: float, width: float, height: float, head: float
) -> tuple[ComicPanel, ...]:
    """Place panels in rows, and rows on pages that they fill.

    Args:
        shares: Of a row, see `row_share`, in reading order.
        ratio: Width over height of the pictures; panels cut a little off them.
        width: Of the content of a page.
        height: Likewise.
        head: What the first page's title takes of it.
    """
    rows = [_widths(row, shares, width) for row in _rows(shares)]
    heights = [_height(row, ratio, _HALF_PAGE * height) for row in rows]
    placed: list[ComicPanel] = []
    panel = page = first = 0
    while first < len(rows):
        room = height if page else height - head
        # 1. As many rows as have room when all of them give a little.
        last = first + 1
        while last < len(rows) and _total(heights[first : last + 1]) <= room * _SQUEEZE:
            last += 1
        gutters = (last - first - 1) * GUTTER
        factor = (room - gutters) / sum(heights[first:last])
        if factor > _STRETCH:  # few rows are left: they keep their shape
            factor = 1.0
        # 2. The rows in their places.
        top = 0.0
        for row, natural in zip(rows[first:last], heights[first:last], strict=True):
            left = 0.0
            for wide in row:
                placed.append(ComicPanel(panel, page, left, top, wide, natural * factor))
                left += wide + GUTTER
                panel += 1
            top += natural * factor + GUTTER
        first, page = last, page + 1
    return tuple(placed)


def _rows(shares: Sequence[float]) -> list[list[int]]:
    rows: list[list[int]] = []
    row: list[int] = []
    taken = 0.0
    for index, share in enumerate(shares):
        if row and taken + share > _TOO_FULL:
            rows.append(row)
            row, taken = [], 0.0
        row.append(index)
        taken += share
        if taken >= _FULL:
            rows.append(row)
            row, taken = [], 0.0
    return [*rows, row] if row else rows


def _widths(row: list[int], shares: Sequence[float], width: float) -> list[float]:
    room = width - GUTTER * (len(row) - 1)
    total = sum(shares[each] for each in row)
    return [room * shares[each] / total for each in row]


def _height(widths: list[float], ratio: float, most: float) -> float:
    """The height at which the pictures of a row lose least; narrow ones lose their sides."""
    return min(most, sum(widths) / len(widths) / ratio * (1.0 if len(widths) > 1 else 0.85))


def _total(heights: list[float]) -> float:
    return sum(heights) + GUTTER * (len(heights) - 1)
