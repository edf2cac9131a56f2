"""Words of others as they are: Qt takes a text with tags for HTML, and then reads what it names.

An action such as ``<img src="file:///dev/zero">`` in a tip would be loaded for ever.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

__all__ = ["PlainLabel", "plain_tip"]

_LONGEST_TIP = 1000  # characters


class PlainLabel(QLabel):
    """A label that shows its text letter by letter, whatever it looks like."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """A text for `setToolTip`, which has no choice of formats: shown as it is, or its beginning."""
    if len(text) > _LONGEST_TIP:
        text = f"{text[:_LONGEST_TIP]}\u2026"
    return GuiQt.convertFromPlainText(text) if GuiQt.mightBeRichText(text) else text
