"""Undo and redo are the window's, wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from gui.widgets.typing_steps import UNDOES_ITSELF

__all__ = ["UndoKeys"]

_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class UndoKeys(QObject):
    """Keeps fields from taking the keys of undo for themselves.

    Qt asks the field that has the focus first, and a text field takes these keys even where its own
    undo is switched off. What is typed in the window's fields is a step of the window's undo; only
    lines that are taken when they are finished, such as a name, undo their own letters first.
    """

    def watch(self, widget: QWidget) -> None:
        """Watch a field, or every field in a widget."""
        widget.installEventFilter(self)
        for kind in _KINDS:
            for each in widget.findChildren(kind):
                each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = event.matches(_UNDO), event.matches(_REDO)
            if (undo or redo) and not _has_own(watched, undo=undo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def _has_own(field: QObject, *, undo: bool) -> bool:
    """Whether a field has letters of its own to undo, because it is taken only when finished."""
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if not isinstance(line, QLineEdit) or not line.property(UNDOES_ITSELF):
        return False
    return line.isUndoAvailable() if undo else line.isRedoAvailable()
