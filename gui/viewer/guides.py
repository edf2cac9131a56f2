"""Guides over the picture: thirds, safe areas, masks. Exports do not show them.

Source of the safe areas: SMPTE ST 2046-1, action safe 93 %, title safe 90 % of width and height.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from storyboard.values.aspect import aspect_ratio

__all__ = ["MASKS", "Guides", "GuidesItem"]

MASKS = ("2.39:1", "2:1", "1.85:1", "16:9", "4:3", "1:1", "4:5", "9:16")
"""Frames that a picture can be looked at in."""

_ACTION_SAFE, _TITLE_SAFE = 0.93, 0.90


@dataclass(frozen=True, slots=True)
class Guides:
    """Which guides are shown; `mask` is an aspect or empty."""

    thirds: bool = False
    safe_areas: bool = False
    mask: str = ""


class GuidesItem(QGraphicsItem):
    """Lies above picture and marks, and lets every click through."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = QRectF()
        self._guides = Guides()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(1000)

    def show_guides(self, guides: Guides, frame: QRectF) -> None:
        """Show these guides over a picture that lies there."""
        self.prepareGeometryChange()
        self._guides, self._frame = guides, frame
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole picture."""
        return self._frame

    def shape(self) -> QPainterPath:
        """Empty, so that no click meets the guides."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the mask, and lines within what it leaves."""
        frame = self._masked()
        if frame != self._frame:
            outside = QPainterPath()
            outside.addRect(self._frame)
            inside = QPainterPath()
            inside.addRect(frame)
            painter.fillPath(outside.subtracted(inside), QColor(0, 0, 0, 200))
        if self._guides.thirds:
            x, y, w, h = frame.x(), frame.y(), frame.width(), frame.height()
            lines = [QLineF(x + w * n / 3, y, x + w * n / 3, y + h) for n in (1, 2)]
            lines += [QLineF(x, y + h * n / 3, x + w, y + h * n / 3) for n in (1, 2)]
            self._draw(painter, lines=lines)
        if self._guides.safe_areas:
            areas = [_part(frame, share) for share in (_ACTION_SAFE, _TITLE_SAFE)]
            self._draw(painter, areas=areas)

    def _masked(self) -> QRectF:
        if not self._guides.mask:
            return self._frame
        ratio, full = aspect_ratio(self._guides.mask), self._frame
        width = min(full.width(), full.height() * ratio)
        frame = QRectF(0, 0, width, width / ratio)
        frame.moveCenter(full.center())
        return frame

    def _draw(
        self,
        painter: QPainter,
        lines: list[QLineF] | None = None,
        areas: list[QRectF] | None = None,
    ) -> None:
        # A dark line under a light one is seen on every picture.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 210), 1.0)):
            pen = QPen(colour, width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(lines or [])
            painter.drawRects(areas or [])


def _part(frame: QRectF, share: float) -> QRectF:
    part = QRectF(0, 0, frame.width() * share, frame.height() * share)
    part.moveCenter(frame.center())
    return part
