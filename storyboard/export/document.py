"""Ways out that write one file from bytes made at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.export.options import ExportOptions, PictureOf
from storyboard.files.output_file import check_output, is_sealed, write_output
from storyboard.values.board import Storyboard

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["Document"]


@dataclass(frozen=True)
class Document:
    """A way out; the attributes and methods are those of `storyboard.export.Exporter`.

    Attributes:
        name: See there.
        title: See there.
        purpose: See there.
        suffix: See there.
        made: The file's bytes.
        is_ours: Whether this program has written what a file holds. A format without a place for a
            checksum is known only by being the same, byte for byte.
    """

    name: str
    title: str
    purpose: str
    suffix: str
    made: Callable[[Storyboard, PictureOf, ExportOptions], bytes]
    is_ours: Callable[[bytes], bool] = is_sealed
    annotated: bool = False
    marks_left_out: bool = False
    is_heard: bool = False
    needs_pictures: bool = False

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        check_output(out, self.is_ours, force=options.force)

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`."""
        data = self.made(board, picture_of, options)
        check_output(out, lambda old: old == data or self.is_ours(old), force=options.force)
        write_output(out, data, options.project)
        return out
