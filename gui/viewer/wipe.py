"""Another take over the picture, up to a line that is moved across."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
)

__all__ = ["Wipe"]


class Wipe(QGraphicsRectItem):
    """Shows the other take on the right of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self._other = QGraphicsPixmapItem(self)
        self._other.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._line = QGraphicsLineItem(self)
        pen = QPen(QColor("white"), 2)
        pen.setCosmetic(True)
        self._line.setPen(pen)
        self._size, self._share = QSizeF(), 0.5
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    @property
    def share(self) -> float:
        """How much of the first picture is left, from 0 to 1."""
        return self._share

    def show_other(self, pixmap: QPixmap | None) -> None:
        """Show another picture, or none."""
        self._other.setPixmap(pixmap or QPixmap())
        self.setVisible(pixmap is not None and not pixmap.isNull())
        self.lay_out(self._size)

    def move_to(self, share: float) -> None:
        """Move the line; 0 is the left edge, 1 the right one."""
        self._share = min(1.0, max(0.0, share))
        self.lay_out(self._size)

    def lay_out(self, size: QSizeF) -> None:
        """Cover a picture of that size."""
        self._size = size
        left = size.width() * self._share
        self.setRect(QRectF(left, 0, size.width() - left, size.height()))
        self._line.setLine(QLineF(left, 0, left, size.height()))
        pixels = self._other.pixmap().width()
        self._other.setScale(size.width() / pixels if pixels else 1.0)
