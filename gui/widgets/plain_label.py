"""Words of others as they are: Qt takes a text with tags for HTML, and then reads what it names.

An action such as ``<img src="file:///dev/zero">`` in a tip would be loaded for ever.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

__all__ = ["PlainLabel", "plain_tip"]


class PlainLabel(QLabel):
    """A label that shows its text letter by letter, whatever it looks like."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """A text for `setToolTip`, which has no choice of formats, that is shown as it is."""
    return GuiQt.convertFromPlainText(text) if GuiQt.mightBeRichText(text) else text
