"""A board that the disk refuses is not closed before its author has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.main_window import MainWindow

__all__ = ["Unsaved"]


class Unsaved(QObject):
    """Stands between a window and everything that would close its document."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._then: Callable[[], object] | None = None
        self._agreed = False

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the document can be closed without losing an edit.

        Where it cannot, the window says so, and offers to do `then` all the same.
        """
        window = self._window
        if window.document is None or self._agreed:
            return True
        window.finish_typing()
        if window.document.write():
            return True
        self._then = then
        window.messages.tell(
            self.tr("The disk refuses this board: closing it loses what was changed since."),
            self.tr("Close it all the same"),
            self._leave,
        )
        return False

    def _leave(self) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        # For this once: where nothing comes of it, the board is still open, and asked for again.
        self._agreed = True
        try:
            then()
        finally:
            self._agreed = False
