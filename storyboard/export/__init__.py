"""What leaves the program: the PDF, numbered pictures, and whatever is added to `EXPORTERS`.

An exporter that is in the tuple appears in every menu and on the command line by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from storyboard.errors import InputError
from storyboard.export.animatic import GIF, MOV, MP4, WEBP
from storyboard.export.bundle import BundleExporter
from storyboard.export.call_sheet import call_sheet_of
from storyboard.export.comic import comic_of
from storyboard.export.contact_sheet import contact_sheet_of
from storyboard.export.document import Document
from storyboard.export.editorial import aaf_of, edl_of, fcp7_of, fcpxml_of, otio_of, otioz_of
from storyboard.export.images import ImagesExporter
from storyboard.export.options import ExportOptions, PictureOf
from storyboard.export.pdf import PdfExporter, write_pdf
from storyboard.export.shots import shots_of
from storyboard.export.subtitles import srt_of, vtt_of
from storyboard.export.tables import csv_of, xlsx_of
from storyboard.files.output_file import is_chart
from storyboard.files.sealed_archive import is_sealed_archive

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard

__all__ = ["EXPORTERS", "ExportOptions", "Exporter", "PictureOf", "exporter", "write_pdf"]


class Exporter(Protocol):
    """One way out of the program."""

    @property
    def name(self) -> str:
        """What the command line calls it."""
        ...

    @property
    def title(self) -> str:
        """What menus call it, in English."""
        ...

    @property
    def purpose(self) -> str:
        """What it is for, in a few words."""
        ...

    @property
    def needs_pictures(self) -> bool:
        """Whether a board without a single picture is refused."""
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
    def is_heard(self) -> bool:
        """Whether it can have sound."""
        ...

    @property
    def annotated(self) -> bool:
        """Whether it draws arrows, strokes and notes unless it is told otherwise."""
        ...

    @property
    def marks_left_out(self) -> bool:
        """Whether panels that are marked to be left out are in it, too, with their mark."""
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


def _nobodys(data: bytes) -> bool:
    return False


EXPORTERS: tuple[Exporter, ...] = (
    PdfExporter(),
    ImagesExporter(),
    Document(
        "contact-sheet",
        "Contact sheet (PNG)",
        "all panels on one picture",
        ".contact-sheet.png",
        contact_sheet_of,
        is_chart,
        needs_pictures=True,
    ),
    Document(
        "comic",
        "Comic (PDF)",
        "pages with captions and balloons",
        ".comic.pdf",
        comic_of,
        needs_pictures=True,
    ),
    Document(
        "shots",
        "Shot list (YAML)",
        "edit it, and render it",
        ".shots.yaml",
        shots_of,
        marks_left_out=True,
    ),
    # A CSV, an SRT and an AAF have no place for a checksum: no file is known to be ours.
    Document(
        "csv",
        "Shot list (CSV)",
        "any spreadsheet or database",
        ".csv",
        csv_of,
        _nobodys,
        marks_left_out=True,
    ),
    Document(
        "xlsx",
        "Shot list (Excel)",
        "Excel, Numbers",
        ".xlsx",
        xlsx_of,
        is_sealed_archive,
        marks_left_out=True,
    ),
    Document(
        "call-sheet",
        "Call sheet (Excel)",
        "who is needed where, by place and by cast",
        ".call-sheet.xlsx",
        call_sheet_of,
        is_sealed_archive,
    ),
    Document("srt", "Subtitles (SRT)", "dialogue for players, editors", ".srt", srt_of, _nobodys),
    Document("vtt", "Subtitles (WebVTT)", "dialogue for the web", ".vtt", vtt_of),
    Document("otio", "Cut (OpenTimelineIO)", "Resolve, Hiero, RV", ".otio", otio_of),
    Document(
        "otioz", "Cut with pictures (OTIOZ)", "Resolve", ".otioz", otioz_of, is_sealed_archive
    ),
    Document("fcp7", "Cut (Final Cut Pro 7 XML)", "Premiere, Resolve", ".xml", fcp7_of),
    Document("fcpxml", "Cut (FCPXML)", "Final Cut Pro", ".fcpxml", fcpxml_of),
    Document("edl", "Cut (CMX 3600 EDL)", "every editing program", ".edl", edl_of),
    Document("aaf", "Cut (AAF)", "Avid Media Composer", ".aaf", aaf_of, _nobodys),
    MP4,
    MOV,
    GIF,
    WEBP,
    BundleExporter(),
)


_ANIMATIC = "animatic"
"""What a board that plays is called in the trade; as a file it is an MP4."""


def exporter(name: str) -> Exporter:
    """The exporter of that name; ``animatic`` is the MP4.

    Raises:
        InputError: There is none; the message lists those there are.
    """
    if name == _ANIMATIC:
        return MP4
    for each in EXPORTERS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in EXPORTERS)
    raise InputError(
        "there is no exporter {name}: choose one of {names}", name=repr(name[:40]), names=names
    )
