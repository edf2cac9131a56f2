"""Plans stories in a thread: ten pages take a moment, a language model takes minutes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.latest_answer import LatestAnswer

if TYPE_CHECKING:
    from collections.abc import Collection

    from config import Settings
    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard

__all__ = ["Planning"]


class Planning(QObject):
    """Answers `plan` with `planned` (a merge) or `failed`; only the last question is answered.

    Then `told` has what is to be said of the plan.
    """

    planned = Signal(object)
    told = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestAnswer(self)
        self._stop = threading.Event()
        self._latest.answered.connect(self._answer)
        self._latest.failed.connect(self.failed)

    def plan(
        self,
        board: Storyboard,
        text: str,
        settings: Settings,
        taken: Collection[str],
        list_name: str = "",
    ) -> None:
        """Plan a story, or lay out the shot list called `list_name`."""
        self._stop.set()
        stop = self._stop = threading.Event()

        def work() -> tuple[Merge, str] | None:
            from storyboard.planning.drafting import draft, draft_from_list
            from storyboard.planning.local_server import StoppedError

            if list_name:
                return draft_from_list(board, text, list_name, settings, taken), ""
            lines: list[str] = []
            try:
                found = draft(board, text, settings, taken, stop=stop.is_set, tell=lines.append)
            except StoppedError:
                return None  # another plan is wanted by now, or none
            return found, "; ".join(lines)

        self._latest.ask(work)

    def close(self) -> None:
        """Wait for the thread, which stops at once; its answer is not wanted any more."""
        self._stop.set()
        self._latest.close()

    def _answer(self, found: tuple[Merge, str]) -> None:
        merge, lines = found
        self.planned.emit(merge)
        if lines:
            self.told.emit(lines)
