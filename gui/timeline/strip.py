"""The strip of a board in time: a ruler, the scenes, the panels, and where the clock stands.

Painted here: QtMultimedia has no timeline, and QtCharts comes under the GPL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import colours
from gui.timeline.marker_row import MarkerRow
from gui.timeline.scale import Scale
from gui.timeline.time_text import RATE, TimeUnit, length_text, snapped, tick_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.document.document import Document
    from gui.look.theme import Colours
    from gui.pictures.thumbnails import Thumbnails
    from gui.timeline.scale import Block

__all__ = ["Strip"]

_PICTURE = 46  # pixels, the height of the panels' pictures
_REACH = 5.0  # pixels from a panel's end at which it can be taken
_LEAST_TICK = 56  # pixels between two marks of the ruler
_WAVE = 30  # pixels, the height of the row in which the sound is drawn
_MARGIN = 12  # pixels at both ends, so that the first and the last place can be seen
_ROUND = 3


class Strip(QWidget):
    """Shows the panels as long as they stay; drag the end of one to let it stay longer.

    `sought` says where somebody wants to be, in seconds; `retimed` which panel is to stay how many
    seconds, and the number of the drag, all of which is one step; `opened` which panel somebody
    wants to look at; `marker_wanted` that one shall stand where the clock is; `menu_wanted` for
    which panel, or for none, somebody wants a menu, and where on the screen; `let_go` that a drag
    has ended.
    """

    sought = Signal(float)
    retimed = Signal(str, float, int)
    opened = Signal(str)
    played = Signal()
    marker_wanted = Signal()
    menu_wanted = Signal(str, QPoint)
    let_go = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = TimeUnit.SECONDS
        self._thumbnails = thumbnails
        self._document: Document | None = None
        self._scale = Scale((), 1.0)
        self._at = 0.0
        self._peaks: NDArray[np.float32] | None = None
        self._selected: frozenset[str] = frozenset()
        self.markers = MarkerRow(_MARGIN, self)
        self._dragged = ""  # the key of the panel whose end is being dragged
        self._drag = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        thumbnails.ready.connect(self.update)

    @property
    def is_dragged(self) -> bool:
        """Whether the end of a panel is being dragged: the scale had better stay as it is."""
        return bool(self._dragged)

    @property
    def scale(self) -> Scale:
        """Where the panels are."""
        return self._scale

    def show_board(self, document: Document | None, pixels: float) -> None:
        """Show a board, with so many pixels for a second."""
        self._document = document
        panels = document.board.panels if document is not None else ()
        self._scale = Scale(panels, pixels)
        markers = document.board.markers if document is not None and panels else ()
        self.markers.show_markers(markers, self._scale, self.unit)
        self.setFixedSize(self.sizeHint())
        line = self.fontMetrics().height() + 4
        self.markers.setGeometry(0, line, self.width(), line)
        self._speak()
        self.update()

    def show_place(self, seconds: float) -> None:
        """Show where the clock stands."""
        block = self._scale.block_at(self._at)
        self._update_place()
        self._at = seconds
        self._update_place()
        if self._scale.block_at(seconds) is not block:
            self._speak()

    def show_sound(self, peaks: NDArray[np.float32] | None) -> None:
        """Draw what is heard, as `storyboard.sound.samples.peaks`; None where nothing is."""
        self._peaks = peaks
        self.setFixedSize(self.sizeHint())
        self.update()

    def show_selected(self, keys: frozenset[str]) -> None:
        """Frame the panels that are selected on the board."""
        if keys != self._selected:
            self._selected = keys
            self.update()

    def sizeHint(self) -> QSize:
        """Three rows, and one for the sound, as long as the board."""
        wave = _WAVE if self._peaks is not None else 0
        return QSize(self._scale.width + 2 * _MARGIN, self._bottom + wave + 4)

    def panel_at(self, at: QPointF) -> Block | None:
        """The panel whose card is at a place of the strip; None beside them."""
        if not self._top <= at.y() < self._bottom:
            return None
        return self._scale.block_at(self._seconds(at.x()))

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the end of a panel, or go where it was pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        block = self._edge(event.position())
        if block is not None:
            self._dragged = block.panel.key
            self._drag += 1
        else:
            self.sought.emit(self._seconds(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an end, or the place; show what can be taken."""
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if held and self._dragged:
            self._drag_to(event)
        elif held:
            self.sought.emit(self._seconds(event.position().x()))
        elif self._edge(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        if self._dragged:
            self._dragged = ""
            self.let_go.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at a panel."""
        block = self._scale.block_at(self._seconds(event.position().x()))
        if block is not None and self._edge(event.position()) is None:
            self.opened.emit(block.panel.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a panel; by the keyboard with the one where the clock is."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        found = self.panel_at(QPointF(event.pos())) if by_mouse else self._scale.block_at(self._at)
        at = event.globalPos()
        if not by_mouse:
            at = self.mapToGlobal(QPoint(round(_MARGIN + self._scale.x(self._at)), self._bottom))
        self.menu_wanted.emit(found.panel.key if found is not None else "", at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from panel to panel, with Alt they change how long it stays.

        Space plays, M sets a marker.
        """
        block = self._scale.block_at(self._at)
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if key == Qt.Key.Key_Space:
            self.played.emit()
        elif key == Qt.Key.Key_M and not event.modifiers():
            self.marker_wanted.emit()
        elif block is None:
            super().keyPressEvent(event)
        elif way and alt:
            self._drag += 0 if event.isAutoRepeat() else 1
            step = 0.1 if self.unit is TimeUnit.SECONDS else float(1 / RATE.exact)
            self._retime(block, block.end - block.start + way * step)
        elif way:
            last = len(self._scale.blocks) - 1
            at = min(max(0, block.number - 1 + way), last)
            self.sought.emit(self._scale.blocks[at].start)
        elif key == Qt.Key.Key_Home:
            self.sought.emit(0.0)
        elif key == Qt.Key.Key_End:
            self.sought.emit(self._scale.seconds)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(block.panel.key)
        else:
            super().keyPressEvent(event)

    def _drag_to(self, event: QMouseEvent) -> None:
        block = self._scale.block_of(self._dragged)
        if block is None:
            return
        self._retime(block, self._seconds(event.position().x()) - block.start)
        panel = self._document.panel(self._dragged) if self._document is not None else None
        if panel is not None:
            text = length_text(panel.shot.duration, self.unit)
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def _retime(self, block: Block, seconds: float) -> None:
        length = snapped(seconds, self.unit)
        if length != block.panel.shot.duration:
            self.retimed.emit(block.panel.key, length, self._drag)

    def _seconds(self, x: float) -> float:
        return min(max(0.0, (x - _MARGIN) / self._scale.pixels), self._scale.seconds)

    def _edge(self, at: QPointF) -> Block | None:
        if not self._top <= at.y() < self._bottom:
            return None
        return self._scale.edge_at(at.x() - _MARGIN, _REACH)

    # Painting.

    @property
    def _top(self) -> int:
        """Where the panels begin."""
        rows = 3 if self.markers.isVisibleTo(self) else 2
        return rows * (self.fontMetrics().height() + 4)

    @property
    def _bottom(self) -> int:
        """Where the panels end."""
        return self._top + _PICTURE + self.fontMetrics().height() + 4

    def _update_place(self) -> None:
        """Paint anew where the place is marked: all of it would be too much while it plays."""
        x = round(_MARGIN + self._scale.x(self._at))
        self.update(x - 7, 0, 14, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ruler, scenes, panels, sound, and the place."""
        painter, look = QPainter(self), colours(self.palette())
        painter.translate(_MARGIN, 0)
        seen = event.rect().translated(-_MARGIN, 0)
        self._paint_ruler(painter, look, seen)
        self._paint_scenes(painter, look, seen)
        for block in self._scale.blocks:
            box = self._box(block)
            if box.right() >= seen.left() and box.left() <= seen.right():
                self._paint_block(painter, look, block, box)
        self._paint_sound(painter, look, seen)
        self._paint_place(painter, look)

    def _box(self, block: Block) -> QRectF:
        left, right = self._scale.x(block.start), self._scale.x(block.end)
        return QRectF(left, self._top, max(1.0, right - left), self._bottom - self._top)

    def _paint_ruler(self, painter: QPainter, look: Colours, seen: QRect) -> None:
        line = self.fontMetrics().height()
        step = self._scale.tick(_LEAST_TICK)
        painter.setPen(look.muted)
        number = max(0, int(seen.left() / self._scale.x(step)) - 1)
        while number * step <= self._scale.seconds and self._scale.x(number * step) < seen.right():
            x = self._scale.x(number * step)
            painter.drawLine(QPointF(x, 2), QPointF(x, line))
            painter.drawText(QPointF(x + 3, line - 3), tick_text(number * step, self.unit))
            number += 1

    def _paint_scenes(self, painter: QPainter, look: Colours, seen: QRect) -> None:
        line, metrics = self.fontMetrics().height(), self.fontMetrics()
        for span in self._scale.scenes():
            left, right = self._scale.x(span.start), self._scale.x(span.end)
            if right < seen.left() or left > seen.right():
                continue
            box = QRectF(left, self._top - line - 4, max(1.0, right - left - 1), line + 2)
            painter.fillRect(box, look.edge)
            painter.setPen(look.text)
            length = length_text(span.end - span.start, self.unit)
            words = self.tr("Scene {0}  \u00b7  {1}").format(span.scene, length)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()) - 8)
            painter.drawText(box.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_block(self, painter: QPainter, look: Colours, block: Block, box: QRectF) -> None:
        painter.save()
        painter.setClipRect(box)
        card = box.adjusted(0.5, 0.5, -1.0, -0.5)
        chosen = block.panel.key in self._selected
        painter.setPen(QPen(look.accent if chosen else look.edge, 2 if chosen else 1))
        painter.setBrush(look.card)
        painter.drawRoundedRect(card, _ROUND, _ROUND)
        inside = card.adjusted(2, 2, -2, -2)
        self._paint_picture(painter, block, inside)
        painter.setPen(look.text)
        text = f"{block.number}  \u00b7  {length_text(block.end - block.start, self.unit)}"
        words = QRectF(inside.left() + 2, self._top + _PICTURE, inside.width(), 99)
        words.setBottom(box.bottom())
        room = int(words.width())
        if self.fontMetrics().horizontalAdvance(text) > room:
            text = str(block.number)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _paint_picture(self, painter: QPainter, block: Block, inside: QRectF) -> None:
        take = block.panel.shown
        if take is None or self._document is None or inside.width() < 6:
            return
        ratio = self.devicePixelRatioF()
        height = _PICTURE - 4
        size = QSize(round(4 * height * ratio), round(height * ratio))
        picture = self._thumbnails.picture(self._document.picture(take), size)
        if picture is None or picture.isNull():
            return
        width = picture.width() * height / picture.height()
        target = QRectF(inside.left(), inside.top(), width, height)
        painter.drawPixmap(target, picture, QRectF(picture.rect()))

    def _paint_sound(self, painter: QPainter, look: Colours, seen: QRect) -> None:
        if self._peaks is not None:
            from gui.timeline.waveform import paint_wave

            box = QRectF(0, self._bottom + 2, self._scale.width, _WAVE - 2)
            paint_wave(painter, self._peaks, self._scale.pixels, box, seen, look.accent)

    def _paint_place(self, painter: QPainter, look: Colours) -> None:
        if not self._scale.blocks:
            return
        x = self._scale.x(self._at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.bad, 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.bad)
        painter.drawPolygon(QPolygonF([QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 7)]))

    def _speak(self) -> None:
        block = self._scale.block_at(self._at)
        if block is None:
            self.setAccessibleDescription("")
            return
        words = self.tr("Panel {0}, {1}: {2}")
        length = length_text(block.end - block.start, self.unit)
        self.setAccessibleDescription(words.format(block.number, length, block.panel.shot.action))
