"""What the camera sees of a picture while the board plays, as a frame over the whole of it.

The picture itself stays as it is: it may be drawn on, and a frame shows where a move leads, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

if TYPE_CHECKING:
    from storyboard.values.camera_path import Seen

__all__ = ["CameraFrame"]

_ABOVE = 1.0  # marks lie at 0
_OUTSIDE = QColor(0, 0, 0, 120)


class CameraFrame(QGraphicsItem):
    """Dims what the camera does not see; hidden while that is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._whole, self.part = QRectF(), QRectF()
        self.setZValue(_ABOVE)
        self.hide()

    def show_seen(self, seen: Seen | None, whole: QRectF) -> None:
        """Show what is seen of a picture; None where nothing plays."""
        self.prepareGeometryChange()
        self._whole = whole
        if seen is not None:
            wide, high = whole.width(), whole.height()
            self.part = QRectF(
                *(seen.left * wide, seen.top * high), *(seen.size * wide, seen.size * high)
            )
        self.setVisible(seen is not None and seen.size < 1.0)
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole picture."""
        return self._whole

    def shape(self) -> QPainterPath:
        """Nothing: the mouse is for the picture below."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Dim the rest, and draw the frame."""
        rest, part = QPainterPath(), QPainterPath()
        rest.addRect(self._whole)
        part.addRect(self.part)
        painter.fillPath(rest.subtracted(part), _OUTSIDE)
        pen = QPen(QColor(255, 255, 255, 210), 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(self.part)
