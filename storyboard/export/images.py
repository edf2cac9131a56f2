"""A folder of numbered pictures, for programs that read nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.export.annotated import annotated
from storyboard.png import BrokenPngError, read_png

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.options import ExportOptions, MarksOf, PictureOf
    from storyboard.models import Storyboard

__all__ = ["ImagesExporter", "write_images"]


class ImagesExporter:
    """Exports the shown takes as PNG files."""

    name = "images"
    suffix = ""
    annotated = False

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`."""
        return write_images(board, picture_of, out, options.marks_if(self.annotated))


def write_images(
    board: Storyboard, picture_of: PictureOf, out: Path, marks_of: MarksOf | None = None
) -> Path:
    """Copy the shown take of every panel to ``out/panel-001.png`` and so on, recipes included.

    Panels without a take are left out; their numbers stay free, so that a number always means the
    same panel. Other files in the folder are not touched. A picture with something drawn above it
    is another one, and has no recipe: what it would give is not what it shows.

    Raises:
        ProjectError: A picture cannot be read, or the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"cannot make the folder {out}: {atomic.describe(error)}") from None
    for number, panel in enumerate(board.panels, 1):
        if panel.shown is None:
            continue
        source = picture_of(panel.shown)
        try:
            data = read_png(source)
        except (OSError, BrokenPngError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else f"it is {error}"
            raise ProjectError(f"cannot read {source}: {reason}") from None
        marks = marks_of(panel.shown) if marks_of else ()
        if marks:
            data = annotated(data, marks)
        atomic.write_bytes(out / f"panel-{number:03}.png", data)
    return out
