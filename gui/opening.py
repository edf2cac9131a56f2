"""The first moments of a window: shown first, then made whole, then with a board in it."""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from gui.main_window import MainWindow

__all__ = ["Opening"]

# What opening a board needs, and what is dear to import: YAML, checked settings, picture formats.
_ROOMS = ("config", "storyboard.settings", "storyboard.project", "storyboard.drafting")


class Opening(QObject):
    """Makes a shown window whole, part by part, while a thread imports what a board needs.

    Whoever types or clicks meanwhile is answered between two parts.
    """

    _imported = Signal()
    done = Signal()

    def __init__(self, window: MainWindow, folder: Path | None) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder
        self._has_rooms = False
        self._imported.connect(self._enter)
        self._thread = threading.Thread(target=self._import, name="first imports")
        self._next = QTimer(self)
        self._next.timeout.connect(self._furnish)

    def begin(self) -> None:
        """Go on from a window that is shown."""
        self._thread.start()
        self._next.start(0)

    def _import(self) -> None:
        for each in _ROOMS:
            importlib.import_module(each)
        self._imported.emit()

    def _furnish(self) -> None:
        if not self._window.furnish():
            self._next.stop()
            self._open()

    def _enter(self) -> None:
        self._thread.join()
        self._has_rooms = True
        self._open()

    def _open(self) -> None:
        window = self._window
        if self._has_rooms and window.is_complete and window.isVisible():
            window.compute.may_count = True
            window.open_first(self._folder)
            self.done.emit()
