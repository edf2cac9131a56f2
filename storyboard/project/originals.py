"""The ``originals`` folder of a project: pictures as their owners had them, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.project.folder import ORIGINALS, make_folder
from storyboard.values.reference import picture_hash

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Originals"]


class Originals:
    """Keeps files of pictures, each named by the SHA-256 of its bytes.

    Args:
        project: The project's folder.
    """

    def __init__(self, project: Path) -> None:
        self._folder = project / ORIGINALS

    def add(self, data: bytes, suffix: str) -> Path:
        """Keep a file, unless it is there already.

        Args:
            data: What it holds.
            suffix: Its kind, such as ".jpg".

        Raises:
            ProjectError: It cannot be written, or the folder is a link.
        """
        if self._folder.is_symlink():
            raise ProjectError(
                "{folder} is a link: links could lead out of the project", folder=self._folder
            )
        make_folder(self._folder)
        path = self._folder / f"{picture_hash(data)}{suffix}"
        if path.is_symlink() or not path.is_file() or path.stat().st_size != len(data):
            atomic.write_bytes(path, data)
        return path
