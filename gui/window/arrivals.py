"""Boards that come from elsewhere: bundles, projects of Storyboarder, pictures."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.document import boards
from gui.latest_answer import LatestAnswer
from storyboard.errors import RenderCancelled

if TYPE_CHECKING:
    from storyboard.project.arrival import Arrival

__all__ = ["Arrivals"]

_SOON = 0.5  # seconds between two words on how far it is


class Arrivals(QObject):
    """Makes a board of what comes, in a thread; `arrived` has its folder when it is there.

    `told` says what goes on and what did not come along, `problem` what cannot come at all.

    Args:
        home: Where new boards go.
    """

    arrived = Signal(Path)
    told = Signal(str)
    problem = Signal(str)

    _told = Signal(str, int, int)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._told.connect(self._tell)
        self._closing = threading.Event()
        self._work = LatestAnswer(self)
        self._work.answered.connect(self._open)
        self._work.failed.connect(self.problem)

    def bring(self, path: Path) -> None:
        """Make a board of a file, or of a folder that is no board."""
        from storyboard.project.arrival import arrive  # here, because threads may not import it

        folder = boards.free_folder(self._home, path.name.partition(".")[0])
        closing, said = self._closing, time.monotonic()

        def go_on(done: int, total: int) -> None:
            nonlocal said
            if closing.is_set():
                raise RenderCancelled("the window was closed; what was there so far stays")
            if time.monotonic() - said > _SOON:
                said = time.monotonic()
                self._told.emit(path.name, done, total)

        def work() -> tuple[Path, Arrival]:
            arrival = arrive(path, folder, go_on)
            arrival.project.close()  # its lock belongs to this thread
            return folder, arrival

        self.told.emit(self.tr("Bringing in {0}\u2026").format(path.name))
        self._work.ask(work)

    def close(self) -> None:
        """Stop after the picture that is being read, because the window is about to close."""
        self._closing.set()
        self._work.close()

    def _tell(self, name: str, done: int, total: int) -> None:
        self.told.emit(self.tr("Bringing in {0}: {1} of {2}").format(name, done, total))

    def _open(self, come: tuple[Path, Arrival]) -> None:
        folder, arrival = come
        self.arrived.emit(folder)
        if arrival.told:
            self.told.emit("\n".join(arrival.told))
