"""The first moments of a window: shown first, then made whole, then with a board in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from pathlib import Path

    from gui.window.main_window import MainWindow

__all__ = ["Opening"]


class Opening(QObject):
    """Makes a shown window whole, part by part.

    Whoever types or clicks meanwhile is answered between two parts.
    """

    done = Signal()

    def __init__(self, window: MainWindow, path: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._paths = [] if path is None else [path]
        self._is_done = False
        self._next = QTimer(self)
        self._next.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Begin to make the rest of a window that is already shown."""
        self._next.start(0)

    def open(self, path: Path) -> None:
        """Open a project or a file: at once in a window that is whole, else as soon as it is."""
        if self._is_done:
            self._window.open_path(path)
        else:
            self._paths.append(path)

    def _go_on(self) -> None:
        is_open = False
        try:
            self._make_next()
            is_open = True
        finally:
            # A defect keeps its traceback, but does not leave a window that seems to work.
            if not is_open:
                self._next.stop()
                self._say(repr(sys.exc_info()[1]))

    def _say(self, problem: str) -> None:
        window = self._window
        if window.is_complete:
            window.messages.problem(self.tr("The board could not be opened: {0}").format(problem))
            return
        window.is_broken = True
        window.story.plan.setEnabled(False)
        label = PlainLabel(
            self.tr(
                "Storyboard could not be opened: {0}\n\nInstall it again, please. What you have "
                "written on the left is not saved: copy it first."
            ).format(problem)
        )
        label.setWordWrap(True)
        label.setMargin(24)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        window.setCentralWidget(label)

    def _make_next(self) -> None:
        window = self._window
        if window.furnish():
            return
        self._next.stop()
        if window.isVisible():
            window.compute.may_count = True
            window.open_first(self._paths[0] if self._paths else None)
            for path in self._paths[1:]:
                window.open_path(path)
            self._is_done = True
            self.done.emit()
