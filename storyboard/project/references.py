"""Reference pictures of a project, each named by its SHA-256: a name can promise nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.pictures import LONGEST_SIDE, read_picture
from storyboard.files.png import BrokenPngError
from storyboard.project.folder import REFERENCES, ProjectFolder
from storyboard.project.record_fields import is_file_name
from storyboard.values import bounds
from storyboard.values.reference import Reference, picture_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["WHOLE", "References", "references_beside"]

WHOLE = bounds.PANEL_SIDE
"""Pixels of the longer side that are kept of a picture that is changed: all that a panel has."""


class References:
    """The ``references`` folder of a project."""

    def __init__(self, files: ProjectFolder) -> None:
        self._files = files

    def add(self, data: bytes, source: str, *, whole: bool = False) -> str:
        """Keep a picture and return its file name; a picture that is there already stays.

        Args:
            data: The picture, encoded.
            source: What messages call it.
            whole: Keep it as large as it is.

        Raises:
            InputError: Not a picture that can be used.
            ProjectError: It cannot be written.
        """
        picture = read_picture(data, source, longest_side=WHOLE if whole else LONGEST_SIDE)
        name = f"{picture_hash(picture)}.png"
        try:
            self.read(name)
        except ProjectError:  # not there, or damaged
            self._files.write(f"{REFERENCES}/{name}", picture)
        return name

    def read(self, name: str) -> Reference:
        """The picture of that file name; it is hashed here, and nowhere else in a run.

        Raises:
            ProjectError: It is missing, or is no longer the picture its name promises.
        """
        if not is_file_name(name):
            raise ProjectError(
                "{name} cannot be the name of a reference picture", name=repr(name[:80])
            )
        path = self._files.inside(REFERENCES, name)
        try:
            data = self._files.read_png(REFERENCES, name)
        except (OSError, BrokenPngError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else f"it is {error}"
            raise ProjectError(
                "the reference picture {path} cannot be read: {reason}", path=path, reason=reason
            ) from None
        reference = Reference.of(data)
        if reference.sha != path.stem:
            raise ProjectError("the reference picture {path} has changed: add it again", path=path)
        return reference


def references_beside(picture: Path) -> Callable[[str], Reference]:
    """How `storyboard.project.recipe.request_from` finds the references of a panel in a project.

    Args:
        picture: A panel's PNG in the ``panels`` folder of a project.

    Returns:
        A function from SHA-256 to picture; it raises ProjectError where there is none.
    """
    references = References(ProjectFolder(picture.absolute().parent.parent))
    return lambda sha: references.read(f"{sha}.png")
