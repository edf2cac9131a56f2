"""The pages of a board: each panel's heading, frame and words, wherever the design puts them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from storyboard.export.caption import CaptionWriter
from storyboard.export.layout import BESIDE_GAP, Grid, PlacedPage, grids_for, height_of, paginate
from storyboard.export.page_grid import (
    COLUMN_GAP,
    Band,
    Caption,
    PlacedPanel,
    Slots,
    TextColumn,
    fill,
    slots_for,
)
from storyboard.export.pdf_marks import draw_mark
from storyboard.export.sheet import HAIRLINE
from storyboard.export.typesetting import Line, Paragraph, Run, Style, set_lines
from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.export.frames import Frames
    from storyboard.export.layout import Block, Cell
    from storyboard.export.page_design import PageDesign
    from storyboard.export.page_furniture import Furniture
    from storyboard.export.page_words import PageWords
    from storyboard.export.pdf_pen import Pen
    from storyboard.values.annotations import Mark
    from storyboard.values.board import Storyboard

__all__ = ["BoardPages"]

_HEADING = Style("B", 8, 3.6)
_HEAD = 1.4  # below the line above a frame
_NUMBER_GAP = 2.2
_FRAME_GREY, _EMPTY_GREY, _BOX_GREY = 70, 246, 150
_WORTH_SMALLER = 0.8  # of the pages


class BoardPages:
    """Lays a board out and draws it.

    Args:
        pen: Writes.
        furniture: What stands on every page besides.
        design: What is wanted.
        board: What is printed.
        words: Of the page.
        frames: The pictures.
        marks: What is drawn above each panel's picture.
        numbers: The panels' places on the whole board, of which this may be a part.
    """

    def __init__(
        self,
        pen: Pen,
        furniture: Furniture,
        design: PageDesign,
        board: Storyboard,
        words: PageWords,
        frames: Frames,
        marks: Sequence[tuple[Mark, ...]],
        numbers: Sequence[int],
    ) -> None:
        self._pen, self._furniture, self._design = pen, furniture, design
        self._board, self._words, self._frames = board, words, frames
        self._marks, self._numbers = marks, numbers
        self._writer = CaptionWriter(design, words, pen.clean)
        self._headings = [
            self._writer.heading(panel, number)
            for panel, number in zip(board.panels, numbers, strict=True)
        ]
        self._progress: Callable[[int, int], None] = lambda done, total: None
        self._scene = ""  # the one that has its bookmark

    def draw(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Set every caption, place everything, then draw page after page.

        Args:
            progress: Told how many of how many panels are drawn.

        Raises:
            InputError: The design leaves no room for frames or text.
        """
        self._progress = progress
        if self._design.grid is None:
            self._draw_flowing()
        else:
            self._draw_fixed()

    # A grid that gives way

    def _draw_flowing(self) -> None:
        grid, pages = self._choose_grid()
        for number, page in enumerate(pages, 1):
            self._begin(number, len(pages))
            for row in page.rows:
                for column, cell in enumerate(row.cells):
                    self._draw_cell(grid, grid.x(column), row.y, cell, row.height)
            for block in page.blocks:
                self._draw_block(grid, block)
            self._furniture.draw_watermark()

    def _choose_grid(self) -> tuple[Grid, tuple[PlacedPage, ...]]:
        """The grid with the largest frames, unless another one saves every fifth page."""
        design, sheet = self._design, self._furniture.sheet
        texts = [
            [each for place in design.fields for each in self._writer.paragraphs(place, *at)]
            for at in zip(self._board.panels, self._numbers, strict=True)
        ]
        mark = self._mark()

        def place(grid: Grid) -> tuple[Grid, tuple[PlacedPage, ...]]:
            captions = [set_lines(tuple(each), grid.caption, self._pen.measure) for each in texts]
            grid = grid.with_head(self._head(grid.column))
            return grid, paginate(grid, captions, mark)

        ratio = aspect_ratio(self._board.aspect)
        best, *others = map(place, grids_for(sheet, ratio, len(texts), design.text))
        for other in others:
            if len(other[1]) <= _WORTH_SMALLER * len(best[1]):
                best = other
        return best

    def _draw_cell(self, grid: Grid, x: float, y: float, cell: Cell, height: float) -> None:
        self._mark_scene(cell.panel, y)
        self._mark_panel(cell.panel, (x, y, grid.column, height))
        self._draw_heading(x, y, grid.column, cell.panel)
        wide, high = grid.picture
        self._draw_frame(cell.panel, (x, y + grid.head, wide, high))
        if grid.beside:
            self._pen.lines(x + wide + BESIDE_GAP, y + grid.head, cell.lines)
        else:
            self._pen.lines(x, y + grid.head + high + grid.pad, cell.lines)
        if self._design.boxes:
            self._draw_box(x - 2, y - 2, grid.column + 4, height + 4)

    def _draw_block(self, grid: Grid, block: Block) -> None:
        pen, sheet = self._pen, grid.sheet
        height = 6.5 + max(map(height_of, block.columns), default=0.0)
        self._mark_panel(block.panel, (sheet.left, block.y, sheet.right - sheet.left, height))
        pen.text(sheet.left, block.y, self._continued(block.panel), _HEADING)
        pen.rule(block.y + 4.6, sheet.left, sheet.right)
        for column, lines in enumerate(block.columns):
            x = sheet.left + column * (grid.caption + grid.gutter)
            pen.lines(x, block.y + 6.5, lines)

    # A fixed grid

    def _draw_fixed(self) -> None:
        sheet, ratio = self._furniture.sheet, aspect_ratio(self._board.aspect)
        slots, captions = slots_for(sheet, self._design, ratio, self._head, self._captions)
        placed = fill(slots, captions, self._mark())
        pages = placed[-1].page + 1 if placed else 1
        for page, panels in groupby(placed, lambda each: each.page):
            self._begin(page + 1, pages)
            for each in panels:
                self._draw_placed(slots, each)
            self._furniture.draw_watermark()
        if not placed:
            self._begin(1, pages)

    def _captions(self, width: float) -> list[Caption]:
        return [
            tuple(self._bands(panel, number, width))
            for panel, number in zip(range(len(self._numbers)), self._numbers, strict=True)
        ]

    def _bands(self, panel: int, number: int, width: float) -> list[Band]:
        """The fields of a panel: beside each other while there is room, else below."""
        bands: list[Band] = []
        row: list[TextColumn] = []
        taken = 0
        for place in self._design.fields:
            if taken + place.width > 100:
                bands.append(tuple(row))
                row, taken = [], 0
            paragraphs = self._writer.paragraphs(place, self._board.panels[panel], number)
            ends = taken + place.width == 100
            room = width * place.width / 100 - (0.0 if ends else COLUMN_GAP)
            lines = set_lines(paragraphs, room, self._pen.measure)
            if lines:
                row.append(TextColumn(width * taken / 100, lines))
            taken += place.width
        bands.append(tuple(row))
        return [each for each in bands if each]

    def _draw_placed(self, slots: Slots, placed: PlacedPanel) -> None:
        pen, x, y = self._pen, placed.x, placed.y
        self._mark_panel(placed.panel, (x, y, slots.block, slots.room(placed.page)))
        if placed.frame is None:
            pen.text(
                x, y, pen.elided(self._continued(placed.panel), _HEADING, slots.block), _HEADING
            )
        else:
            self._mark_scene(placed.panel, y)
            self._draw_heading(x, y, slots.block, placed.panel)
            self._draw_frame(placed.panel, placed.frame)
        for text_x, text_y, lines in placed.texts:
            pen.lines(text_x, text_y, lines)
        if inset := slots.inset:
            height = slots.room(placed.page) + 2 * inset
            left = x - (slots.column - slots.block) / 2
            self._draw_box(left - inset, y - inset, slots.column + 2 * inset, height)

    # What both have

    def _begin(self, number: int, pages: int) -> None:
        self._pen.pdf.add_page()
        self._furniture.draw(number, pages)

    def _mark(self) -> Line:
        return Line((Run(self._words.goes_on, self._writer.detail()),), 0.6)

    def _continued(self, panel: int) -> str:
        return self._words.continued.format(self._numbers[panel])

    def _mark_scene(self, panel: int, y: float) -> None:
        scene = self._board.panels[panel].shot.scene_name
        if scene != self._scene and self._design.bookmarks:
            self._pen.pdf.set_y(y)
            self._pen.pdf.start_section(self._words.scene_name(scene))
        self._scene = scene

    def _mark_panel(self, panel: int, box: tuple[float, float, float, float]) -> None:
        self._pen.mark_panel(self._board.panels[panel].key, box)

    def _head(self, column: float) -> float:
        """Height of the line above the frames: that of the longest one."""
        heads = [height_of(self._heading(each, column)[0]) for each in self._headings]
        return max(heads, default=0.0) + _HEAD if any(heads) else 0.0

    def _heading(self, runs: tuple[Run, ...], column: float) -> tuple[tuple[Line, ...], Run | None]:
        """The lines above a frame, and what stands at the right end of the first one."""
        if not runs:
            return (), None
        measure = self._pen.measure
        widths = [measure(each.text, each.style) + _NUMBER_GAP for each in runs]
        last = runs[-1] if len(runs) > 1 and sum(widths) <= column else None
        shown = runs[:-1] if last else runs
        return set_lines((Paragraph(shown),), column, measure), last

    def _draw_heading(self, x: float, y: float, column: float, panel: int) -> None:
        pen = self._pen
        lines, last = self._heading(self._headings[panel], column)
        if lines:
            # Letters of two sizes stand on one line.
            top = y + 0.2
            for line in lines:
                end = x
                for number, run in enumerate(line.runs):
                    end += _NUMBER_GAP / 2 if number else 0.0
                    down = (line.leading - run.style.leading) * 0.75
                    end = pen.text(end, top + down, run.text, run.style)
                top += line.leading
        if last is not None:
            pen.right(x + column, y + 0.8, last.text, last.style)

    def _draw_frame(self, panel: int, box: tuple[float, float, float, float]) -> None:
        pen, pdf = self._pen, self._pen.pdf
        x, y, width, height = box
        self._progress(panel, len(self._numbers))
        frame = self._frames.of(panel, width / height)
        pdf.set_draw_color(_FRAME_GREY)
        pdf.set_fill_color(_EMPTY_GREY)
        if frame.picture is None:
            pdf.rect(x, y, width, height, style="DF")
            style = self._writer.detail()
            label = pen.elided(frame.label, style, width)
            middle = x + (width - pen.measure(label, style)) / 2
            pen.text(middle, y + (height - style.leading) / 2, label, style)
            return
        left, top, wide, high = frame.place(width, height)
        pdf.rect(x, y, width, height, style="F")
        with pdf.rect_clip(x, y, width, height):
            pdf.image(frame.picture, x + left, y + top, wide, high)
            for mark in self._marks[panel]:
                draw_mark(pdf, mark, (x + left, y + top, wide, high), pen.clean)
        pdf.set_line_width(HAIRLINE)
        pdf.rect(x, y, width, height, style="D")

    def _draw_box(self, x: float, y: float, width: float, height: float) -> None:
        self._pen.pdf.set_draw_color(_BOX_GREY)
        self._pen.pdf.rect(x, y, width, height, style="D")
