"""A mark in the scene of the viewer, which can be selected and dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyle, QStyleOptionGraphicsItem, QWidget

from gui.pictures.mark_painting import mark_path, paint_mark
from storyboard.values.annotations import moved

if TYPE_CHECKING:
    from storyboard.values.annotations import Mark

__all__ = ["MarkItem"]

_GRIP = 14.0  # scene units around a mark in which a click still means it


class MarkItem(QGraphicsItem):
    """Draws itself at its place in the picture; `pos` is how far it has been dragged since."""

    def __init__(self, mark: Mark, size: QSizeF, number: int = -1) -> None:
        super().__init__()
        self.mark, self.number = mark, number
        self._size = size
        self._path = mark_path(mark, size)
        stroker = QPainterPathStroker()
        stroker.setWidth(_GRIP)
        self._shape = stroker.createStroke(self._path).united(self._path)
        self._shape.setFillRule(Qt.FillRule.WindingFill)

    @property
    def dragged(self) -> Mark:
        """The mark at the place to which it was dragged."""
        by = self.pos()
        return moved(self.mark, by.x() / self._size.width(), by.y() / self._size.height())

    def set_movable(self, movable: bool) -> None:
        """Let it be selected and dragged, or not."""
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable, movable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable, movable)
        self.setCursor(Qt.CursorShape.SizeAllCursor) if movable else self.unsetCursor()

    def is_at(self, place: QPointF) -> bool:
        """Whether the mark is at a place of the scene."""
        return self._shape.contains(self.mapFromScene(place))

    def boundingRect(self) -> QRectF:
        """The area that it covers, with the frame of its selection."""
        return self._shape.boundingRect().adjusted(-4, -4, 4, 4)

    def shape(self) -> QPainterPath:
        """The area in which a click selects the mark."""
        return self._shape

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw it, and a frame where it is selected."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, self.mark, self._size)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = self._shape.boundingRect()
            # Light and dark dashes by turns are seen on every picture.
            for colour, offset in (("white", 0), ("black", 4)):
                pen = QPen(QColor(colour), 1.5)
                pen.setCosmetic(True)
                pen.setDashPattern([4, 4])
                pen.setDashOffset(offset)
                painter.setPen(pen)
                painter.drawRect(frame)
