"""Edits of whole panels: add, duplicate, split, merge, delete, move. All can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.values import editing

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.board.view import BoardView
    from gui.document.document import Document
    from storyboard.values.board import Storyboard

__all__ = ["BoardEditor"]


class BoardEditor(QObject):
    """Works on the view's selection; what it makes is selected afterwards."""

    problem = Signal(str)

    def __init__(self, view: BoardView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._document: Document | None = None

    def show_document(self, document: Document | None) -> None:
        """Edit another document, or none."""
        self._document = document

    def undo(self) -> None:
        """Take back the last edit of the board, whatever it was; select panels that come back."""
        if self._document is not None:
            before = self._document.board
            self._document.undo()
            self._select_after(before)

    def redo(self) -> None:
        """Make the last undone edit again; select panels that come back."""
        if self._document is not None:
            before = self._document.board
            self._document.redo()
            self._select_after(before)

    def make_prompts(self) -> None:
        """Make the prompts that had to wait until the grammar of their actions could be read."""
        if self._document is not None:
            self._document.complete(_with_prompts(self._document.board))

    def add(self) -> None:
        """Put an empty panel behind the selected one, or at the end."""
        document, keys = self._document, self._view.keys
        if document is not None:
            key, after = document.new_key(), keys[-1] if keys else ""
            self._edit(self.tr("Add panel"), lambda board: editing.added(board, after, key), [key])

    def duplicate(self) -> None:
        """Copy the selected panels with the pictures that they show."""
        document, keys = self._document, self._view.keys
        if document is not None and keys:
            copies = [document.new_key() for _ in keys]
            name = self.tr("Duplicate")
            self._edit(name, lambda board: _duplicated(document, board, keys, copies), copies)

    def split(self) -> None:
        """Divide the selected panel in two."""
        document, keys = self._document, self._view.keys
        if document is not None and keys:
            first, second = keys[0], document.new_key()
            name = self.tr("Split")
            self._edit(name, lambda board: _split(board, first, second), [first, second])

    def merge(self) -> None:
        """Join the selected panels into the first."""
        keys = self._view.keys
        self._edit(self.tr("Merge"), lambda board: editing.merged(board, keys), keys[:1])

    def delete(self) -> None:
        """Take the selected panels off the board; undo brings them back, pictures included."""
        document, keys = self._document, self._view.keys
        if document is None or not keys:
            return
        rows = [n for n, panel in enumerate(document.board.panels) if panel.key in keys]
        if document.edit(self.tr("Delete"), editing.deleted(document.board, keys)):
            left = document.board.panels
            if left:
                self._view.select([left[min(rows[0], len(left) - 1)].key])

    def move_earlier(self) -> None:
        """Move the selected panels one place towards the beginning."""
        self._move(-1)

    def move_later(self) -> None:
        """Move the selected panels one place towards the end."""
        self._move(1)

    def leave_out(self, out: bool) -> None:
        """Mark the selected panels to be left out of exports, or take the marks away."""
        keys = self._view.keys
        name = self.tr("Leave out of exports") if out else self.tr("Show in exports")
        self._edit(name, lambda board: editing.with_value(board, keys, "left_out", out), keys)

    def _edit(self, name: str, edited: Callable[[Storyboard], Storyboard], then: list[str]) -> None:
        """Edit the board where that can be done, and select the panels `then`."""
        document = self._document
        if document is None:
            return
        try:
            board = edited(document.board)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            return
        if document.edit(name, board):
            self._view.select(then)

    def _select_after(self, before: Storyboard) -> None:
        """Select the panels that came; where the selected ones went, the one that stood before."""
        if self._document is None:
            return
        panels = self._document.board.panels
        known, left = ({panel.key for panel in board} for board in (before.panels, panels))
        came = [panel.key for panel in panels if panel.key not in known]
        gone = [row for row, panel in enumerate(before.panels) if panel.key not in left]
        if came:
            self._view.select(came)
        elif gone and panels and not self._view.keys:
            self._view.select([panels[min(max(gone[0] - 1, 0), len(panels) - 1)].key])

    def _move(self, by: int) -> None:
        document, keys = self._document, self._view.keys
        if document is None or not keys:
            return
        rows = [n for n, panel in enumerate(document.board.panels) if panel.key in keys]
        place = rows[0] - 1 if by < 0 else rows[-1] + 2
        if 0 <= place <= len(document.board.panels):
            document.edit(self.tr("Reorder"), editing.moved(document.board, keys, place))
            self._view.select(keys)


def _duplicated(
    document: Document, board: Storyboard, keys: list[str], copies: list[str]
) -> Storyboard:
    """The board with copies of panels, each with a picture of its own.

    A file belongs to one panel, so that whichever of the two is deleted takes none from the other.
    """
    copied = editing.duplicated(board, keys, copies)
    shown = [panel.shown for panel in board.panels if panel.key in keys]
    for key, take in zip(copies, shown, strict=True):
        own = document.copy_take(take, copied, key) if take is not None else None
        panel = next(copy for copy in copied.panels if copy.key == key)
        if take is not None and own is not None:
            document.annotations.copy(take, own)
            copied = editing.changed(copied, replace(panel, takes=(own,)))
    return copied


def _split(board: Storyboard, first: str, second: str) -> Storyboard:
    """Divide a panel; a prompt that follows its action follows each half of it."""
    return _with_prompts(editing.split(board, first, second))


def _with_prompts(board: Storyboard) -> Storyboard:
    from storyboard.planning.derived import with_derived_prompts

    return with_derived_prompts(board)
