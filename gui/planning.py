"""Plans stories in a thread: ten pages take a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from gui.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from collections.abc import Collection

    from config import Settings
    from storyboard.models import Storyboard

__all__ = ["Planning"]


class _Told(QObject):
    planned = Signal(int, object, str)


class _Drafting(QRunnable):
    def __init__(
        self,
        number: int,
        board: Storyboard,
        text: str,
        list_name: str,
        settings: Settings,
        taken: Collection[str],
        told: _Told,
    ) -> None:
        super().__init__()
        self._number, self._board, self._text, self._list_name = number, board, text, list_name
        self._settings, self._taken, self._told = settings, taken, told

    def run(self) -> None:
        from storyboard.drafting import draft, draft_from_list

        board, problem = None, ""
        try:
            if self._list_name:
                board = draft_from_list(
                    self._board, self._text, self._list_name, self._settings, self._taken
                )
            else:
                board = draft(self._board, self._text, self._settings, self._taken)
        except StoryboardError as error:
            problem = error_words(error)
        self._told.planned.emit(self._number, board, problem)


class Planning(QObject):
    """Answers `plan` with `planned` (a board) or `failed`; only the last question is answered."""

    planned = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told = _Told(self)
        self._told.planned.connect(self._answer)
        self._number = 0

    def plan(
        self,
        board: Storyboard,
        text: str,
        settings: Settings,
        taken: Collection[str],
        list_name: str = "",
    ) -> None:
        """Plan a story, or lay out the shot list called `list_name`."""
        self._number += 1
        told = self._told
        self._pool.start(_Drafting(self._number, board, text, list_name, settings, taken, told))

    def close(self) -> None:
        """Wait for the thread; its answer is not wanted any more."""
        self._number += 1
        self._pool.clear()
        self._pool.waitForDone()

    def _answer(self, number: int, board: object, problem: str) -> None:
        if number != self._number:
            return
        if problem:
            self.failed.emit(problem)
        else:
            self.planned.emit(board)
