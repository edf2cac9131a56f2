"""The rectangle of a picture that an edit may change, while it is drawn and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

if TYPE_CHECKING:
    from storyboard.values.annotations import Point

__all__ = ["AreaFrame"]

_ABOVE = 1.0  # marks lie at 0
_LEAST = 0.01  # of the picture; a smaller one was a click, and is none


class AreaFrame(QGraphicsItem):
    """Dims the rest while it is drawn; hidden where there is no rectangle.

    Attributes:
        area: In fractions of the picture; empty where there is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF()
        self._size = QSizeF()
        self._from: Point = (0.0, 0.0)
        self._is_drawn = False
        self.setZValue(_ABOVE)
        self.hide()

    def begin(self, at: Point, size: QSizeF) -> None:
        """Begin a rectangle at a corner; the last one goes.

        Args:
            at: The corner.
            size: Of the picture, in units of the scene.
        """
        self.prepareGeometryChange()
        self._from, self._size, self._is_drawn = at, size, True
        self.go_on(at)

    def go_on(self, to: Point) -> None:
        """Draw it to the opposite corner."""
        left, right = sorted((self._from[0], to[0]))
        top, bottom = sorted((self._from[1], to[1]))
        self.area = QRectF(left, top, right - left, bottom - top)
        self.show()
        self.update()

    def end(self) -> bool:
        """Keep it; False, and it goes, where it was only a click."""
        self._is_drawn = False
        self.update()
        if min(self.area.width(), self.area.height()) < _LEAST:
            self.clear()
        return not self.area.isEmpty()

    def clear(self) -> None:
        """Have none."""
        self.area = QRectF()
        self.hide()

    def boundingRect(self) -> QRectF:
        """The whole picture."""
        return QRectF(0, 0, self._size.width(), self._size.height())

    def shape(self) -> QPainterPath:
        """Nothing: the mouse is for the picture below."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the frame; dim the rest while it is drawn."""
        wide, high = self._size.width(), self._size.height()
        area = self.area
        part = QRectF(area.x() * wide, area.y() * high, area.width() * wide, area.height() * high)
        if self._is_drawn:
            rest, inside = QPainterPath(), QPainterPath()
            rest.addRect(self.boundingRect())
            inside.addRect(part)
            painter.fillPath(rest.subtracted(inside), QColor(0, 0, 0, 90))
        # Light and dark dashes by turns are seen on every picture.
        for colour, offset in (("white", 0), ("black", 4)):
            pen = QPen(QColor(colour), 1.5)
            pen.setCosmetic(True)
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 4])
            pen.setDashOffset(offset)
            painter.setPen(pen)
            painter.drawRect(part)
