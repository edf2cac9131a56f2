"""One picture, or two to compare, which zoom and move together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from gui.viewer.drawing_view import DrawingView

if TYPE_CHECKING:
    from gui.viewer.guides import Guides
    from gui.viewer.tools import Pencil, Tool

__all__ = ["BESIDE", "WIPE", "Stage"]

BESIDE, WIPE = "beside", "wipe"
"""Ways to compare two takes."""

_FINE = 1000  # steps of the wipe


class Stage(QWidget):
    """Shows a take, alone or beside another; `looked` says that another part is in view."""

    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.second = DrawingView(), DrawingView()
        self.view.setAccessibleName(self.tr("Picture"))
        self.second.setAccessibleName(self.tr("Picture to compare with"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Wipe"))
        self.slider.setRange(0, _FINE)
        self.slider.setValue(_FINE // 2)
        self.slider.valueChanged.connect(self._wipe_to)
        self.view.looked.connect(self._second_follows)
        self.second.looked.connect(self._first_follows)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.view, 1)
        row.addWidget(self.second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row, 1)
        column.addWidget(self.slider)
        self._comparison, self._other = "", QPixmap()
        self.compare("")

    @property
    def views(self) -> tuple[DrawingView, DrawingView]:
        """The picture, and the one that it is compared with."""
        return self.view, self.second

    @property
    def active(self) -> DrawingView:
        """The view that keys are meant for."""
        focused = QApplication.focusWidget()
        on_second = focused is self.second or (
            focused is not None and self.second.isAncestorOf(focused)
        )
        return self.second if on_second else self.view

    def show_pictures(self, picture: QPixmap, other: QPixmap, aspect: float, words: str) -> None:
        """Show a take, and the one that it may be compared with.

        Args:
            picture: Null where there is none.
            other: Likewise.
            aspect: Width over height of a frame without a picture.
            words: What stands in it.
        """
        self._other = other
        self.view.show_picture(picture, aspect, words)
        self.second.show_picture(other, aspect, self.tr("no other take"))
        self.compare(self._comparison)

    def compare(self, comparison: str) -> None:
        """Compare two takes: `BESIDE`, `WIPE`, or not at all."""
        self._comparison = comparison
        self.second.setVisible(comparison == BESIDE)
        self.slider.setVisible(comparison == WIPE)
        self.view.wipe.show_other(self._other if comparison == WIPE else None)
        self._second_follows()

    def show_guides(self, guides: Guides) -> None:
        """Show guides over both."""
        for each in self.views:
            each.show_guides(guides)

    def take_tool(self, tool: Tool) -> None:
        """Draw with another tool."""
        for each in self.views:
            each.tool = tool

    def take_pencil(self, pencil: Pencil) -> None:
        """Draw in another way; marks that are selected change to it."""
        for each in self.views:
            each.pencil = pencil
        self.active.recolour()

    def finish(self) -> None:
        """Keep a note that is being written."""
        for each in self.views:
            each.note.finish()

    def _wipe_to(self, place: int) -> None:
        self.view.wipe.move_to(place / _FINE)

    def _second_follows(self) -> None:
        if self._comparison == BESIDE:
            self.second.follow(self.view.look)
        self.looked.emit()

    def _first_follows(self) -> None:
        if self._comparison == BESIDE:
            self.view.follow(self.second.look)
            self.looked.emit()
