"""A label for less important words, in a colour that follows light and dark themes."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.look.theme import colours
from gui.widgets.plain_label import PlainLabel

__all__ = ["MutedLabel"]


class MutedLabel(PlainLabel):
    """A label in the muted colour; `small` makes it smaller too."""

    def __init__(self, text: str, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(text, parent)
        if small:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * 0.85)
            self.setFont(font)
        self._follow_colours()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_colours()

    def _follow_colours(self) -> None:
        muted = colours(QApplication.palette()).muted
        if self.palette().color(QPalette.ColorRole.WindowText) != muted:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, muted)
            self.setPalette(palette)
