"""A whole project as one file, to keep or to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.output_file import check_output, write_output
from storyboard.files.sealed_archive import is_sealed_file, write_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["BundleExporter"]


class BundleExporter:
    """Exports all files of a project; it is always the whole board."""

    name = "bundle"
    title = "Bundle of the whole project (ZIP)"
    purpose = "everything in one file, to keep, to move to another machine; import brings it back"
    suffix = ".storyboard.zip"
    annotated = False
    needs_pictures = False
    marks_left_out = True
    is_heard = False

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`."""
        self.check(board, picture_of, out, options)
        if options.files_of_project is None:
            raise InputError("only a project in a folder can be bundled: save the board first")
        members = list(options.files_of_project())

        def told() -> Iterator[tuple[str, Callable[[], bytes]]]:
            for done, member in enumerate(members, 1):
                yield member
                options.progress(done, len(members))

        write_output(out, lambda file: write_sealed(file, told()), options.project)
        return out

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        check_output(out, lambda start: is_sealed_file(out), force=options.force)
