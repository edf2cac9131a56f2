"""The files of a new take: its picture, and of a clip the clip, under a name that nothing has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.project.folder import PANELS, REMOVED
from storyboard.project.rebuild import take_number

if TYPE_CHECKING:
    from storyboard.project.folder import ProjectFolder
    from storyboard.values.board import Panel, Take

__all__ = ["TakeFiles"]

_HOMES = (PANELS, REMOVED)  # where the files of takes lie


class TakeFiles:
    """Writes them.

    Args:
        files: The project.
        folder: Which of its folders they are written to.
    """

    def __init__(self, files: ProjectFolder, folder: str = PANELS) -> None:
        self._files = files
        self._folder = folder

    def write(self, number: int, panel: Panel, take: Take, png: bytes, film: bytes = b"") -> Take:
        """Write a take, and return it with the name of its picture.

        A clip comes before the picture that names it, so that no crash leaves one without it.

        Args:
            number: The panel's place on the board, from 1.
            panel: The panel.
            take: Its file name is chosen here.
            png: The picture with its recipe; of a clip the first frame.
            film: The clip itself, where the take is one.

        Raises:
            ProjectError: The disk refuses.
        """
        digits = "".join(each for each in take.fingerprint.lower() if each in "0123456789abcdef")
        last = max((take_number(each.file) for each in panel.takes), default=0)
        while True:
            last += 1
            named = replace(take, file=f"panel-{number:03}-take-{last:02}-{digits[:8] or '0'}.png")
            if any(self._files.has(home, each) for home in _HOMES for each in named.files):
                continue
            if named.clip and not self._files.write_new(f"{self._folder}/{named.film}", film):
                continue
            if self._files.write_new(f"{self._folder}/{named.file}", png):
                return named
