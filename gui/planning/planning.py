"""Plans stories in a thread: ten pages take a moment."""

from __future__ import annotations

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
    """Answers `plan` with `planned` (a merge) or `failed`; only the last question is answered."""

    planned = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestAnswer(self)
        self._latest.answered.connect(self.planned)
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

        def work() -> Merge:
            from storyboard.planning.drafting import draft, draft_from_list

            if list_name:
                return draft_from_list(board, text, list_name, settings, taken)
            return draft(board, text, settings, taken)

        self._latest.ask(work)

    def close(self) -> None:
        """Wait for the thread; its answer is not wanted any more."""
        self._latest.close()
