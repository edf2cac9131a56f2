"""The storyboard as a PDF: frames in reading order, each with its numbers and its words.

Fonts are embedded, so it looks the same on a machine without any; equal input and date give equal
bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.fonts import TTFFont

from storyboard.errors import InputError
from storyboard.export.caption import DETAIL, caption, letters_of
from storyboard.export.frames import Frames
from storyboard.export.layout import (
    BESIDE_GAP,
    Block,
    Cell,
    Grid,
    PlacedPage,
    Row,
    grids_for,
    height_of,
    paginate,
)
from storyboard.export.options import ExportOptions
from storyboard.export.page_words import page_words
from storyboard.export.pdf_marks import FAMILY, draw_mark
from storyboard.export.typesetting import Line, Paragraph, Run, Shown, Style, printable, set_lines
from storyboard.files.assets import asset
from storyboard.files.output_file import SEAL, check_output, is_sealed, sealed, write_output
from storyboard.values import bounds
from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storyboard.export.options import MarksOf, Page, PictureOf
    from storyboard.values.annotations import Mark
    from storyboard.values.board import Storyboard

__all__ = ["PdfExporter", "write_pdf"]

_FACES = {"": "NotoSans-Regular.ttf", "B": "NotoSans-Bold.ttf", "I": "NotoSans-Italic.ttf"}
_TITLE = Style("B", 17, 7.4)
_LONG_TITLE = Style("B", 10, 4.4)
_LONG, _LONGEST = 160, 1000  # characters from which a title is set smaller, and elided
_NUMBER = Style("B", 10, 4.0)
_SMALL = Style("", 7, 3.2, 95)
_HEADING = Style("B", 8, 3.6)
_HAIRLINE, _RULE_GREY, _FRAME_GREY, _EMPTY_GREY = 0.15, 190, 70, 246
_WORTH_SMALLER = 0.8  # of the pages
_CAP = 0.25  # millimetres a point from the top of a line to its baseline, about


class PdfExporter:
    """Exports a PDF to print or to send."""

    name = "pdf"
    title = "PDF"
    purpose = "pages to read, print and send"
    suffix = ".pdf"
    annotated = True
    needs_pictures = True

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`."""
        self.check(board, picture_of, out, options)
        numbers = [n for n, each in enumerate(board.panels, 1) if options.wants(each)]
        board = options.chosen(board)
        # Before anything is laid out: a file that cannot be read ends the export.
        marks_of = options.marks_if(self.annotated)
        marks = [
            tuple(marks_of(panel.shown)) if marks_of and panel.shown else ()
            for panel in board.panels
        ]
        document = _Document(board, picture_of, options.page, options.created, marks, numbers)
        data = document.render()
        write_output(out, data, options.project)
        return out

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        check_output(out, is_sealed, force=options.force)
        panels = options.chosen(board).panels
        letters = len(board.title) + sum(letters_of(panel.shot) for panel in panels)
        if letters > bounds.PRINTED:
            raise InputError(
                f"these panels have {letters:,} letters, at most {bounds.PRINTED:,} are printed in"
                " one PDF: export some scenes at a time"
            )


def write_pdf(
    board: Storyboard,
    picture_of: PictureOf,
    out: Path,
    *,
    page: Page = "A4",
    created: date,
    marks_of: MarksOf | None = None,
) -> Path:
    """Write a board as PDF, landscape, and return `out`.

    Text that is too long for its place goes on under "Panel n, continued"; it is never cut.
    A panel without a picture shows an empty frame.

    Args:
        board: What to print.
        picture_of: Where the picture of a take lies.
        out: The PDF; its folder is made if need be, an older PDF of this program is replaced.
        page: Paper.
        created: The date to print.
        marks_of: What is drawn above the pictures; nothing if None.

    Raises:
        ProjectError: `out` cannot be written; what was there before stays.
        InputError: The board's aspect is none, or `out` is a file of somebody else's.
    """
    options = ExportOptions(page, created, marks_of=marks_of)
    return PdfExporter().export(board, picture_of, out, options)


