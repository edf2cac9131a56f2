"""The questions before a board is closed: a run that would end, an edit that would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from shiboken6 import Shiboken

from gui.drawing.session_state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from gui.drawing.session import RenderSession
    from gui.widgets.message_bar import MessageBar
    from gui.window.frame import WindowFrame

__all__ = ["Unsaved"]

_DRAWING, _REFUSED = "drawing", "refused"


class Unsaved(QObject):
    """Asks before a document is closed whose run is not over, or that the disk has refused."""

    def __init__(self, window: WindowFrame, session: RenderSession, messages: MessageBar) -> None:
        super().__init__(window)
        self._window, self._session, self._messages = window, session, messages
        self._agreed: set[str] = set()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the document can be closed without stopping a run or losing an edit.

        Where it cannot, the window says so, and offers to do `then` all the same.
        """
        window = self._window
        if window.document is None:
            return True
        focus = window.focusWidget()
        window.finish_typing()
        if _DRAWING not in self._agreed and self._is_drawing:
            text = self.tr(
                "Panels are being drawn; still to come: {0}. Leaving this board stops that. What "
                "is finished is kept."
            )
            self._messages.ask(
                text.format(max(1, len(self._session.waiting))),
                self.tr("Stop and leave"),
                lambda: self._leave(_DRAWING, then),
                self.tr("Go on drawing"),
                lambda: _give_back(focus),
            )
            self._messages.second_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if _REFUSED not in self._agreed and not window.document.write():
            self._messages.tell(
                self.tr("The disk refuses this board: closing it loses what was changed since."),
                self.tr("Close it all the same"),
                lambda: self._leave(_REFUSED, then),
            )
            _give_back(focus)
            return False
        return True

    @property
    def _is_drawing(self) -> bool:
        return self._session.state is not State.STOPPING and self._session.is_running

    def _leave(self, reason: str, then: Callable[[], object]) -> None:
        # For this once: where nothing comes of it, the board is still open, and asked for again.
        self._agreed.add(reason)
        try:
            then()
        finally:
            self._agreed.clear()


def _give_back(focus: QWidget | None) -> None:
    """Let the keyboard be where it was before everything that was typed was taken."""
    if focus is not None and Shiboken.isValid(focus) and focus.isVisible():
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
