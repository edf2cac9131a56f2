"""Arrows, strokes and notes as Qt draws them: in the viewer, and small on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QTransform,
)

from storyboard.values.annotations import (
    LEADING,
    PADDING,
    Arrow,
    Note,
    Stroke,
    arrow_head,
    is_light,
    note_box,
    note_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.annotations import Mark, Point

__all__ = ["mark_path", "note_rect", "paint_mark"]

_BASELINE = 0.95  # letter sizes from the top of a line to its baseline
_LETTERS = 100  # pixels; fonts have whole sizes, so letters are set at this one and scaled


def paint_mark(painter: QPainter, mark: Mark, size: QSizeF) -> None:
    """Draw a mark above a picture.

    Args:
        painter: Its origin is the picture's upper left corner.
        mark: What to draw.
        size: Of the picture, in the painter's units.
    """
    colour = QColor(mark.colour)
    if not isinstance(mark, Note):
        painter.fillPath(mark_path(mark, size), colour)
        return
    ground = note_rect(mark, size)
    letters = mark.size * size.height()
    path = QPainterPath()
    path.addRoundedRect(ground, letters / 4, letters / 4)
    painter.fillPath(path, colour)
    painter.fillPath(
        _words(mark, ground, letters), QColor("black" if is_light(mark.colour) else "white")
    )


def mark_path(mark: Mark, size: QSizeF) -> QPainterPath:
    """The area that a mark covers, in the units of `size`."""
    path = QPainterPath()
    match mark:
        case Note():
            path.addRect(note_rect(mark, size))
        case Arrow():
            broad = mark.width * size.height()
            start, end = _place(mark.start, size), _place(mark.end, size)
            parts = arrow_head(start.toTuple(), end.toTuple(), broad)
            if parts is None:
                return _line([start], broad)
            head = QPainterPath()
            head.addPolygon([QPointF(*each) for each in parts[1]])
            head.closeSubpath()
            path = _line([start, QPointF(*parts[0])], broad).united(head)
        case Stroke():
            path = _line([_place(each, size) for each in mark.points], mark.width * size.height())
    return path


def note_rect(note: Note, size: QSizeF) -> QRectF:
    """The ground of a note, in the units of `size`."""
    metrics = QFontMetricsF(_font())
    longest = max((metrics.horizontalAdvance(each) for each in note_lines(note.text)), default=0.0)
    scale = note.size * size.height() / _LETTERS
    return QRectF(*note_box(note, size.width(), size.height(), longest * scale))


def _place(point: Point, size: QSizeF) -> QPointF:
    return QPointF(point[0] * size.width(), point[1] * size.height())


def _line(points: Sequence[QPointF], width: float) -> QPainterPath:
    """A line with round ends; a single point is a dot."""
    path = QPainterPath(points[0])
    if len(points) == 1:
        path = QPainterPath()
        path.addEllipse(points[0], width / 2, width / 2)
        return path
    for each in points[1:]:
        path.lineTo(each)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    outline = stroker.createStroke(path)
    outline.setFillRule(Qt.FillRule.WindingFill)  # a line that crosses itself has no holes
    return outline


def _words(note: Note, ground: QRectF, letters: float) -> QPainterPath:
    path = QPainterPath()
    for number, line in enumerate(note_lines(note.text)):
        path.addText(0, (number * LEADING + _BASELINE) * _LETTERS, _font(), line)
    path.setFillRule(Qt.FillRule.WindingFill)
    corner = ground.topLeft() + QPointF(PADDING * letters, PADDING * letters)
    to_picture = QTransform.fromTranslate(corner.x(), corner.y())
    to_picture.scale(letters / _LETTERS, letters / _LETTERS)
    return to_picture.map(path)


def _font() -> QFont:
    font = QFont("Noto Sans")  # the exporters' font, where the system has it
    font.setPixelSize(_LETTERS)
    font.setBold(True)
    return font
