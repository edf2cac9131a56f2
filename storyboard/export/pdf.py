"""The storyboard as a PDF: frames in reading order, each with its numbers and its words.

Fonts are embedded, so it looks the same on a machine without any; equal input and date give equal
bytes.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.export.board_pages import BoardPages
from storyboard.export.caption import letters_of
from storyboard.export.frames import Frames
from storyboard.export.options import ExportOptions
from storyboard.export.page_design import check_design
from storyboard.export.page_furniture import Furniture
from storyboard.export.page_words import page_words
from storyboard.export.sheet import paper_size
from storyboard.files.output_file import check_output, is_sealed, write_output
from storyboard.values import bounds
from storyboard.values.annotations import greyed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from storyboard.export.options import MarksOf, PictureOf
    from storyboard.export.page_design import Page
    from storyboard.values.annotations import Mark
    from storyboard.values.board import Storyboard

__all__ = ["PdfExporter", "write_pdf"]


class PdfExporter:
    """Exports a PDF to print or to send."""

    name = "pdf"
    title = "PDF"
    purpose = "pages to read, print and send"
    suffix = ".pdf"
    annotated = True
    needs_pictures = True
    marks_left_out = False
    is_heard = False

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`.

        Raises:
            RenderCancelled: `options.cancelled` said so; nothing is written.
        """
        self.check(board, picture_of, out, options)
        numbers = [number for number, _ in options.numbered(board)]
        board = options.chosen(board)
        data = _rendered(board, picture_of, options, numbers)
        write_output(out, data, options.project)
        return out

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        check_output(out, is_sealed, force=options.force)
        check_design(options.design)
        panels = options.chosen(board).panels
        letters = len(board.title) + sum(letters_of(each, options.design) for each in panels)
        if letters > bounds.PRINTED:
            raise InputError(
                "these panels have {letters} letters, at most {printed} are printed in"
                " one PDF: export some scenes at a time",
                letters=f"{letters:,}",
                printed=f"{bounds.PRINTED:,}",
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


def _rendered(
    board: Storyboard, picture_of: PictureOf, options: ExportOptions, numbers: list[int]
) -> bytes:
    """The file of a board whose panels have these numbers."""
    from storyboard.export.pdf_pen import Pen  # half a second, for pages only

    design = options.design
    # 1. Before anything is laid out: a file that cannot be read ends the export.
    marks = _marks(board, options)

    # 2. Who writes, and what stands on every page.
    words = page_words(board.language)
    paper = paper_size(design.paper or options.page, design.portrait)
    with closing(Pen(paper, options.created, board.language, options.go_on)) as pen:
        pen.name(pen.clean(board.title) or words.untitled, pen.clean(design.production.director))
        furniture = Furniture(pen, design, board, words, paper, options.created)

        # 3. The panels.
        frames = Frames(board, picture_of, grey=design.black_and_white)
        pages = BoardPages(pen, furniture, design, board, words, frames, marks, numbers)
        pages.draw(options.progress)
        return pen.output()


def _marks(board: Storyboard, options: ExportOptions) -> list[tuple[Mark, ...]]:
    marks_of = options.marks_if(options.design.annotations)
    found = [
        tuple(marks_of(panel.shown)) if marks_of and panel.shown else () for panel in board.panels
    ]
    if options.design.black_and_white:
        return [tuple(greyed(each) for each in marks) for marks in found]
    return found
