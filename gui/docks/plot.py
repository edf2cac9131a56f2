"""A plot of the speed of a run, and a bar of the time that the stages of a panel took.

Painted here: QtCharts and QtGraphs come under the GPL and only with PySide6-Addons, and pyqtgraph
brings numpy into the window's start, all for one line and one bar.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import colours
from gui.words.number_text import decimal

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

__all__ = ["SpeedPlot", "StageBar"]

_POINTS = 240
_MARGIN = 6
_STAGES = 5


class SpeedPlot(QWidget):
    """Iterations per second of the last 240 steps; gaps of a panel's end are dotted lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: deque[float] = deque(maxlen=_POINTS)
        self._ends: deque[int] = deque(maxlen=_POINTS)
        self._count = 0
        self.setMinimumSize(190, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Iterations per second"))

    def add(self, value: float) -> None:
        """Show one more step."""
        self._values.append(value)
        self._count += 1
        self.setAccessibleDescription(decimal(value, 2))
        self.update()

    def end_panel(self) -> None:
        """Mark the end of a panel."""
        self._ends.append(self._count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, scale, line, and the value of now."""
        look = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line_height = self.fontMetrics().height()
        box = QRectF(self.rect()).adjusted(1, line_height + 2, -1, -_MARGIN)
        painter.setPen(look.muted)
        painter.drawText(
            QRectF(0, 0, self.width(), line_height),
            Qt.AlignmentFlag.AlignLeft,
            self.tr("Iterations per second"),
        )
        painter.setPen(QPen(look.edge, 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if not self._values:
            painter.setPen(look.muted)
            text = self.tr("Nothing has been drawn yet.")
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            return
        top = max(self._values) * 1.15 or 1.0
        step = box.width() / (_POINTS - 1)
        first = self._count - len(self._values)
        painter.setPen(QPen(look.edge, 1, Qt.PenStyle.DotLine))
        for end in self._ends:
            x = box.right() - (self._count - end) * step
            if end > first and end < self._count:
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        last = len(self._values) - 1
        points = QPolygonF(
            [
                QPointF(box.right() - (last - n) * step, box.bottom() - box.height() * each / top)
                for n, each in enumerate(self._values)
            ]
        )
        painter.setPen(QPen(look.accent, 2))
        painter.drawPolyline(points)
        painter.setPen(look.text)
        painter.drawText(
            QRectF(0, 0, self.width(), line_height),
            Qt.AlignmentFlag.AlignRight,
            decimal(self._values[-1], 2),
        )


class StageBar(QWidget):
    """The stages of one panel as parts of a bar, each with its name and seconds below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[tuple[str, float], ...] = ()
        self._title = self.tr("The last panel\u2019s time")
        title = self.fontMetrics().horizontalAdvance(self._title)
        self.setMinimumSize(max(150, title + 4), self.sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Time by stage"))

    def show_stages(self, stages: tuple[tuple[str, float], ...]) -> None:
        """Show (name, seconds) pairs."""
        self._stages = stages
        text = ", ".join(f"{name} {self._seconds(seconds)}" for name, seconds in stages)
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def _seconds(self, seconds: float) -> str:
        return self.tr("{0} s").format(decimal(seconds, 2))

    def sizeHint(self) -> QSize:
        """Room for a line a stage."""
        return QSize(
            200, _STAGES * (self.fontMetrics().height() + 2) + self.fontMetrics().height() + 26
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, then the names."""
        look = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.fontMetrics().height()
        painter.setPen(look.muted)
        painter.drawText(
            QRectF(0, 0, self.width(), height), Qt.AlignmentFlag.AlignLeft, self._title
        )
        bar = QRectF(0, height + 6, self.width(), 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.edge)
        painter.drawRoundedRect(bar, 3, 3)
        total = sum(seconds for _, seconds in self._stages)
        left = 0.0
        for (_, seconds), colour in zip(self._stages, look.stages, strict=False):
            width = bar.width() * seconds / total if total else 0.0
            painter.setBrush(colour)
            painter.drawRect(QRectF(left, bar.top(), width, bar.height()))
            left += width
        top = bar.bottom() + 8
        for n, ((name, seconds), colour) in enumerate(zip(self._stages, look.stages, strict=False)):
            y = top + n * (height + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(0, y + height / 2 - 4, 8, 8), 2, 2)
            row = QRectF(14, y, self.width() - 14, height)
            painter.setPen(look.text)
            number = self._seconds(seconds)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight, number)
            room = int(row.width()) - self.fontMetrics().horizontalAdvance(number) - 8
            words = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft, words)
