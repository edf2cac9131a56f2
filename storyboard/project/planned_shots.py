"""What the planner has said of a board so far: whatever else stands on it was written by hand.

Kept beside the record and not in it, because nothing depends on it but a question: without it,
planning again asks once too often.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.project.folder import ProjectFolder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.values.board import Storyboard
    from storyboard.values.shot import Shot

__all__ = ["PlannedShots", "Replaced", "replaced"]

_FILE = ".planned"
_DIGEST = re.compile("[0-9a-f]{32}", re.ASCII)
_MOST = 10_000  # shots; the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Replaced:
    """What another plan takes off a board.

    Attributes:
        drawn: Number of panels with pictures.
        edited: Number of panels whose shot the planner has never given.
    """

    drawn: int
    edited: int


class PlannedShots:
    """The shots that were ever planned for the board in a project's folder."""

    def __init__(self, folder: Path) -> None:
        self._files = ProjectFolder(folder)
        self._known = self._read()

    def has(self, shot: Shot) -> bool:
        """Whether the planner has given just this shot, wherever it stands now."""
        return _digest(shot) in self._known

    def add(self, shots: Iterable[Shot]) -> None:
        """Remember shots that were planned.

        Raises:
            ProjectError: The disk refuses; they are remembered until the window closes.
        """
        self._known |= dict.fromkeys(map(_digest, shots))
        lines = [*self._known][-_MOST:]
        self._files.write(_FILE, ("\n".join(lines) + "\n").encode("ascii"))

    def _read(self) -> dict[str, None]:
        try:
            lines = self._files.read(_FILE).decode("ascii").split()
        except (ProjectError, ValueError):
            return {}  # made by the command line, or by an older version
        return dict.fromkeys(each for each in lines[-_MOST:] if _DIGEST.fullmatch(each))


def replaced(before: Storyboard, after: Storyboard, planned: PlannedShots) -> Replaced:
    """What would leave the board by going from `before` to `after`."""
    stay = {panel.key for panel in after.panels}
    leaving = [panel for panel in before.panels if panel.key not in stay]
    return Replaced(
        drawn=sum(bool(panel.takes) for panel in leaving),
        edited=sum(not planned.has(panel.shot) for panel in leaving),
    )


def _digest(shot: Shot) -> str:
    # A panel that was only moved has another number.
    return hashlib.sha256(repr(replace(shot, number=0)).encode()).hexdigest()[:32]
