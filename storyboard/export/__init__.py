"""What leaves the program: the PDF, numbered pictures, and whatever is added to `EXPORTERS`.

An exporter that is in the tuple appears in every menu and on the command line by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from storyboard.errors import InputError
from storyboard.export.images import ImagesExporter
from storyboard.export.options import ExportOptions, PictureOf
from storyboard.export.pdf import PdfExporter, write_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard

__all__ = ["EXPORTERS", "ExportOptions", "Exporter", "PictureOf", "exporter", "write_pdf"]


class Exporter(Protocol):
    """One way out of the program."""

    @property
    def name(self) -> str:
        """What menus and the command line call it."""
        ...

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """Make sure, before minutes are spent, that `out` replaces nothing of anybody's.

        Raises:
            InputError: It would; says what to do.
        """
        ...

    @property
    def suffix(self) -> str:
        """Suffix of the file it writes, with the dot; empty where it writes a folder."""
        ...

    @property
    def annotated(self) -> bool:
        """Whether it draws arrows, strokes and notes unless it is told otherwise."""
        ...

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """Write the board to `out` and return what was written.

        Raises:
            InputError: Something is there that this program has not written.
            ProjectError: It cannot be written; what was there before stays.
        """
        ...


EXPORTERS: tuple[Exporter, ...] = (PdfExporter(), ImagesExporter())


def exporter(name: str) -> Exporter:
    """The exporter of that name.

    Raises:
        InputError: There is none; the message lists those there are.
    """
    for each in EXPORTERS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in EXPORTERS)
    raise InputError(f"there is no exporter {name[:40]!r}: choose one of {names}")
