"""Where everything goes on the pages: rows of panels, and text that goes on below them.

Pure geometry, in millimetres from the upper left corner; what is drawn is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storyboard.export.sheet import Sheet
from storyboard.export.typesetting import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.export.page_design import TextPlace

__all__ = [
    "BESIDE_GAP",
    "Block",
    "Cell",
    "Grid",
    "PlacedPage",
    "Row",
    "grids_for",
    "height_of",
    "paginate",
    "split_lines",
]

_GUTTER = 7.0
# Of the page's height: below it, two rows (three upright) with some lines of text fit.
_TALLEST_PICTURE, _TALLEST_UPRIGHT = 51 / 210, 50 / 297
_TALLEST_ALONE = 95 / 210  # where one or two panels have the page for themselves
_HEAD = 5.4
_PAD = 2.0
_ROW_GAP = 6.0
BESIDE_GAP = 3.5
"""Space between a frame and the text to its right."""

_BLOCK_HEAD = 6.5
_BLOCK_GAP = 5.0
_TALLEST_ROW = 0.62  # of the page; what is longer goes on below in several columns
_STRETCH = 1.35  # a row grows beyond that rather than leave a line or two to another place
_FEWEST_LINES = 5  # of a continuation at the foot of a page


@dataclass(frozen=True, slots=True)
class Grid:
    """The measures of one document.

    Attributes:
        sheet: The paper, whose margins are where the columns begin and end.
        columns: Panels beside each other.
        column: Width of a panel's cell.
        picture: Width and height of the frame.
        caption: Width of the text.
        beside: The text stands to the right of the frame, not below it.
        rows: Most rows on a page.
        head: Height of the line above the frame.
        pad: Space between frame and text.
        gutter: Space between columns.
    """

    sheet: Sheet
    columns: int
    column: float
    picture: tuple[float, float]
    caption: float
    beside: bool
    rows: int = 2
    head: float = _HEAD
    pad: float = _PAD
    gutter: float = _GUTTER

    def x(self, column: int) -> float:
        """Left edge of a column, from 0."""
        return self.sheet.left + column * (self.column + self.gutter)

    def with_head(self, head: float) -> Grid:
        """The same with another height of the line above the frames."""
        return replace(self, head=head)

    def row_height(self, caption: float) -> float:
        """Height of a row whose longest text has the height `caption`."""
        if self.beside:
            return self.head + max(self.picture[1], caption)
        return self.head + self.picture[1] + self.pad + caption


@dataclass(frozen=True, slots=True)
class Cell:
    """A panel (its index, from 0) and the lines of its text."""

    panel: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Panels beside each other, the row's upper edge at `y`."""

    y: float
    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Text of a panel that did not fit beside or below its frame, in columns."""

    y: float
    height: float
    panel: int
    columns: tuple[tuple[Line, ...], ...]


@dataclass(slots=True)
class PlacedPage:
    """What stands on one page."""

    rows: list[Row] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def grids_for(
    sheet: Sheet, ratio: float, panels: int, text: TextPlace = "auto"
) -> tuple[Grid, ...]:
    """The grids that suit a paper, a frame's shape and a number of panels, the finest first.

    Two rows of three panels for wide frames, more columns for squarer ones, three rows of two on
    upright paper; the later grid has smaller frames and the text beside them, where much more of
    it fits. Where the frame is taller than wide, the text always stands beside it, unless `text`
    says otherwise.
    """
    upright = sheet.height > sheet.width
    beside = _beside(sheet, ratio, _columns_beside(ratio, upright), 4 if upright else 3)
    if ratio < 0.9 and text != "below":
        return (_beside(sheet, ratio, columns=2 if upright else 3, rows=3 if upright else 2),)
    if text == "beside":
        return (beside,)
    if panels <= 2:
        return (_below(sheet, ratio, max(panels, 1), _TALLEST_ALONE * sheet.height, 2),)
    tallest = (_TALLEST_UPRIGHT if upright else _TALLEST_PICTURE) * sheet.height
    choice = (2, 3) if upright else (3, 4)
    columns = next((each for each in choice if _column(sheet, each) / ratio <= tallest), 5)
    below = _below(sheet, ratio, columns, tallest, 3 if upright else 2)
    return (below,) if text == "below" else (below, beside)


def _columns_beside(ratio: float, upright: bool) -> int:
    columns = 3 if ratio < 1.15 else 2
    return columns - 1 if upright else columns


def _column(sheet: Sheet, columns: int) -> float:
    return (sheet.right - sheet.left - (columns - 1) * _GUTTER) / columns


def _below(sheet: Sheet, ratio: float, columns: int, tallest: float, rows: int) -> Grid:
    column = min(_column(sheet, columns), tallest * ratio)
    frame = (column, column / ratio)
    return Grid(sheet, columns, column, frame, column, beside=False, rows=rows)


def _beside(sheet: Sheet, ratio: float, columns: int, rows: int) -> Grid:
    column = _column(sheet, columns)
    room = sheet.bottom - sheet.top(1) - sheet.others - (rows - 1) * _ROW_GAP
    picture = min((room / rows - _HEAD) * ratio, 0.48 * column)
    frame = (picture, picture / ratio)
    text = column - picture - BESIDE_GAP
    return Grid(sheet, columns, column, frame, text, beside=True, rows=rows)


def height_of(lines: Sequence[Line]) -> float:
    """Height of lines below each other; the space above the first one does not count."""
    total = sum(line.before + line.leading for line in lines)
    return total - lines[0].before if lines else 0.0


def paginate(
    grid: Grid, captions: Sequence[tuple[Line, ...]], mark: Line | None = None
) -> tuple[PlacedPage, ...]:
    """Place the panels of a board on pages, in reading order.

    Args:
        grid: From `grids_for`.
        captions: The lines of every panel's text, set to ``grid.caption``.
        mark: The line at the end of a text that goes on in another place.
    """
    return _Paginator(grid, mark).place(captions)


class _Paginator:
    def __init__(self, grid: Grid, mark: Line | None) -> None:
        self._grid, self._sheet, self._mark = grid, grid.sheet, mark
        self._pages = [PlacedPage()]
        self._y = self._sheet.top(0)

    def place(self, captions: Sequence[tuple[Line, ...]]) -> tuple[PlacedPage, ...]:
        columns = self._grid.columns
        for start in range(0, len(captions), columns):
            row = tuple(
                Cell(index, captions[index])
                for index in range(start, min(start + columns, len(captions)))
            )
            self._place_row(row)
        self._settle()
        return tuple(self._pages)

    def _place_row(self, cells: tuple[Cell, ...]) -> None:
        grid, sheet = self._grid, self._sheet
        page_height = sheet.bottom - sheet.top(1)
        limit = _TALLEST_ROW * page_height - (grid.head if grid.beside else grid.row_height(0.0))
        longest = max(height_of(cell.lines) for cell in cells)
        if longest <= _STRETCH * limit and grid.row_height(longest) <= page_height:
            limit = longest
        split = [split_lines(cell.lines, limit, self._mark) for cell in cells]
        height = grid.row_height(max(height_of(fitting) for fitting, _ in split))
        page = self._pages[-1]
        full = len(page.rows) >= grid.rows
        fresh = self._y <= sheet.top(1)  # nothing but the running head above
        if full or (not fresh and self._y + height > sheet.bottom):
            self._turn()
        fitted = tuple(
            Cell(cell.panel, fitting) for cell, (fitting, _) in zip(cells, split, strict=True)
        )
        self._pages[-1].rows.append(Row(self._y, height, fitted))
        self._y += height + _ROW_GAP
        for cell, (_, rest) in zip(cells, split, strict=True):
            if rest:
                self._place_block(cell.panel, rest)

    def _place_block(self, panel: int, lines: tuple[Line, ...]) -> None:
        grid, sheet = self._grid, self._sheet
        count = int((sheet.right - sheet.left + grid.gutter) / (grid.caption + grid.gutter))
        while lines:
            room = sheet.bottom - self._y - _BLOCK_HEAD
            columns, rest = _fill(lines, count, room)
            if rest and room < _FEWEST_LINES * lines[0].leading:
                self._turn()
                continue
            if not rest:
                columns = _balance(lines, count)
            height = _BLOCK_HEAD + max(height_of(column) for column in columns)
            self._pages[-1].blocks.append(Block(self._y, height, panel, columns))
            self._y += height + _BLOCK_GAP
            lines = rest

    def _turn(self) -> None:
        self._settle()
        self._pages.append(PlacedPage())
        self._y = self._sheet.top(len(self._pages) - 1)

    def _settle(self) -> None:
        """Put the rows of a page that holds nothing else on even distances."""
        page, grid = self._pages[-1], self._grid
        top = self._sheet.top(len(self._pages) - 1)
        pitch = (self._sheet.bottom - top + _ROW_GAP) / grid.rows
        if page.blocks or any(row.height > pitch - _ROW_GAP for row in page.rows):
            return
        page.rows = [
            Row(top + index * pitch, row.height, row.cells) for index, row in enumerate(page.rows)
        ]


def split_lines(
    lines: tuple[Line, ...], height: float, mark: Line | None = None
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that fit a height, and the others; then `mark` ends the first."""
    if mark is not None and height_of(lines) > height + 1e-6:
        first, others = split_lines(lines, height - mark.before - mark.leading)
        return (*first, mark), others
    used = 0.0
    for index, line in enumerate(lines):
        used += line.leading + (line.before if index else 0.0)
        if used > height + 1e-6:
            return lines[:index], lines[index:]
    return lines, ()


def _fill(
    lines: tuple[Line, ...], count: int, height: float
) -> tuple[tuple[tuple[Line, ...], ...], tuple[Line, ...]]:
    """Fill columns of a height one after another; return them, and the lines left over."""
    columns = []
    for _ in range(count):
        column, lines = split_lines(lines, height)
        columns.append(column)
    return tuple(columns), lines


def _balance(lines: tuple[Line, ...], count: int) -> tuple[tuple[Line, ...], ...]:
    """Spread lines over columns of the least equal height."""
    height = max(height_of(lines) / count, max(line.leading for line in lines))
    while True:
        columns, rest = _fill(lines, count, height)
        if not rest:
            return columns
        height += 0.5
