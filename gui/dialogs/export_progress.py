"""How far an export is, and how long it still takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from gui.widgets.plain_label import PlainLabel
from gui.words.duration_text import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ExportProgress"]

_STEPS = 200  # that a bar can show; a film has many more frames
_SOON = 2.0  # seconds after which the time left is worth a word


class ExportProgress(QWidget):
    """A bar that waits, and moves once somebody tells how much is done; hidden when all is."""

    _told = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How much is written"))
        self.left = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.left)
        self._run = 0
        self._since = 0.0
        self._told.connect(self._show)
        self.hide()

    def begin(self) -> Callable[[int, int], None]:
        """Show that something is being written.

        Returns:
            What is told, by any thread, how much of how much is done.
        """
        self._run += 1
        self._since = time.monotonic()
        run, shown = self._run, -1
        self.bar.setRange(0, 0)
        self.left.clear()
        self.show()

        def tell(done: int, total: int) -> None:
            nonlocal shown
            step = done * _STEPS // max(1, total)
            if step != shown:
                shown = step
                self._told.emit(run, done, total)

        return tell

    def end(self) -> None:
        """Show nothing more of what was being written."""
        self._run += 1
        self.hide()

    def _show(self, run: int, done: int, total: int) -> None:
        if run != self._run:
            return  # the last words of an export that was stopped
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        spent = time.monotonic() - self._since
        if done and spent > _SOON:
            left = self.tr("{0} left").format(duration_text(spent / done * (total - done)))
            self.left.setText(left)
