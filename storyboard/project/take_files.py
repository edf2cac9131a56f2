"""The files of a new take: its picture, and of a clip the clip, under a name that nothing has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files.png import is_whole
from storyboard.project.folder import PANELS, REMOVED
from storyboard.project.rebuild import take_number

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.project.folder import ProjectFolder
    from storyboard.values.board import Panel, Storyboard, Take

__all__ = ["TakeFiles", "panel_of", "place_take"]

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


def place_take(
    files: ProjectFolder, board: Storyboard, key: str, png: bytes, take: Take, film: bytes = b""
) -> Storyboard:
    """Write a picture or a clip, and return the board with it as the panel's newest take.

    Args:
        files: The project.
        board: The board, which is not written.
        key: The panel's key.
        png: The picture with its recipe; of a clip the first frame.
        take: Its file name is chosen here; whatever it carries is replaced.
        film: The clip itself, where the take is one.

    Raises:
        ProjectError: No such panel, a picture that is not whole, or the disk refuses.
    """
    if not is_whole(png):
        raise ProjectError(
            "the picture for panel {key} is not a whole PNG: render it again", key=repr(key)
        )
    number, panel = panel_of(board, key, files.path)
    written = TakeFiles(files).write(number, panel, take, png, film)
    panels = list(board.panels)
    panels[number - 1] = replace(panel, takes=(*panel.takes, written))
    return replace(board, panels=tuple(panels))


def panel_of(board: Storyboard, key: str, folder: Path) -> tuple[int, Panel]:
    """A panel and its place on the board, from 1.

    Raises:
        ProjectError: There is none in the project of that folder.
    """
    for number, panel in enumerate(board.panels, 1):
        if panel.key == key:
            return number, panel
    raise ProjectError(
        "{folder} has no panel {key}: was it removed meanwhile?", folder=folder, key=repr(key)
    )
