"""One step of undo: settings before and after, as advice changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QUndoCommand

__all__ = ["SettingsCommand"]

Pick = Callable[[Mapping[str, object]], object]


class SettingsCommand(QUndoCommand):
    """Picks settings, and picks again what held before.

    Args:
        pick: Takes settings over, as the window's choices do.
        text: What the Edit menu calls it.
        before: The settings that differ, as they are now.
        after: The same as they should be.
    """

    def __init__(
        self, pick: Pick, text: str, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        super().__init__(text)
        self._pick, self._before, self._after = pick, dict(before), dict(after)

    def redo(self) -> None:
        """Take the changed settings over."""
        self._pick(self._after)

    def undo(self) -> None:
        """Go back to those before."""
        self._pick(self._before)
