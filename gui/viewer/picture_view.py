"""A picture that can be zoomed and moved, with what is drawn above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QNativeGestureEvent, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import (
    QFrame,
    QGestureEvent,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QPinchGesture,
    QWidget,
)

from gui.look.theme import colours
from gui.viewer.camera_frame import CameraFrame
from gui.viewer.guides import Guides, GuidesItem
from gui.viewer.mark_item import MarkItem
from gui.viewer.wipe import Wipe
from storyboard.values.annotations import Point

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from storyboard.values.annotations import Mark
    from storyboard.values.camera_path import Seen

__all__ = ["Look", "PictureView"]

_WIDTH = 1600.0  # scene units across every picture, so that two of different sizes lie alike
_STEP = 1.25
_MOST = 32.0  # device pixels a pixel of the picture
_LEAST = 0.25  # of what fits


@dataclass(frozen=True, slots=True)
class Look:
    """What part of a picture is looked at.

    Attributes:
        fits: Whether it is shown whole, whatever the room.
        zoom: Else the pixels of the window that the whole width would take.
        centre: Else the place in the middle, as fractions of the picture.
    """

    fits: bool
    zoom: float
    centre: Point


class PictureView(QGraphicsView):
    """Shows one picture; `gui.viewer.drawing_view.DrawingView` draws on it.

    Ctrl and the wheel, or a pinch, zoom at the pointer; a drag with the middle button moves.
    `looked` says that another part is looked at, but for changes that `follow` made.
    """

    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = QGraphicsScene(self)
        self.setScene(self.stage)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self._picture = self.stage.addPixmap(QPixmap())
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._words = QGraphicsSimpleTextItem()
        self.stage.addItem(self._words)
        self.wipe = Wipe()
        self.stage.addItem(self.wipe)
        self._guides_item = GuidesItem()
        self.stage.addItem(self._guides_item)
        self._guides = Guides()
        self.camera = CameraFrame()
        self.stage.addItem(self.camera)
        self.size_ = QSizeF(_WIDTH, _WIDTH * 9 / 16)
        self.marks: list[MarkItem] = []
        self._fits, self._following = True, False
        self._dragged_from: QPoint | None = None
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._tell)
        self._follow_colours()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture, and not only words instead."""
        return not self._picture.pixmap().isNull()

    @property
    def pixels(self) -> QSize:
        """Size of the picture in pixels; 0 by 0 where there is none."""
        return self._picture.pixmap().size()

    @property
    def percent(self) -> int:
        """Size at which the picture is shown: at 100 its pixels are the screen's."""
        pixels = self._picture.pixmap().width() or _WIDTH
        return round(100 * self._zoom * self.devicePixelRatioF() / pixels)

    @property
    def look(self) -> Look:
        """What part is looked at."""
        middle = self.mapToScene(self.viewport().rect().center())
        centre = (middle.x() / self.size_.width(), middle.y() / self.size_.height())
        return Look(self._fits, self._zoom, centre)

    def show_picture(self, pixmap: QPixmap, aspect: float, words: str = "") -> None:
        """Show another picture, looked at as the last one was.

        Args:
            pixmap: The picture; null where there is none.
            aspect: Width over height of the frame that is shown instead.
            words: What stands in that frame.
        """
        look = self.look
        ratio = aspect if pixmap.isNull() else pixmap.width() / pixmap.height()
        self.size_ = QSizeF(_WIDTH, _WIDTH / ratio)
        self._picture.setPixmap(pixmap)
        self._picture.setScale(1.0 if pixmap.isNull() else _WIDTH / pixmap.width())
        self._words.setText(words if pixmap.isNull() else "")
        self._place_words()
        self.stage.setSceneRect(QRectF(QPointF(), self.size_))
        self._guides_item.show_guides(self._guides, self.stage.sceneRect())
        self.wipe.lay_out(self.size_)
        self.follow(look)

    def show_frame(self, pixmap: QPixmap) -> None:
        """Show another frame of the clip whose picture is shown."""
        if not pixmap.isNull():
            self._picture.setPixmap(pixmap)
            self._picture.setScale(_WIDTH / pixmap.width())

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks above the picture; those that were selected stay so."""
        selected = {each.number for each in self.marks if each.isSelected()}
        for each in self.marks:
            self.stage.removeItem(each)
        self.marks = [MarkItem(each, self.size_, number) for number, each in enumerate(marks)]
        for item in self.marks:
            self.stage.addItem(item)
            self._prepare(item)
            item.setSelected(item.number in selected)

    def show_guides(self, guides: Guides) -> None:
        """Show these guides over the picture."""
        self._guides = guides
        self._guides_item.show_guides(guides, self.stage.sceneRect())

    def show_seen(self, seen: Seen | None) -> None:
        """Show what the camera sees of the picture; None where nothing plays."""
        self.camera.show_seen(seen, self.stage.sceneRect())

    def fit(self) -> None:
        """Show the picture whole."""
        self._fits = True
        room = self.viewport().size()
        self._set_zoom(min(room.width(), room.height() * self.size_.width() / self.size_.height()))
        self.centerOn(self.stage.sceneRect().center())
        self._tell()

    def show_pixels(self) -> None:
        """Show a pixel of the picture as a pixel of the screen."""
        pixels = self._picture.pixmap().width() or _WIDTH
        self.zoom_to(pixels / self.devicePixelRatioF())

    def zoom_in(self) -> None:
        """Go a step nearer."""
        self.zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Go a step further away."""
        self.zoom_to(self._zoom / _STEP)

    def zoom_to(self, zoom: float, at: QPoint | None = None) -> None:
        """Show the picture at a size; a place stays where it is.

        Args:
            zoom: Pixels of the window that the picture's width takes.
            at: The place in the window; its middle if None.
        """
        room, pixels = self.viewport().size(), self._picture.pixmap().width() or _WIDTH
        whole = min(room.width(), room.height() * self.size_.width() / self.size_.height())
        true = pixels / self.devicePixelRatioF()
        least, most = min(whole * _LEAST, true), max(whole, true * _MOST)
        at = self.viewport().rect().center() if at is None else at
        place = self.mapToScene(at)
        self._fits = False
        self._set_zoom(min(max(zoom, least), most))
        off = self.mapFromScene(place) - at
        self._scroll(off)
        self._tell()

    def follow(self, look: Look) -> None:
        """Look at the same part as another view."""
        self._following = True
        try:
            if look.fits:
                self.fit()
            else:
                self._fits = False
                self._set_zoom(look.zoom)
                across, down = look.centre
                self.centerOn(across * self.size_.width(), down * self.size_.height())
        finally:
            self._following = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay whole where it was shown whole."""
        super().resizeEvent(event)
        if self._fits:
            self.follow(self.look)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the command key held, else move."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / 120
            self.zoom_to(self._zoom * _STEP**turned, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the viewer: here they would scroll."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture with the middle button."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_from = event.position().toPoint()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture."""
        if self._dragged_from is not None:
            here = event.position().toPoint()
            self._scroll(self._dragged_from - here)
            self._dragged_from = here
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the picture where it is."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_from = None
            return
        super().mouseReleaseEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by a pinch on a touch screen or a trackpad."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self._zoom * (1 + event.value()), event.position().toPoint())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = self.viewport().mapFromGlobal(pinch.hotSpot().toPoint())
                self.zoom_to(self._zoom * pinch.scaleFactor(), at)
                return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_colours()

    def _prepare(self, item: MarkItem) -> None:
        """What a new mark needs; nothing where it is only looked at."""

    @property
    def _zoom(self) -> float:
        return self.transform().m11() * _WIDTH

    def _set_zoom(self, zoom: float) -> None:
        scale = zoom / _WIDTH
        self.setTransform(QTransform.fromScale(scale, scale))

    def _scroll(self, by: QPoint) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def _tell(self) -> None:
        if not self._following:
            self.looked.emit()

    def _place_words(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(36)
        self._words.setFont(font)
        box = self._words.boundingRect()
        frame = QRectF(QPointF(), self.size_)
        self._words.setPos(frame.center() - box.center())

    def _follow_colours(self) -> None:
        look = colours(self.palette())
        self.setBackgroundBrush(look.mat)
        self._words.setBrush(look.muted)
