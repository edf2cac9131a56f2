"""Takes that come together, such as those of a project that is brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from storyboard.project.folder import ProjectFolder
from storyboard.project.take_files import place_take

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.project.project import Project
    from storyboard.values.board import Storyboard, Take

__all__ = ["ManyTakes"]

_AT_ONCE = 50  # takes for which the record is written once; 500 pictures need no 500 records


class ManyTakes:
    """Keeps each picture at once, and writes the record for many together and at the end.

    What is killed in between loses none: a picture that the record does not know is found when the
    project is opened again. Use it in a ``with`` statement; it is a `TakesKeeper`.

    Args:
        project: Open.

    Attributes:
        board: With all takes that have come.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._files = ProjectFolder(project.folder)
        self.board = project.board
        self._unwritten = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    @property
    def folder(self) -> Path:
        """The project's folder."""
        return self._project.folder

    def add_take(self, key: str, png: bytes, take: Take) -> Storyboard:
        """Put a picture on the board as a panel's newest take.

        Raises:
            ProjectError: As `Project.add_take`.
        """
        self.board = place_take(self._files, self.board, key, png, take)
        self._unwritten += 1
        if self._unwritten >= _AT_ONCE:
            self._write()
        return self.board

    def _write(self) -> None:
        if self._unwritten:
            self.board = self._project.save(self.board)
            self._unwritten = 0
