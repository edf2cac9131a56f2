"""The row of the timeline with its markers: dragged, chosen, named, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import colours
from gui.timeline.scale import Scale
from gui.timeline.time_text import TimeUnit, place_text

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from storyboard.values.marker import Marker

__all__ = ["MarkerRow"]

_REACH = 6.0  # pixels around a marker's place at which it can be taken
_FLAG = 8  # pixels
_MOST_LETTERS = 40


class MarkerRow(QWidget):
    """Markers along the strip: dragged to another place, named by a double click or Enter.

    `sought` says where somebody wants to be; `moved` which marker is to stand where, and the number
    of the drag; `name_wanted` and `removed` which one they are about.

    Args:
        margin: Pixels before the beginning of the board.
    """

    sought = Signal(float)
    moved = Signal(object, float, int)
    name_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, margin: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._margin = margin
        self._markers: tuple[Marker, ...] = ()
        self._scale = Scale((), 1.0)
        self._unit = TimeUnit.SECONDS
        self._chosen: Marker | None = None
        self._drag = 0
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Markers"))
        self.hide()

    @property
    def chosen(self) -> Marker | None:
        """The one that keys are about."""
        return self._chosen if self._chosen in self._markers else None

    def show_markers(self, markers: tuple[Marker, ...], scale: Scale, unit: TimeUnit) -> None:
        """Show these, hidden where there are none."""
        self._markers, self._scale, self._unit = markers, scale, unit
        self.setVisible(bool(markers))
        self._speak()
        self.update()

    def choose(self, marker: Marker) -> None:
        """Let keys be about a marker."""
        self._chosen = marker
        self._speak()
        self.update()

    def marker_at(self, x: float) -> Marker | None:
        """The nearest marker that can be taken at a place of the row."""
        near = [(abs(self._x(each) - x), each) for each in self._markers]
        near = [each for each in near if each[0] <= _REACH + _FLAG / 2]
        return min(near)[1] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a marker, and go there; beside them go where it was pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.marker_at(event.position().x())
        if found is None:
            self.sought.emit(self._seconds(event.position().x()))
            return
        self.choose(found)
        self._drag += 1
        self._is_dragged = True
        self.sought.emit(found.seconds)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a marker; show what can be taken."""
        x, marker = event.position().x(), self.chosen
        if self._is_dragged and marker is not None:
            self.moved.emit(marker, self._seconds(x), self._drag)
            text = place_text(self._seconds(x), self._unit)
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        elif self.marker_at(x) is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._is_dragged = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Name a marker."""
        found = self.marker_at(event.position().x())
        if found is not None:
            self.name_wanted.emit(found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a marker."""
        from PySide6.QtWidgets import QMenu

        by_mouse = event.reason() == event.Reason.Mouse
        found = self.marker_at(event.pos().x()) if by_mouse else self.chosen
        if found is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Name\u2026"), lambda: self.name_wanted.emit(found))
        menu.addAction(self.tr("Delete Marker"), lambda: self.removed.emit(found))
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from marker to marker, Enter names the chosen one, Delete takes it away."""
        key, marker = event.key(), self.chosen
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if way and self._markers:
            at = self._markers.index(marker) + way if marker is not None else 0
            self.choose(self._markers[min(max(0, at), len(self._markers) - 1)])
            self.sought.emit(self._markers[min(max(0, at), len(self._markers) - 1)].seconds)
        elif marker is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.name_wanted.emit(marker)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(marker)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a flag for every marker, and its name where there is room before the next."""
        painter, look = QPainter(self), colours(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, chosen = self.fontMetrics(), self.chosen
        ends = [*(self._x(each) for each in self._markers[1:]), float(self.width())]
        for marker, end in zip(self._markers, ends, strict=True):
            x = self._x(marker)
            if end < event.rect().left() or x > event.rect().right() + 1:
                continue
            top, low = 2.0, float(self.height() - 2)
            painter.setPen(look.accent if marker == chosen and self.hasFocus() else look.text)
            painter.drawLine(QPointF(x, top), QPointF(x, low))
            painter.setBrush(look.accent)
            middle = top + _FLAG / 2
            flag = [QPointF(x, top), QPointF(x + _FLAG, middle), QPointF(x, top + _FLAG)]
            painter.drawPolygon(QPolygonF(flag))
            room = int(end - x - _FLAG - 6)
            name = marker.name if len(marker.name) <= 200 else marker.name[:200]
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            box = QRectF(x + _FLAG + 3, 0, max(0, room), self.height())
            if room > metrics.averageCharWidth():
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)

    def _x(self, marker: Marker) -> float:
        return self._margin + self._scale.x(min(marker.seconds, self._scale.seconds))

    def _seconds(self, x: float) -> float:
        seconds = (x - self._margin) / self._scale.pixels
        return round(min(max(0.0, seconds), self._scale.seconds), 3)

    def _speak(self) -> None:
        marker = self.chosen
        if marker is None:
            self.setAccessibleDescription(str(len(self._markers)))
            return
        place = place_text(marker.seconds, self._unit)
        self.setAccessibleDescription(f"{marker.name[:_MOST_LETTERS]} {place}".strip())
