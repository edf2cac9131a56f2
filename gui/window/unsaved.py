"""A board is not closed before its author has agreed to what is lost by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.drawing.session_state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.window.main_window import MainWindow

__all__ = ["Unsaved"]

_DRAWING, _REFUSED = "drawing", "refused"


class Unsaved(QObject):
    """Stands between a window and everything that would close its document."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._agreed: set[str] = set()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the document can be closed without stopping a run or losing an edit.

        Where it cannot, the window says so, and offers to do `then` all the same.
        """
        window = self._window
        if window.document is None:
            return True
        window.finish_typing()
        if _DRAWING not in self._agreed and self._is_drawing:
            text = self.tr(
                "Panels are being drawn; still to come: {0}. Leaving this board stops that. What "
                "is finished is kept."
            )
            window.messages.ask(
                text.format(max(1, len(window.session.waiting))),
                self.tr("Stop and leave"),
                lambda: self._leave(_DRAWING, then),
                self.tr("Go on drawing"),
            )
            return False
        if _REFUSED not in self._agreed and not window.document.write():
            window.messages.tell(
                self.tr("The disk refuses this board: closing it loses what was changed since."),
                self.tr("Close it all the same"),
                lambda: self._leave(_REFUSED, then),
            )
            return False
        return True

    @property
    def _is_drawing(self) -> bool:
        session = self._window.session
        return session.state is not State.STOPPING and session.is_running

    def _leave(self, reason: str, then: Callable[[], object]) -> None:
        # For this once: where nothing comes of it, the board is still open, and asked for again.
        self._agreed.add(reason)
        try:
            then()
        finally:
            self._agreed.clear()
