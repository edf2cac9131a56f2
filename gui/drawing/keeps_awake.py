"""The machine does not fall asleep over a window that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.drawing.session_state import State
from storyboard.machine.wakefulness import Wakefulness

if TYPE_CHECKING:
    from gui.drawing.session import RenderSession

__all__ = ["KeepsAwake"]


class KeepsAwake(QObject):
    """Keeps the machine awake while a session loads or draws, but not while it is paused.

    Args:
        session: What it watches, and belongs to.
        wakefulness: Whom it asks; the system if None.
    """

    def __init__(self, session: RenderSession, wakefulness: Wakefulness | None = None) -> None:
        super().__init__(session)
        self._session, self._wakefulness = session, wakefulness or Wakefulness()
        session.state_changed.connect(self._follow)
        session.destroyed.connect(self._wakefulness.release)  # however the window ends

    def _follow(self) -> None:
        if self._session.state in (State.IDLE, State.PAUSED):
            self._wakefulness.release()
        else:
            self._wakefulness.hold()
