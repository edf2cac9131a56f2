"""Prompts that follow their actions while these are being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Collection

    from gui.document import Document

__all__ = ["PromptFollower"]

_REST = 250  # milliseconds without a key: while somebody writes, only the last text counts


class PromptFollower(QObject):
    """Makes prompts anew a moment after an edit, in the edit's own step of undo."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._keys: frozenset[str] = frozenset()
        self._text = self._merge = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.flush)

    def follow(self, document: Document, keys: Collection[str], text: str, merge: str) -> None:
        """Let the prompts of panels follow, those that are written by hand excepted.

        Args:
            document: Where they are.
            keys: The panels.
            text: What the Edit menu calls the step.
            merge: As for `Document.edit`.
        """
        if self._merge != merge:
            self.flush()
        self._document, self._keys = document, frozenset(keys)
        self._text, self._merge = text, merge
        self._rest.start()

    def flush(self) -> None:
        """Do now what is still to be done."""
        from storyboard.editing import with_shots
        from storyboard.story.derived import followed

        self._rest.stop()
        document, self._document = self._document, None
        if document is not None:
            board = document.board
            shots = {
                each.key: followed(each.shot, board.characters, board.language)
                for each in board.panels
                if each.key in self._keys
            }
            document.edit(self._text, with_shots(board, shots), self._merge)
