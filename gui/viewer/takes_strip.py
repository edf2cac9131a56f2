"""The takes of the panel in the viewer, side by side and small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from storyboard.values.board import OWN

if TYPE_CHECKING:
    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from storyboard.values.board import Panel, Take

__all__ = ["TakesStrip"]

_SIZE = QSize(96, 54)
_ON_THE_BOARD = "\u25cf"


class TakesStrip(QListWidget):
    """`chosen` carries the file of a take to look at, `pinned` of one to show on the board."""

    chosen = Signal(str)
    pinned = Signal(str)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._document: Document | None = None
        self._takes: tuple[Take, ...] = ()
        self.setAccessibleName(self.tr("Takes of this panel"))
        self.setToolTip(self.tr("Enter or a double click shows a take on the board"))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(_SIZE)
        self.setSpacing(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = self.fontMetrics().lineSpacing()
        longest = f"{_ON_THE_BOARD} {self.tr('take {0}, own').format(99)}"
        wide = max(_SIZE.width(), self.fontMetrics().horizontalAdvance(longest)) + 20
        self._cell = QSize(wide, _SIZE.height() + line + 8)
        self.setFixedHeight(self._cell.height() + 22)
        self.currentRowChanged.connect(self._choose)
        self.itemDoubleClicked.connect(self._pin)
        thumbnails.ready.connect(self._fill_icons)

    def show_takes(self, document: Document, panel: Panel, looked_at: str) -> None:
        """Show the takes of a panel.

        Args:
            document: Where the pictures are.
            panel: Whose takes.
            looked_at: File of the take that is looked at.
        """
        self.blockSignals(True)
        self._document, self._takes = document, panel.takes
        self.clear()
        for number, take in enumerate(panel.takes, 1):
            own = take.mode == OWN
            words = (self.tr("take {0}, own") if own else self.tr("take {0}")).format(number)
            if take.clip:
                words = self.tr("take {0}, clip").format(number)
            on_board = take == panel.shown
            item = QListWidgetItem(f"{_ON_THE_BOARD} {words}" if on_board else words)
            item.setSizeHint(self._cell)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            spoken = self.tr("{0}, on the board").format(words) if on_board else words
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
            if take.file == looked_at:
                self.setCurrentRow(number - 1)
        self._fill_icons()
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the take on the board."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pin()
            return
        super().keyPressEvent(event)

    def _fill_icons(self) -> None:
        if self._document is None:
            return
        for row, take in enumerate(self._takes):
            item = self.item(row)
            if item is None or not item.icon().isNull():
                continue
            size = _SIZE * self.devicePixelRatioF()
            picture = self._thumbnails.picture(self._document.picture(take), size)
            if picture is not None and not picture.isNull():
                icon = QIcon(picture)
                icon.addPixmap(picture, QIcon.Mode.Selected)  # else the style tints it
                item.setIcon(icon)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._takes):
            self.chosen.emit(self._takes[row].file)

    def _pin(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._takes):
            self.pinned.emit(self._takes[row].file)
