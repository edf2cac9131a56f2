"""The field in which a note is written, at its place on the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from storyboard.values.annotations import MAX_TEXT

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

__all__ = ["NoteEditor"]

_WIDTH, _LINES = 260, 3


class NoteEditor(QPlainTextEdit):
    """Enter and Escape are done, Shift+Enter is a new line.

    Escape keeps the words too: undo takes them back, and nothing would bring them again. `written`
    carries the text once; it is empty where nothing is to be written.
    """

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("Enter to keep, Shift+Enter for a new line"))
        self.setTabChangesFocus(True)
        self.setFixedSize(_WIDTH, self.fontMetrics().lineSpacing() * _LINES + 14)
        self.hide()

    def write(self, text: str, at: QPoint) -> None:
        """Begin with a text at a place of the parent."""
        self.setPlainText(text)
        self.selectAll()
        parent = self.parentWidget()
        if parent is not None:
            room = parent.size() - self.size()
            self.move(max(0, min(at.x(), room.width())), max(0, min(at.y(), room.height())))
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Keep what was written."""
        self._end(self.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish by Enter or Escape; Shift+Enter begins a new line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        new_line = enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if new_line or not (enter or event.key() == Qt.Key.Key_Escape):
            super().keyPressEvent(event)
            return
        self.finish()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish when the focus goes elsewhere."""
        super().focusOutEvent(event)
        popup = event.reason() in (
            Qt.FocusReason.PopupFocusReason,  # the field's own menu
            Qt.FocusReason.ActiveWindowFocusReason,
        )
        if not popup:
            self.finish()

    def _end(self, text: str) -> None:
        if self.isHidden():
            return
        self.hide()
        # What cannot be seen cannot be said either; pasted text has such characters.
        kept = "".join(each for each in text if each.isprintable() or each == "\n")
        self.written.emit(kept.strip()[:MAX_TEXT])
