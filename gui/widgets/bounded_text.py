"""A text field that takes no more than it can show while somebody writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

__all__ = ["BoundedText"]

_SHOWN = 20_000  # characters of a field; longer ones than it takes come from files only
_WORD = re.compile(r"\S+")
_LONGEST_WORD = 5000  # Qt takes the square of a word's length to break it
_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST_PARAGRAPH = 20_000  # of letters that few fonts have, for each of which Qt asks all of them
_RARE = "\u2e80"  # the first of them: Chinese, and what follows in Unicode
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class BoundedText(QPlainTextEdit):
    """Cuts what is pasted and takes no further letter where it is full; `refused` says so.

    With every letter Qt lays out the whole paragraph that it is in, and the board is compared and
    written. A text that a file has brought may be longer; it is shown, and can be shortened. Of one
    that no person has written, a word of a megabyte for example, only the beginning is shown, and
    it stays as it is: Qt would lay it out for minutes.

    Args:
        longest: Characters that can be written.
        parent: As usual.
    """

    refused = Signal(str)

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.longest = longest
        self._whole = ""  # a text of which only the beginning is shown

    @property
    def room(self) -> int:
        """Characters that can still be written, in the place of the selected ones."""
        held = self.document().characterCount() - 1  # Qt counts the end of the last paragraph
        cursor = self.textCursor()
        return max(0, self.longest - held + cursor.selectionEnd() - cursor.selectionStart())

    def setPlainText(self, text: str) -> None:
        """Show another text."""
        end = min(_showable(text), max(_SHOWN, self.longest))
        self._whole = text if end < len(text) else ""
        self.setReadOnly(bool(self._whole))
        super().setPlainText(f"{text[:end]}\n\u2026" if self._whole else text)

    def toPlainText(self) -> str:
        """The text, all of it."""
        return self._whole or super().toPlainText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert as much of a pasted or dropped text as there is room for, and as can be shown."""
        text = source.text()
        end = min(self.room, _showable(text))
        if end < len(text):
            source = QMimeData()
            source.setText(text[:end])
            self._refuse()
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no letter where there is no room for it."""
        text = event.text()
        writes = bool(text) and (text.isprintable() or text in "\r\n\t")
        if writes and not self.room and not event.modifiers() & _COMMANDS:
            self._refuse()
        else:
            super().keyPressEvent(event)

    def _refuse(self) -> None:
        text = self.tr("There is room for {0} characters here; the rest was left out.")
        self.refused.emit(text.format(self.longest))


def _showable(text: str) -> int:
    """Where the letters end that Qt lays out within a second."""
    # Patterns with a count, such as \S{5000}, would look at each word once for each of its letters.
    for word in _WORD.finditer(text):
        if word.end() - word.start() >= _LONGEST_WORD:
            return word.start() + _LONGEST_WORD
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if end - start > _LONGEST_PARAGRAPH and max(text[start:end]) >= _RARE:
            return start + _LONGEST_PARAGRAPH
    return len(text)
