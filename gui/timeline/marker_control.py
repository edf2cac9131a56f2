"""What is done with markers: each a step of undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.terminal import one_line
from storyboard.values import bounds
from storyboard.values.marker import Marker
from storyboard.values.markers import with_marker, without_marker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.document.document import Document
    from gui.timeline.marker_row import MarkerRow

__all__ = ["MarkerControl"]


class MarkerControl(QObject):
    """Edits the markers of a board; `problem` says why one cannot be set.

    Args:
        row: Where they are seen.
        window: Above which their names are asked for.
    """

    problem = Signal(str)

    def __init__(self, row: MarkerRow, window: QWidget) -> None:
        super().__init__(window)
        self._row, self._window = row, window
        self._document: Document | None = None
        self.dialog: QInputDialog | None = None
        row.moved.connect(self.move)
        row.name_wanted.connect(self.ask_name)
        row.removed.connect(self.remove)

    def show_document(self, document: Document | None) -> None:
        """Work on another document, or on none."""
        if self.dialog is not None:
            self.dialog.reject()
        self._document = document

    def add(self, seconds: float, *, ask: bool) -> None:
        """Set a marker; one that stands there already is meant.

        Args:
            seconds: Where.
            ask: Whether to ask for its name.
        """
        document = self._document
        if document is None or not document.board.panels:
            return
        seconds = round(seconds, 3)
        there = [each for each in document.board.markers if each.seconds == seconds]
        marker = there[0] if there else Marker(seconds)
        if not there and not self._edit(self.tr("Add marker"), marker):
            return
        self._row.choose(marker)
        if ask:
            self.ask_name(marker)

    def move(self, marker: Marker, seconds: float, drag: int) -> None:
        """Let a marker stand elsewhere; a drag is one step."""
        moved = replace(marker, seconds=seconds)
        if self._edit(self.tr("Move marker"), moved, marker, f"marker {drag}"):
            self._row.choose(moved)

    def ask_name(self, marker: Marker) -> None:
        """Ask what a marker shall be called."""
        self.dialog = dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Marker"))
        dialog.setLabelText(self.tr("Name of the marker:"))
        dialog.setTextValue(marker.name)
        dialog.textValueSelected.connect(lambda name: self._name(marker, name))
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def remove(self, marker: Marker) -> None:
        """Take a marker away; undo brings it back."""
        document = self._document
        if document is not None:
            document.edit(self.tr("Delete marker"), without_marker(document.board, marker))

    def _name(self, marker: Marker, name: str) -> None:
        named = replace(marker, name=one_line(name, bounds.NAME).strip())
        if self._edit(self.tr("Name marker"), named, marker):
            self._row.choose(named)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _edit(
        self, name: str, marker: Marker, instead: Marker | None = None, merge: str = ""
    ) -> bool:
        document = self._document
        if document is None or (instead is not None and instead not in document.board.markers):
            return False
        try:
            board = with_marker(document.board, marker, instead)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            return False
        return document.edit(name, board, merge)