class _Document:
    def __init__(
        self,
        board: Storyboard,
        picture_of: PictureOf,
        page: Page,
        created: date,
        marks: Sequence[tuple[Mark, ...]],
        numbers: Sequence[int],
    ) -> None:
        self._board = board
        self._words = page_words(board.language)
        self._marks = marks
        self._numbers = numbers  # places on the whole board, of which this may be a part
        self._scene = 0  # the one that has its bookmark
        self._grids = grids_for(page, aspect_ratio(board.aspect), len(board.panels))
        self._grid = self._grids[0]
        self._frames = Frames(board, picture_of)
        self._created = created
        self._pdf = FPDF(orientation="landscape", unit="mm", format=page)
        self._widths: dict[tuple[str, str], float] = {}
        self._start()
        title = self._clean(board.title) or self._words.untitled
        if len(title) > _LONGEST:
            title = f"{title[:_LONGEST]} …"
        style = _TITLE if len(title) <= _LONG else _LONG_TITLE
        room = self._grid.width - 2 * self._grid.left - 30  # the date stands to its right
        self._title = set_lines((Paragraph((Run(title, style),)),), room, self._measure)
        self._running_title = self._elided(title, room)

    def render(self) -> bytes:
        """Set every caption, place everything, then draw page after page."""
        self._grid, pages = self._choose_grid()
        for number, page in enumerate(pages, 1):
            self._pdf.add_page()
            if number == 1:
                self._draw_title()
            else:
                self._draw_running_head()
            for row in page.rows:
                self._draw_row(row)
            for block in page.blocks:
                self._draw_block(block)
            self._draw_foot(number, len(pages))
        return sealed(bytes(self._pdf.output()))

    def _choose_grid(self) -> tuple[Grid, tuple[PlacedPage, ...]]:
        """The grid with the largest frames, unless another one saves every fifth page."""
        texts = [caption(panel.shot, self._words, self._clean) for panel in self._board.panels]
        head = height_of(self._title) + 9.6

        def place(grid: Grid) -> tuple[Grid, tuple[PlacedPage, ...]]:
            captions = [set_lines(text, grid.caption, self._measure) for text in texts]
            return grid, paginate(grid, captions, head)

        best, *others = (place(grid) for grid in self._grids)
        for other in others:
            if len(other[1]) <= _WORTH_SMALLER * len(best[1]):
                best = other
        return best

    def _start(self) -> None:
        pdf = self._pdf
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        for weight, name in _FACES.items():
            pdf.add_font(FAMILY, weight, asset("fonts", name))
        pdf.set_font(FAMILY, "", 8)
        faces = [face for face in pdf.fonts.values() if isinstance(face, TTFFont)]
        self._shown = Shown(frozenset.intersection(*(frozenset(face.cmap) for face in faces)))
        pdf.set_creation_date(datetime.combine(self._created, time(), UTC))
        pdf.set_title(self._clean(self._board.title) or self._words.untitled)
        pdf.set_subject("Storyboard")
        pdf.set_creator("Storyboard")
        pdf.set_keywords(SEAL)
        pdf.set_lang(self._board.language or "en")
        pdf.set_line_width(_HAIRLINE)

    # Text

    def _clean(self, text: str) -> str:
        return printable(text, self._shown)

    def _measure(self, text: str, style: Style) -> float:
        # Widths grow with the size, so one width for 1000 points serves every size.
        key = (text, style.weight)
        if key not in self._widths:
            self._pdf.set_font(FAMILY, style.weight, 1000)
            self._widths[key] = self._pdf.get_string_width(text)
        return self._widths[key] * style.size / 1000

    def _elided(self, text: str, room: float) -> str:
        # Only for the running head: the whole title stands on the first page.
        if self._measure(text, _SMALL) <= room:
            return text
        while text and self._measure(f"{text} …", _SMALL) > room:
            text = text[: int(len(text) * 0.9)].rstrip()
        return f"{text} …"

    def _text(self, x: float, y: float, text: str, style: Style) -> float:
        """Write text whose line begins at `y`; return where it ends."""
        pdf = self._pdf
        if (pdf.font_style, pdf.font_size_pt) != (style.weight, style.size):
            pdf.set_font(FAMILY, style.weight, style.size)
        pdf.set_text_color(style.grey)
        baseline = y + (style.leading + _CAP * style.size) / 2
        pdf.text(x, baseline, text)
        return x + self._measure(text, style)

    def _right(self, x: float, y: float, text: str, style: Style) -> None:
        self._text(x - self._measure(text, style), y, text, style)

    def _lines(self, x: float, y: float, lines: tuple[Line, ...]) -> None:
        for index, line in enumerate(lines):
            y += line.before if index else 0.0
            end = x
            for run in line.runs:
                end = self._text(end, y, run.text, run.style)
            y += line.leading

    def _rule(self, y: float, start: float, end: float) -> None:
        self._pdf.set_draw_color(_RULE_GREY)
        self._pdf.line(start, y, end, y)

    # Parts of a page

    def _draw_title(self) -> None:
        grid, board, words = self._grid, self._board, self._words
        y, right = grid.top(0, 0), grid.width - grid.left
        self._lines(grid.left, y, self._title)
        self._right(right, y + 2.6, self._created.isoformat(), _SMALL)
        below = y + height_of(self._title) + 1.0
        panels = len(board.panels)
        scenes = len({panel.shot.scene for panel in board.panels})
        total = sum(panel.shot.duration for panel in board.panels)
        facts = (
            (words.panel if panels == 1 else words.panels).format(panels),
            (words.scene if scenes == 1 else words.scenes).format(scenes),
            words.total.format(words.duration(total)),
            self._clean(board.aspect),
        )
        self._text(grid.left, below, "  ·  ".join(facts), _SMALL)
        self._rule(below + 4.6, grid.left, right)

    def _draw_running_head(self) -> None:
        grid = self._grid
        y, right = grid.top(0, 0) - 1.0, grid.width - grid.left
        self._text(grid.left, y, self._running_title, _SMALL)
        self._right(right, y, self._created.isoformat(), _SMALL)
        self._rule(y + 4.4, grid.left, right)

    def _draw_foot(self, number: int, pages: int) -> None:
        grid = self._grid
        y = grid.height - 10.5
        self._text(grid.left, y, "Storyboard", _SMALL)
        self._right(grid.width - grid.left, y, self._words.page.format(number, pages), _SMALL)

    def _draw_row(self, row: Row) -> None:
        for column, cell in enumerate(row.cells):
            self._draw_cell(self._grid.x(column), row.y, cell)

    def _draw_cell(self, x: float, y: float, cell: Cell) -> None:
        grid = self._grid
        shot = self._board.panels[cell.panel].shot
        if shot.scene != self._scene:
            self._scene = shot.scene
            self._pdf.set_y(y)
            self._pdf.start_section(self._words.scene_name(shot.scene))
        end = self._text(x, y + 0.2, str(self._numbers[cell.panel]), _NUMBER)
        self._text(end + 2.2, y + 0.8, self._words.place.format(shot.scene, shot.number), _SMALL)
        self._right(x + grid.column, y + 0.8, self._words.duration(shot.duration), _SMALL)
        self._draw_frame(x, y + grid.head, cell.panel)
        width, height = grid.picture
        if grid.beside:
            self._lines(x + width + BESIDE_GAP, y + grid.head, cell.lines)
        else:
            self._lines(x, y + grid.head + height + grid.pad, cell.lines)

    def _draw_frame(self, x: float, y: float, panel: int) -> None:
        pdf, (width, height) = self._pdf, self._grid.picture
        frame = self._frames.of(panel, width / height)
        pdf.set_draw_color(_FRAME_GREY)
        if frame.picture is None:
            pdf.set_fill_color(_EMPTY_GREY)
            pdf.rect(x, y, width, height, style="DF")
            middle = x + (width - self._measure(frame.label, DETAIL)) / 2
            self._text(middle, y + (height - DETAIL.leading) / 2, frame.label, DETAIL)
            return
        left, top, wide, high = frame.place(width, height)
        pdf.set_fill_color(_EMPTY_GREY)
        pdf.rect(x, y, width, height, style="F")
        with pdf.rect_clip(x, y, width, height):
            pdf.image(frame.picture, x + left, y + top, wide, high)
            for mark in self._marks[panel]:
                draw_mark(pdf, mark, (x + left, y + top, wide, high), self._clean)
        pdf.set_line_width(_HAIRLINE)
        pdf.rect(x, y, width, height, style="D")

    def _draw_block(self, block: Block) -> None:
        grid = self._grid
        right = grid.width - grid.left
        self._text(
            grid.left, block.y, self._words.continued.format(self._numbers[block.panel]), _HEADING
        )
        self._rule(block.y + 4.6, grid.left, right)
        top = block.y + 6.5
        for column, lines in enumerate(block.columns):
            self._lines(grid.left + column * (grid.caption + grid.gutter), top, lines)
