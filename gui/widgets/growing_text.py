"""A text field that is as high as its text, within reason."""

from __future__ import annotations

import math
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
        # Words are wrapped. For a moment of a layout Qt would show a bar, and then keep its place.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        # Below the last line no margin: where it scrolls, the next line would begin there.
        around = _AROUND
        if count > self._most:
            around = 2 * self.frameWidth() + round(self.document().documentMargin())
        height = math.ceil(lines * self._line_height) + around
        if height != self.maximumHeight():
            self.setFixedHeight(height)
            QTimer.singleShot(0, self, self._settle)

    @property
    def _line_height(self) -> float:
        """As Qt lays lines out, which is no whole number of pixels on every screen."""
        layout = self.document().firstBlock().layout()
        return layout.lineAt(0).height() if layout.lineCount() else self.fontMetrics().lineSpacing()

    def _settle(self) -> None:
        """Let the layout give out places anew: it forgets a height that changes while it does."""
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if layout is not None:
            layout.activate()
