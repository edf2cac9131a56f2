"""Copies of takes that another program may change, and which of their states are takes already.

The list of states is kept beside the record and not in it: without it, what was changed while the
board was closed is not noticed, and the copies lie where they lay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.project.folder import ProjectFolder

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from storyboard.values.board import Storyboard

__all__ = ["EDITED", "CopyState", "EditedCopies", "original_of"]

EDITED = "edited"
"""The folder of a project that the copies are in."""

_FILE = ".edited"
_LINE = re.compile(r"([0-9a-f]{64}) (\d{1,20}) (\d{1,15}) ([^/\\\0]{1,200})", re.ASCII)
_NUMBERED = re.compile(r"(.+)-\d{1,6}", re.ASCII)
_MOST = 200  # copies; the newest are looked at


@dataclass(frozen=True, slots=True)
class CopyState:
    """What a copy held when it became a take, or was made.

    Attributes:
        digest: SHA-256 in hexadecimal digits.
        changed_ns: When the file was changed last, in nanoseconds since 1970.
        size: Of the file, in bytes.
    """

    digest: str
    changed_ns: int
    size: int


def original_of(path: Path, board: Storyboard) -> str:
    """File name of the take that a copy was made of; empty where the board has it no more."""
    return _original(path, {take.file for panel in board.panels for take in panel.takes})


class EditedCopies:
    """The copies in a project's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = ProjectFolder(folder)
        self._states = self._read()

    def of_board(self, board: Storyboard) -> dict[Path, str]:
        """The copies of takes on the board, the newest first, each with its panel's key."""
        panels = {take.file: panel.key for panel in board.panels for take in panel.takes}
        originals = {path: _original(path, panels) for path in self._newest()}
        return {path: panels[file] for path, file in originals.items() if file}

    def state(self, path: Path) -> CopyState | None:
        """What is remembered of a copy; None where nothing is."""
        return self._states.get(path.name)

    def remember(self, path: Path, state: CopyState) -> None:
        """Remember that what a copy holds now is a take, or was one before.

        Raises:
            ProjectError: The disk refuses; it is remembered until the window closes.
        """
        self._states.pop(path.name, None)
        self._states[path.name] = state
        lines = [
            f"{each.digest} {each.changed_ns} {each.size} {name}\n"
            for name, each in list(self._states.items())[-_MOST:]
        ]
        self._files.write(_FILE, "".join(lines).encode("utf-8", "surrogateescape"))

    def _newest(self) -> list[Path]:
        folder = self._folder / EDITED
        try:
            if folder.is_symlink():
                return []
            files = [each for each in folder.iterdir() if each.suffix == ".png"]
            plain = [each for each in files if each.is_file() and not each.is_symlink()]
            return sorted(plain, key=lambda each: each.stat().st_mtime_ns, reverse=True)[:_MOST]
        except OSError:
            return []  # there is none, or the disk does not give it

    def _read(self) -> dict[str, CopyState]:
        try:
            text = self._files.read(_FILE).decode("utf-8", "surrogateescape")
        except ProjectError:
            return {}
        found = map(_LINE.fullmatch, text.split("\n")[-_MOST - 1 :])
        return {each[4]: CopyState(each[1], int(each[2]), int(each[3])) for each in found if each}


def _original(path: Path, files: Collection[str]) -> str:
    numbered = _NUMBERED.fullmatch(path.stem)
    names = (path.name, f"{numbered[1]}.png" if numbered else "")
    return next((each for each in names if each in files), "")
