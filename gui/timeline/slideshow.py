"""The board full screen, one panel after another, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from gui.pictures.thumbnails import read_scaled
from gui.timeline.scale import Scale
from storyboard.values.aspect import aspect_ratio
from storyboard.values.camera_path import Seen

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from gui.document.document import Document
    from gui.timeline.play_clock import PlayClock

__all__ = ["Slideshow"]


class Slideshow(QWidget):
    """Arrows and space go on, Home and End jump, P plays in the shots' own time, Escape ends.

    Args:
        document: Whose board is shown, as it is now.
        clock: What plays it; it goes to the first panel that is shown.
        first: That panel, from 0.
    """

    def __init__(
        self,
        document: Document,
        clock: PlayClock,
        first: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Slideshow"))
        self.setAccessibleName(self.tr("Slideshow"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._document = document
        self._panels = document.board.panels
        self._scale = Scale(self._panels, 1.0)
        self._at = 0
        self._picture: tuple[str, QPixmap] = ("", QPixmap())
        self._part = Seen(0.0, 0.0, 1.0)  # of the frame, which the camera looks at now
        self._clock = clock
        clock.set_length(self._scale.seconds)
        clock.moved.connect(self._follow)
        self.go_to(first)
        self._speak()

    @property
    def number(self) -> int:
        """The panel that is shown, from 1."""
        return self._at + 1

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._clock.is_playing

    def go_to(self, at: int) -> None:
        """Show another panel, from 0."""
        if self._panels:
            self._clock.seek(self._scale.blocks[min(max(0, at), len(self._panels) - 1)].start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, back, to an end, play, or close."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown):
            self.go_to(self._at + 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backspace, Qt.Key.Key_PageUp):
            self.go_to(self._at - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._panels) - 1)
        elif key == Qt.Key.Key_P:
            self._clock.toggle()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Q):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop playing."""
        self._clock.pause()
        super().closeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go on to the next panel."""
        self.go_to(self._at + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as large as it fits, and the text below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("#101114"))
        if not self._panels:
            return
        panel = self._panels[self._at]
        font = QFont(self.font())
        font.setPointSizeF(max(12.0, self.height() / 60))
        painter.setFont(font)
        line = painter.fontMetrics().lineSpacing()
        words = QRect(self.rect()).adjusted(self.width() // 8, 0, -self.width() // 8, -line)
        words.setTop(self.height() - 4 * line)
        frame = self.rect().adjusted(line, line, -line, -5 * line)
        picture = self._read(frame)
        if picture.isNull():
            painter.setPen(QColor("#a0a3a8"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.tr("not drawn yet"))
        else:
            ratio = picture.devicePixelRatio()
            target = QRect(0, 0, round(picture.width() / ratio), round(picture.height() / ratio))
            target.moveCenter(frame.center())
            self._paint_picture(painter, frame, target, picture)
        painter.setPen(QColor("#f0f0f0"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        text = panel.shot.action
        said = "  ".join(
            f"{each.speaker}: {each.text}" if each.speaker else each.text
            for each in panel.shot.dialogue
        )
        painter.drawText(words, flags | Qt.TextFlag.TextWordWrap, "\n".join((text, said)).strip())
        painter.setPen(QColor("#8d9096"))
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(small)
        place = self.tr("{0} of {1}").format(self._at + 1, len(self._panels))
        painter.drawText(
            self.rect().adjusted(0, 0, -line, -line // 2),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
            place,
        )

    def _paint_picture(
        self, painter: QPainter, room: QRect, place: QRect, picture: QPixmap
    ) -> None:
        """Paint what the camera sees of a frame of the board's shape, with the picture in it."""
        shape = aspect_ratio(self._document.board.aspect)
        wide = min(room.width(), room.height() * shape)
        frame = QRectF(0, 0, wide, wide / shape)
        frame.moveCenter(QRectF(room).center())
        part = self._part
        if part.size == 1.0:
            painter.drawPixmap(place, picture)
            return
        painter.save()
        painter.setClipRect(frame)
        painter.translate(frame.topLeft())
        painter.scale(1 / part.size, 1 / part.size)
        painter.translate(-part.left * frame.width(), -part.top * frame.height())
        painter.translate(-frame.topLeft())
        painter.drawPixmap(place, picture)
        painter.restore()

    def _read(self, frame: QRect) -> QPixmap:
        take = self._panels[self._at].shown
        if take is None:
            return QPixmap()
        ratio = self.devicePixelRatioF()
        key = f"{take.file} {frame.width()}x{frame.height()}"
        if self._picture[0] != key:
            size = frame.size() * ratio
            image = read_scaled(str(self._document.picture(take)), size)
            if not image.isNull():
                image = image.scaled(
                    size,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self._picture = (key, pixmap)
        return self._picture[1]

    def _follow(self, seconds: float) -> None:
        block = self._scale.block_at(seconds)
        if block is None:
            return
        # Who looks through it by hand sees whole pictures.
        part = self._scale.seen_at(seconds) if self._clock.is_playing else Seen(0.0, 0.0, 1.0)
        if block.number - 1 != self._at:
            self._at = block.number - 1
            self._speak()
            self.update()
        if part != self._part:
            self._part = part
            self.update()

    def _speak(self) -> None:
        if self._panels:
            self.setAccessibleDescription(self._panels[self._at].shot.action)
