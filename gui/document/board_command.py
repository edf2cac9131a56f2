"""One step of undo: the board before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard

__all__ = ["BoardCommand"]


class GoTo(Protocol):
    """Shows a board of the history, and writes it to the disk at once or a moment later."""

    def __call__(self, board: Storyboard, *, at_once: bool = True) -> None: ...


class BoardCommand(QUndoCommand):
    """Boards are values that share what they have in common, so keeping two of them is cheap.

    Edits in a row with the same word in `merge` are one step. The document does that by giving the
    last command a new `after`: Qt's own mergeWith deletes the newer command while Python holds it.
    """

    def __init__(
        self, go_to: GoTo, text: str, before: Storyboard, after: Storyboard, merge: str
    ) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self._go_to = go_to
        self.merge = merge

    def redo(self) -> None:
        """Go to the board after the edit."""
        self._go_to(self.after, at_once=not self.merge)

    def undo(self) -> None:
        """Go to the board before the edit."""
        self._go_to(self.before)
