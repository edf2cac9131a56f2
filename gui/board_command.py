"""One step of undo: the board before and after."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from gui.document import Document
    from storyboard.models import Storyboard

__all__ = ["BoardCommand"]


class BoardCommand(QUndoCommand):
    """Boards are values that share what they have in common, so keeping two of them is cheap."""

    def __init__(
        self, document: Document, text: str, before: Storyboard, after: Storyboard, merge: str
    ) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self._document = document
        self._merge = merge

    def redo(self) -> None:
        """Go to the board after the edit."""
        self._document.go_to(self.after)

    def undo(self) -> None:
        """Go to the board before the edit."""
        self._document.go_to(self.before)

    def id(self) -> int:
        """Equal for edits that may become one; -1 for those that stay apart."""
        return zlib.crc32(self._merge.encode()) & 0x7FFFFFFF if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the newer edit's end as our own."""
        if not isinstance(other, BoardCommand) or other._merge != self._merge:
            return False
        self.after = other.after
        return True
