"""A folder of pictures, for programs that read nothing else."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError, RenderCancelled
from storyboard.export.annotated import annotated
from storyboard.export.picture_files import encoded
from storyboard.export.picture_names import picture_names
from storyboard.files import atomic
from storyboard.files.output_file import check_output, is_sealed, make_output_folder, write_output
from storyboard.files.png import BrokenPngError, read_png

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.options import ExportOptions, MarksOf, PictureOf
    from storyboard.values.board import Storyboard, Take

__all__ = ["ImagesExporter", "write_images"]

_PNG = b"\x89PNG\r\n\x1a\n"


class ImagesExporter:
    """Exports the shown takes as picture files."""

    name = "images"
    title = "Pictures in a folder"
    purpose = "numbered PNG, JPEG or WebP, for programs that read nothing else"
    suffix = ""
    annotated = False
    needs_pictures = True
    marks_left_out = False
    is_heard = False

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
        for name, _ in _named(board, options):
            check_output(out / name, held.holds, force=options.force)


def write_images(
    board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
) -> Path:
    """Write the shown take of every panel to ``out/panel-001.png`` and so on, recipes included.

    Panels without a take are left out; their numbers stay free, so that a number always means the
    same panel. Other files in the folder are not touched, and of the same names only pictures of
    this board are replaced. A picture with something drawn above it is another one, and has no
    recipe: what it would give is not what it shows. JPEG and WebP have none either.

    Raises:
        InputError: A file of that name is no picture of this board, or two would be called alike.
        ProjectError: A picture cannot be read, or the folder cannot be written.
    """
    exporter = ImagesExporter()
    named = _named(board, options)
    make_output_folder(out, options.project)
    exporter.check(board, picture_of, out, options)
    marks_of = options.marks_if(exporter.annotated)
    for done, (name, take) in enumerate(named, 1):
        if options.cancelled():
            raise RenderCancelled("the export was cancelled; pictures written so far stay")
        source = picture_of(take)
        try:
            data = read_png(source)
        except (OSError, BrokenPngError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else f"it is {error}"
            raise ProjectError(
                "cannot read {source}: {reason}", source=source, reason=reason
            ) from None
        marks = marks_of(take) if marks_of else ()
        picture = encoded(annotated(data, marks) if marks else data, options.files)
        write_output(out / name, picture, options.project)
        options.progress(done, len(named))
    return out


def _named(board: Storyboard, options: ExportOptions) -> tuple[tuple[str, Take], ...]:
    """The names of the files, and the takes that they show."""
    panels = [each for each in options.numbered(board) if each[1].shown is not None]
    names = picture_names(options.files.names, options.files.suffix, panels, board.title)
    takes = (panel.shown for _, panel in panels)
    return tuple((name, take) for name, take in zip(names, takes, strict=True) if take is not None)


class _Pictures:
    """The pictures of a board, plain and with what is drawn above them, to know a copy of one."""

    def __init__(self, board: Storyboard, picture_of: PictureOf, marks_of: MarksOf | None) -> None:
        self._board, self._picture_of, self._marks_of = board, picture_of, marks_of

    def holds(self, data: bytes) -> bool:
        """Whether the bytes are those of a take of the board, or of a copy that we sealed."""
        if not data.startswith(_PNG):
            return is_sealed(data)
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
