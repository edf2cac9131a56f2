"""A text field that is as high as its text, within reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.bounded_text import BoundedText

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QResizeEvent

__all__ = ["GrowingText"]

_LONGEST = 5000  # characters: a page and a half for one shot
_NARROWEST = 80  # pixels
_AROUND = 14  # pixels of frame and margins without which Qt scrolls


class GrowingText(BoundedText):
    """Shows whole lines only: a box of a fixed height cuts through one.

    Args:
        least: Lines it has room for when there are fewer.
        most: Lines beyond which it scrolls.
        parent: As usual.
    """

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(_LONGEST, parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(self.document().size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit words that are wrapped anew: Qt tells of no other document size meanwhile."""
        super().resizeEvent(event)
        self._fit(self.document().size())

    def _fit(self, size: QSizeF) -> None:
        count = round(size.height())  # a plain text's is in lines
        lines = min(self._most, max(self._least, count))
        policy = Qt.ScrollBarPolicy
        # A bar that comes and goes would wrap the words anew, which would make it come or go.
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if count > self._most else policy.ScrollBarAlwaysOff
        )
        height = lines * self.fontMetrics().lineSpacing() + _AROUND
        if height != self.maximumHeight():
            self.setFixedHeight(height)
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Let the layout give out places anew: it forgets a height that changes while it does."""
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if layout is not None:
            layout.activate()
