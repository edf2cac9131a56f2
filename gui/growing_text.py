"""A text field that is as high as its text, within reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

__all__ = ["GrowingText"]

_NARROWEST = 80  # pixels


class GrowingText(QPlainTextEdit):
    """Shows whole lines only: a box of a fixed height cuts through one.

    Args:
        least: Lines it has room for when there are fewer.
        most: Lines beyond which it scrolls.
        parent: As usual.
    """

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(self.document().size())

    def _fit(self, size: QSizeF) -> None:
        lines = min(self._most, max(self._least, round(size.height())))  # of a plain text: lines
        around = 2 * (self.document().documentMargin() + self.frameWidth())
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around))
