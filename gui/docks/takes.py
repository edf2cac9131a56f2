"""The takes of a panel side by side; one of them is pinned, or the newest is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.plain_label import PlainLabel, plain_tip
from gui.words.number_text import decimal
from gui.words.shot_words import agreement_numbers, agreement_words, rescue_words
from storyboard.values.board import OWN

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from storyboard.values.board import Panel, Take

__all__ = ["TakesView"]

_SIZE = QSize(132, 76)
_COUNTS = (2, 4, 8)


class TakesView(QWidget):
    """`pinned` carries the file of the take to show, or "" for the newest.

    `best_of_wanted` carries how many takes are to be drawn, of which the best is shown.
    """

    pinned = Signal(str)
    best_of_wanted = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._document: Document | None = None
        self._panel: Panel | None = None
        self.list = _Takes()
        self.list.setAccessibleName(self.tr("Takes"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setFlow(QListWidget.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(_SIZE)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = 2 * self.fontMetrics().lineSpacing()
        self._cell = QSize(_SIZE.width() + 12, _SIZE.height() + lines + 10)
        self.list.setSpacing(2)
        self.list.setFixedHeight(self._cell.height() + 24)
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemDoubleClicked.connect(self._pin)
        self.pin = QPushButton(self.tr("Pin this take"))
        self.pin.clicked.connect(self._pin)
        self.newest = QPushButton(self.tr("Show the newest"))
        self.newest.clicked.connect(self._unpin)
        self._none = PlainLabel(self.tr("No take yet."))
        self.note = PlainLabel()
        self.note.setAccessibleDescription(self.tr("About this take"))
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.best_of = QPushButton(self.tr("Best of\u2026"))
        self.best_of.setToolTip(
            self.tr(
                "Draw so many takes, each with a seed of its own, keep them all, and show the one "
                "that is best by likeness and prompt together"
            )
        )
        counts = QMenu(self.best_of)
        for count in _COUNTS:
            counts.addAction(str(count)).setData(count)
        counts.triggered.connect(self._want_best_of)
        self.best_of.setMenu(counts)
        self.reroll = QPushButton(self.tr("Re-roll"))
        self.reroll.setToolTip(self.tr("Draw this panel again with another seed"))
        buttons = QGridLayout()
        for place, button in enumerate((self.pin, self.newest, self.reroll, self.best_of)):
            buttons.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self.list)
        column.addWidget(self.note)
        column.addLayout(buttons)
        thumbnails.ready.connect(self._fill_icons)

    def show_panel(self, document: Document | None, panel: Panel | None) -> None:
        """Show the takes of a panel."""
        same = self._panel is not None and panel is not None and self._panel.key == panel.key
        row = self.list.currentRow() if same else -1
        changed = self._panel is None or panel is None or self._panel.takes != panel.takes
        shown_before = self._panel.shown if self._panel else None
        stays = same and not changed and shown_before == (panel.shown if panel else None)
        repinned = not same or changed or self._panel != panel
        self._document, self._panel = document, panel
        if repinned:
            self._fill(row if stays else -1)
        else:
            self._choose(row)  # what is usual on the board may have changed
        takes = panel.takes if panel else ()
        for widget in (self.list, self.note, self.pin, self.newest):
            widget.setVisible(bool(takes))
        self._none.setVisible(not takes)
        self.newest.setEnabled(bool(panel and panel.pinned))

    def _fill(self, row: int) -> None:
        self.list.clear()
        if self._panel is None:
            return
        shown = self._panel.shown
        for number, take in enumerate(self._panel.takes, 1):
            name = self.tr("take {0}").format(number)
            if take.file == self._panel.pinned:
                name += " " + self.tr("(pinned)")
            seconds = self.tr("{0} s").format(decimal(take.seconds, 1))
            how = self.tr("own picture") if take.mode == OWN else f"{take.mode}, {seconds}"
            text = f"{name}\n{how}"
            item = QListWidgetItem(text)
            told = filter(None, (self._about(take), _numbers(take)))
            item.setToolTip(plain_tip("\n".join(told)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setSizeHint(self._cell)  # known before the picture is, so that none covers another
            self.list.addItem(item)
            if take == shown and row < 0:
                row = number - 1
        self.list.setCurrentRow(row)
        self._fill_icons()

    def _fill_icons(self) -> None:
        if self._panel is None or self._document is None:
            return
        for row, take in enumerate(self._panel.takes):
            item = self.list.item(row)
            if item is None or not item.icon().isNull():
                continue
            size = _SIZE * self.devicePixelRatioF()
            picture = self._thumbnails.picture(self._document.picture(take), size)
            if picture is not None and not picture.isNull():
                icon = QIcon(picture)
                icon.addPixmap(picture, QIcon.Mode.Selected)  # else the style tints it
                item.setIcon(icon)

    def _choose(self, row: int) -> None:
        takes = self._panel.takes if self._panel is not None else ()
        self.pin.setEnabled(row >= 0)
        take = takes[row] if 0 <= row < len(takes) else None
        self.note.setText(self._about(take) if take else "")
        self.note.setToolTip(plain_tip(_numbers(take)) if take else "")

    def _pin(self) -> None:
        row = self.list.currentRow()
        if self._panel is not None and 0 <= row < len(self._panel.takes):
            self.pinned.emit(self._panel.takes[row].file)

    def _unpin(self) -> None:
        self.pinned.emit("")

    def _want_best_of(self, action: QAction) -> None:
        self.best_of_wanted.emit(action.data())

    def _about(self, take: Take) -> str:
        """The seed, and what is known of the picture itself."""
        if take.mode == OWN:
            return ""  # it has a seed only for the record
        parts = [self.tr("seed {0}").format(take.seed)]
        if take.agreement is not None and self._document is not None:
            parts.append(agreement_words(take.agreement, self._document.board))
        if take.rescue is not None:
            parts.append(rescue_words(take.rescue))
        return "; ".join(each for each in parts if each)


def _numbers(take: Take) -> str:
    """What the words about likeness rest on; it means something only beside other panels."""
    return agreement_numbers(take.agreement) if take.agreement is not None else ""


class _Takes(QListWidget):
    """Keeps the current take in sight when the dock gets wider or narrower."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())
