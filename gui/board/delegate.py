"""How a panel looks on the board: the picture, its numbers, its words, and what is happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.look.theme import Colours, colours
from gui.pictures.mark_painting import paint_mark
from gui.words.number_text import significant
from gui.words.shot_words import changed_chip, rescue_words, shot_word
from storyboard.errors import InputError
from storyboard.values.aspect import aspect_ratio

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from gui.board.model import BoardModel, Index
    from gui.pictures.thumbnails import Thumbnails
    from storyboard.values.board import Panel

__all__ = ["PanelDelegate"]

_GAP, _PAD, _RADIUS, _BAR = 8, 10, 8.0, 5
_CAPTION_LINES = 2
_VEIL = 150  # of 255: how much of a panel that exports leave out is covered
_LONGEST = 1000  # letters that are laid out: more than fit on the widest card


class PanelDelegate(QStyledItemDelegate):
    """Paints cards of one width; the board's zoom sets it."""

    def __init__(self, model: BoardModel, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._thumbnails = model, thumbnails
        self._width = 280

    @property
    def width(self) -> int:
        """Width of a card in pixels, with its gap."""
        return self._width

    @width.setter
    def width(self, width: int) -> None:
        self._width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every panel, so that a long board is laid out without asking each."""
        metrics = QFontMetrics(option.font)
        words = metrics.lineSpacing() * (_CAPTION_LINES + 1) + 2 * _PAD
        return QSize(self._width, self._frame_height() + words + 2 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        panel: Panel = index.data(Qt.ItemDataRole.UserRole)
        if panel is None:
            return
        look = colours(option.palette)
        card = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        frame = QRect(card.left(), card.top(), card.width(), self._frame_height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # 1. The card; what is selected or has the focus is framed.
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(card), _RADIUS, _RADIUS)
        painter.fillPath(outline, look.card)
        painter.save()
        painter.setClipPath(outline)
        self._paint_frame(painter, frame, panel, index.row(), look)
        painter.restore()
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(
            QPen(look.accent if selected or focused else look.edge, 2 if selected else 1)
        )
        painter.drawPath(outline)
        # 2. The words.
        words = card.adjusted(_PAD, frame.height() + _PAD // 2, -_PAD, -_PAD // 2)
        self._paint_words(painter, words, panel, option.font, look)
        painter.restore()

    def _frame_height(self) -> int:
        document = self._model.document
        try:
            ratio = aspect_ratio(document.board.aspect) if document else 16 / 9
        except InputError:
            ratio = 16 / 9
        width = self._width - 2 * _GAP
        return round(min(width / ratio, width * 1.2))

    def _paint_frame(
        self, painter: QPainter, frame: QRect, panel: Panel, row: int, look: Colours
    ) -> None:
        painter.fillRect(frame, look.mat)
        picture = self._model.preview(panel) or self._shown(panel, frame.size(), painter)
        if picture is not None and not picture.isNull():
            self._paint_marks(painter, _draw_inside(painter, frame, picture), panel)
        self._paint_state(painter, frame, panel, look, empty=picture is None or picture.isNull())
        if panel.left_out:
            veil = QColor(look.card)
            veil.setAlpha(_VEIL)
            painter.fillRect(frame, veil)
            _chip(
                painter,
                frame.bottomRight() + QPoint(-8, -8),
                self.tr("left out"),
                right=True,
                above=True,
            )
        _chip(painter, frame.topLeft() + QPoint(8, 8), str(row + 1))
        if len(panel.takes) > 1:
            text = self.tr("{0} takes").format(len(panel.takes))
            _chip(painter, frame.topRight() + QPoint(-8, 8), text, right=True)

    def _paint_marks(self, painter: QPainter, where: QRect, panel: Panel) -> None:
        """What is drawn above the picture, as small as the picture is."""
        document = self._model.document
        if document is None or panel.shown is None or self._model.step(panel) is not None:
            return
        painter.save()
        painter.translate(where.topLeft())
        for mark in document.annotations.of(panel.shown):
            paint_mark(painter, mark, where.size().toSizeF())
        painter.restore()

    def _shown(self, panel: Panel, size: QSize, painter: QPainter) -> QPixmap | None:
        document = self._model.document
        if document is None or panel.shown is None:
            return None
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        return self._thumbnails.picture(document.picture(panel.shown), size * ratio)

    def _paint_state(
        self, painter: QPainter, frame: QRect, panel: Panel, look: Colours, *, empty: bool
    ) -> None:
        step, place = self._model.step(panel), self._model.place_in_queue(panel)
        if step is not None:
            bar = QRect(frame.left(), frame.bottom() - _BAR + 1, frame.width(), _BAR)
            painter.fillRect(bar, QColor(0, 0, 0, 110))
            done = round(bar.width() * step.progress.step / max(1, step.progress.steps))
            painter.fillRect(QRect(bar.left(), bar.top(), done, bar.height()), look.accent)
            text = self.tr("step {0} of {1}").format(step.progress.step, step.progress.steps)
            _chip(painter, frame.bottomLeft() + QPoint(8, -_BAR - 8), text, above=True)
        elif place >= 0:
            near = (self.tr("starting"), self.tr("next"))
            text = near[place] if place < 2 else self.tr("waiting, {0}").format(place)
            _note(painter, frame, text)
        elif self._model.failure(panel):
            painter.setPen(look.bad)
            box = frame.adjusted(16, 16, -16, -16)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            if empty:
                painter.drawText(box, flags, self._model.failure(panel))
            else:
                _note(painter, frame, self.tr("the last render failed"))
        elif not empty and (changed := self._model.changed(panel)):
            _note(painter, frame, changed_chip(changed))
        elif panel.shown is not None and panel.shown.rescue is not None and not empty:
            _note(painter, frame, rescue_words(panel.shown.rescue))
        elif not empty and (found := self._model.outliers(panel)):
            names = ", ".join(each.character for each in found)
            _note(painter, frame, self.tr("unlike {0}").format(names))
        elif empty:
            painter.setPen(look.muted)
            text = self.tr("not drawn yet")
            if panel.shown is not None:  # being read, unless there is nothing to read
                missing = self.tr("the picture is missing")
                text = missing if self._is_missing(panel) else ""
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)

    def _is_missing(self, panel: Panel) -> bool:
        document = self._model.document
        if panel.shown is None or document is None:
            return False
        return not document.picture(panel.shown).is_file()

    def _paint_words(
        self, painter: QPainter, box: QRect, panel: Panel, font: QFont, look: Colours
    ) -> None:
        shot = panel.shot
        metrics = QFontMetrics(font)
        # 1. Scene and shot, size, duration.
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        left, right = (
            f"{shot.scene_name}-{shot.number}  {shot_word(shot.size)}",
            self.tr("{0} s").format(significant(shot.duration, 6)),
        )
        painter.setFont(bold)
        painter.setPen(look.text)
        room = box.width() - metrics.horizontalAdvance(right) - _PAD
        left = QFontMetrics(bold).elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, left)
        painter.setFont(font)
        painter.setPen(look.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, right)
        # 2. What happens, or what is said where nothing does.
        text = shot.action or " ".join(line.text for line in shot.dialogue)
        top = box.top() + metrics.lineSpacing() + 3
        for line in _lines(text, font, box.width(), _CAPTION_LINES):
            painter.drawText(QPointF(box.left(), top + metrics.ascent()), line)
            top += metrics.lineSpacing()


def _draw_inside(painter: QPainter, frame: QRect, picture: QPixmap) -> QRect:
    """Draw a picture whole, letterboxed where the frame has another shape; return where it is."""
    size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if abs(size.width() - frame.width()) <= 6 and abs(size.height() - frame.height()) <= 6:
        size = frame.size()  # models round their sides; a hairline of mat would look like a fault
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(frame.center())
    painter.drawPixmap(target, picture)
    return target


def _note(painter: QPainter, frame: QRect, text: str) -> None:
    """A chip at the foot of the frame, no wider than that."""
    elide = Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(text, elide, frame.width() - 36)
    _chip(painter, frame.bottomLeft() + QPoint(8, -8), text, above=True)


def _chip(
    painter: QPainter, at: QPoint, text: str, *, right: bool = False, above: bool = False
) -> None:
    """A dark label that is readable on any picture."""
    font = QFont(painter.font())
    font.setPointSizeF(max(8.0, font.pointSizeF() - 1))
    metrics = QFontMetrics(font)
    size = QSize(metrics.horizontalAdvance(text) + 14, metrics.height() + 4)
    x, y = at.x(), at.y()
    box = QRectF(x - size.width() if right else x, y - size.height() if above else y, 0, 0)
    box.setSize(size.toSizeF())
    painter.save()
    painter.setFont(font)
    path = QPainterPath()
    path.addRoundedRect(box, 5, 5)
    painter.fillPath(path, QColor(16, 17, 20, 190))
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The text in lines of that width; the last one is elided."""
    text = " ".join(text[:_LONGEST].split())
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        last = len(lines) == most - 1
        part = text[start:] if last else text[start : start + length]
        elide = Qt.TextElideMode.ElideRight
        lines.append(QFontMetrics(font).elidedText(part, elide, width) if last else part)
    layout.endLayout()
    return lines
