"""A folder of numbered pictures, for programs that read nothing else."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.export.annotated import annotated
from storyboard.files import atomic
from storyboard.files.output_file import check_output, make_output_folder, write_output
from storyboard.files.png import BrokenPngError, read_png

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.options import ExportOptions, MarksOf, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["ImagesExporter", "write_images"]


class ImagesExporter:
    """Exports the shown takes as PNG files."""

    name = "images"
    title = "PNG pictures in a folder"
    purpose = "numbered pictures, for programs that read nothing else"
    suffix = ""
    annotated = False
    needs_pictures = True

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`."""
        return write_images(board, picture_of, out, options)

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        held = _Pictures(board, picture_of, options.marks_if(self.annotated))
        for number, panel in enumerate(board.panels, 1):
            if options.wants(panel) and panel.shown is not None:
                check_output(out / _name(number), held.holds, force=options.force)


def write_images(
    board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
) -> Path:
    """Copy the shown take of every panel to ``out/panel-001.png`` and so on, recipes included.

    Panels without a take are left out; their numbers stay free, so that a number always means the
    same panel. Other files in the folder are not touched, and of the same names only pictures of
    this board are replaced. A picture with something drawn above it is another one, and has no
    recipe: what it would give is not what it shows.

    Raises:
        InputError: A file of that name is no picture of this board.
        ProjectError: A picture cannot be read, or the folder cannot be written.
    """
    make_output_folder(out, options.project)
    exporter = ImagesExporter()
    exporter.check(board, picture_of, out, options)
    marks_of = options.marks_if(exporter.annotated)
    for number, panel in enumerate(board.panels, 1):
        if panel.shown is None or not options.wants(panel):
            continue
        source = picture_of(panel.shown)
        try:
            data = read_png(source)
        except (OSError, BrokenPngError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else f"it is {error}"
            raise ProjectError(
                "cannot read {source}: {reason}", source=source, reason=reason
            ) from None
        marks = marks_of(panel.shown) if marks_of else ()
        write_output(
            out / _name(number), annotated(data, marks) if marks else data, options.project
        )
    return out


class _Pictures:
    """The pictures of a board, plain and with what is drawn above them, to know a copy of one."""

    def __init__(self, board: Storyboard, picture_of: PictureOf, marks_of: MarksOf | None) -> None:
        self._board, self._picture_of, self._marks_of = board, picture_of, marks_of

    def holds(self, data: bytes) -> bool:
        """Whether the bytes are those of a take of the board."""
        return hashlib.sha256(data).digest() in self._found

    @cached_property
    def _found(self) -> frozenset[bytes]:
        found = set[bytes]()
        for take in (take for panel in self._board.panels for take in panel.takes):
            with suppress(OSError, BrokenPngError, ProjectError):
                data = read_png(self._picture_of(take))
                found.add(hashlib.sha256(data).digest())
                if self._marks_of is not None and (marks := self._marks_of(take)):
                    found.add(hashlib.sha256(annotated(data, marks)).digest())
        return frozenset(found)


def _name(number: int) -> str:
    return f"panel-{number:03}.png"
