"""The board: panels as a grid that can be zoomed, selected, reordered and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyleOptionViewItem,
    QWidget,
)

from gui.board.delegate import PanelDelegate
from gui.board.drop_mark import DropMark
from gui.board.model import KEYS
from gui.look.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection, QPoint
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from gui.board.model import BoardModel, Index
    from gui.pictures.thumbnails import Thumbnails

__all__ = ["BoardView"]

_NARROWEST, _WIDEST, _STEP = 150, 900, 1.15
_USUAL = 300  # pixels of a card on a board that is too long to be seen whole
_DRAGGED = 110  # pixels, the width of what hangs at the pointer
_EDGE = 48  # pixels from an edge at which a drag scrolls
_MESSAGE = 80  # pixels: three lines of a message, with what is around them
_WHOLE = (196, 520)  # the narrowest and widest card with which a board is shown whole


class BoardView(QListView):
    """Shows the panels as cards in rows that fill the width.

    Until somebody zooms, cards are as large as they can be with the whole board in view. Zooming
    asks for a card's width; how many cards then fit in a row depends on the window's.
    """

    selected = Signal()
    opened = Signal(str)
    menu_wanted = Signal(object)

    def __init__(
        self, model: BoardModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._delegate = PanelDelegate(model, thumbnails, self)
        self._model = model
        self._wanted: float | None = None
        self._fitted = QSize()  # the viewport that the cards were made for
        self.setModel(model)
        # Panels that come and go leave the scale alone, or it would jump under the hand.
        model.layoutChanged.connect(self.scheduleDelayedItemsLayout)
        model.modelReset.connect(self._fit)
        model.frame_changed.connect(self._fit)
        self.setItemDelegate(self._delegate)
        # Not IconMode, although these are icons: only in ListMode does Qt show between which two
        # items something would drop.
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSelectionRectVisible(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.viewport().setAcceptDrops(True)  # after the movement, which takes it away
        self.setDropIndicatorShown(True)
        self.setStyle(DropMark(self))
        self.setAutoScrollMargin(_EDGE)
        self.setAccessibleName(self.tr("Board"))
        self.setAccessibleDescription(self.tr("The panels in reading order"))
        self._follow_colours()
        thumbnails.ready.connect(self.viewport().update)
        self.activated.connect(self._open)

    @property
    def keys(self) -> list[str]:
        """The selected panels in reading order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._model.panel(row).key for row in rows]

    def key_at(self, at: QPoint) -> str:
        """The panel whose card is at a place of the viewport; empty where there is none."""
        index = self.indexAt(at)
        return self._model.panel(index.row()).key if index.isValid() else ""

    def select(self, keys: list[str]) -> None:
        """Select panels and bring the first into view."""
        self.selectionModel().clear()
        rows = [row for key in keys if (row := self._model.row(key)) >= 0]
        for row in reversed(rows):
            self.setCurrentIndex(self._model.index(row))
        flag = self.selectionModel().SelectionFlag.Select
        for row in rows:
            self.selectionModel().select(self._model.index(row), flag)

    def start_over(self) -> None:
        """Begin with the first panel of a board that is shown anew."""
        if self._model.rowCount():
            self.select([self._model.panel(0).key])
        self._fit()

    def zoom(self, steps: int) -> None:
        """Make the cards larger (above 0) or smaller."""
        wanted = (self._wanted or self._delegate.width) * _STEP**steps
        self._wanted = min(_WIDEST, max(_NARROWEST, wanted))
        self._fit()

    def zoom_in(self) -> None:
        """Make the cards a step larger."""
        self.zoom(1)

    def zoom_out(self) -> None:
        """Make the cards a step smaller."""
        self.zoom(-1)

    def reset_zoom(self) -> None:
        """Go back to the first size."""
        self._wanted = None
        self._fit()

    def refit(self) -> None:
        """Lay out again, because the frame's shape has changed."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_colours()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cards fill the new width.

        A message above the board takes some of its height: the scale does not jump for that.
        """
        super().resizeEvent(event)
        size = self.viewport().size()
        taller = abs(size.height() - self._fitted.height())
        if size.width() != self._fitted.width() or taller > _MESSAGE:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current panel; on a Mac Qt would wish to edit it in its place."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers() and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the command key held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            self.zoom((turned > 0) - (turned < 0))
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Emit `menu_wanted` with the place on the screen."""
        self.menu_wanted.emit(event.globalPos())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Emit `selected`."""
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag small pictures: Qt's own, at full size, would hide where they drop."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData(indexes))
        card = self.viewport().grab(self.visualRect(self.currentIndex()))
        smooth = Qt.TransformationMode.SmoothTransformation
        drag.setPixmap(card.scaledToWidth(round(_DRAGGED * card.devicePixelRatio()), smooth))
        drag.exec(actions, self.defaultDropAction())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Scroll near the edges, and then show where the panels would drop."""
        # QListView's own version for lists from left to right knows nothing of scrolling; that of
        # all views does, but marks the drop as between rows that lie below each other.
        QAbstractItemView.dragMoveEvent(self, event)
        super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged panels where the indicator is."""
        if not event.mimeData().hasFormat(KEYS):
            event.ignore()
            return
        index = self.indexAt(event.position().toPoint())
        row = self._model.rowCount()
        if index.isValid():
            behind = self.dropIndicatorPosition() is self.DropIndicatorPosition.BelowItem
            row = index.row() + behind
        self._model.dropMimeData(
            event.mimeData(), Qt.DropAction.MoveAction, row, 0, self.rootIndex()
        )
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the rows have moved already
        event.accept()
        self.stopAutoScroll()
        self.setState(self.State.NoState)
        self.viewport().update()

    def _follow_colours(self) -> None:
        ground = colours(QApplication.palette()).board
        if self.viewport().palette().color(QPalette.ColorRole.Base) != ground:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Base, ground)
            self.viewport().setPalette(palette)

    def _open(self, index: Index) -> None:
        self.opened.emit(self._model.panel(index.row()).key)

    def _fit(self) -> None:
        self._fitted = self.viewport().size()
        room = self.viewport().width() - 2
        wanted = self._wanted or self._whole_width(room) or _USUAL
        columns = max(1, round(room / wanted))
        width = min(max(_NARROWEST, room // columns), room)
        self.setGridSize(QSize(width, self._height(width)))
        self.scheduleDelayedItemsLayout()

    def _whole_width(self, room: int) -> float | None:
        """The largest card with which no panel needs scrolling; None where there is none."""
        count = self._model.rowCount()
        for columns in range(1, count + 1):
            width = room // columns
            if width < _WHOLE[0]:
                return None
            rows = -(-count // columns)
            if width <= _WHOLE[1] and rows * self._height(width) <= self.viewport().height():
                return room / columns
        # One row of cards that could be wider still is not stretched beyond what is pleasant.
        return _WHOLE[1] if count and count * _WHOLE[1] <= room else None

    def _height(self, width: int) -> int:
        self._delegate.width = width
        return self._delegate.sizeHint(self._option(), self._model.index(0)).height()

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option
