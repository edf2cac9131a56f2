"""Boards that come from elsewhere: bundles, projects of Storyboarder, pictures."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from gui.document import boards
from gui.latest_answer import LatestAnswer
from storyboard.errors import RenderCancelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storyboard.project.arrival import Arrival

__all__ = ["Arrivals"]


class Arrivals(QObject):
    """Makes a board of what comes, in a thread; `arrived` has its folder when it is there.

    `told` says what goes on and what did not come along, `problem` what cannot come at all.

    Args:
        window: Above which files are chosen.
        home: Where new boards go.
    """

    arrived = Signal(Path)
    told = Signal(str)
    problem = Signal(str)

    def __init__(self, window: QWidget, home: Path) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self._closing = threading.Event()
        self._work = LatestAnswer(self)
        self._work.answered.connect(self._open)
        self._work.failed.connect(self.problem)

    def choose(self) -> None:
        """Ask for a file to make a board of."""
        kinds = self.tr(
            "Boards and contact sheets (*.zip *.storyboarder *.png *.jpg *.jpeg *.webp *.tif)"
        )
        title = self.tr("Open a bundle, a Storyboarder project or a contact sheet")
        file, _ = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        if file:
            self.bring(Path(file))

    def bring(self, path: Path) -> None:
        """Make a board of a file, or of a folder that is no board."""
        from storyboard.project.arrival import arrive  # here, because threads may not import it

        folder = boards.free_folder(self._home, path.name.partition(".")[0])
        closing = self._closing

        def go_on(done: int, total: int) -> None:
            if closing.is_set():
                raise RenderCancelled("the window was closed; what was there so far stays")

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

    def _open(self, come: tuple[Path, Arrival]) -> None:
        folder, arrival = come
        self.arrived.emit(folder)
        if arrival.told:
            self.told.emit("\n".join(arrival.told))
