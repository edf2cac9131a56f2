"""Where a picture may change, as a picture of its size: white there, and black elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPen

from storyboard.values.annotations import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.values.annotations import Mark

__all__ = ["mask_of_rectangle", "mask_of_strokes"]

_BRUSH = 0.04
"""Of the picture's height: the least width of a stroke, which on its own would change nothing."""


def mask_of_rectangle(area: QRectF, size: QSize) -> bytes:
    """A mask of a rectangle.

    Args:
        area: In fractions of the picture.
        size: Of the picture, in pixels.
    """
    path = QPainterPath()
    wide, high = size.width(), size.height()
    path.addRect(area.x() * wide, area.y() * high, area.width() * wide, area.height() * high)
    return _painted(path, size, 0.0)


def mask_of_strokes(marks: Iterable[Mark], size: QSize) -> bytes:
    """A mask of what the pen went over or around; empty where it drew nothing.

    Args:
        marks: Of the picture; arrows and notes are no places.
        size: Of the picture, in pixels.
    """
    path, width = QPainterPath(), _BRUSH
    for mark in marks:
        if isinstance(mark, Stroke):
            points = [QPointF(x * size.width(), y * size.height()) for x, y in mark.points]
            path.moveTo(points[0])
            for each in (*points[1:], points[0]):
                path.lineTo(each)
            width = max(width, mark.width)
    return b"" if path.isEmpty() else _painted(path, size, width * size.height())


def _painted(path: QPainterPath, size: QSize, width: float) -> bytes:
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    white = QColor(Qt.GlobalColor.white)
    path.setFillRule(Qt.FillRule.WindingFill)
    painter.fillPath(path, white)
    if width:
        caps, joins = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(white, width, Qt.PenStyle.SolidLine, caps, joins))
        painter.drawPath(path)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(buffer.data().data())
