"""The bar below the picture: what is to change in it, in words, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.widgets.plain_label import PlainLabel
from storyboard.values import bounds

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

__all__ = ["EVERYWHERE", "RECTANGLE", "STROKES", "EditBar"]

EVERYWHERE, RECTANGLE, STROKES = "everywhere", "rectangle", "strokes"
"""Where a picture may change."""


class EditBar(QWidget):
    """`wanted` says that the picture is to be changed, `cancelled` that it is not after all.

    `place_chosen` says that another place was chosen, `left` that the keyboard is done here.
    """

    wanted = Signal()
    cancelled = Signal()
    place_chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instruction = QLineEdit()
        self.instruction.setMaxLength(bounds.INSTRUCTION)
        self.instruction.setAccessibleName(self.tr("What is to change in the picture"))
        self.instruction.setPlaceholderText(
            self.tr("What is to change in the picture, such as: make it night")
        )
        self.places = QComboBox()
        self.places.setAccessibleName(self.tr("Where the picture may change"))
        self.places.setToolTip(
            self.tr("Draw a rectangle (R), or go around something with the pen (P)")
        )
        self.places.addItem(self.tr("Everywhere"), EVERYWHERE)
        self.places.addItem(self.tr("In the rectangle"), RECTANGLE)
        self.places.addItem(self.tr("Inside the strokes"), STROKES)
        self.edit = QPushButton(self.tr("Edit"))
        self.edit.setToolTip(
            self.tr("Change the picture with a model that edits; the take stays, the result is new")
        )
        self.cancel = QPushButton(self.tr("Cancel"))
        self.progress = PlainLabel()
        self.progress.setAccessibleName(self.tr("Progress of the edit"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.addWidget(self.instruction, 1)
        for each in (self.places, self.edit, self.progress, self.cancel):
            row.addWidget(each)
        self.instruction.returnPressed.connect(self._ask)
        self.instruction.textChanged.connect(self._enable)
        self.edit.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.cancelled)
        self.places.activated.connect(self.place_chosen)
        self._has_picture = False
        self.show_progress(None)

    @property
    def place(self) -> str:
        """Where the picture may change: one of those above."""
        return str(self.places.currentData())

    def choose(self, place: str) -> None:
        """Change the picture at another place."""
        self.places.setCurrentIndex(self.places.findData(place))

    def show_picture(self, has_picture: bool) -> None:
        """Say whether there is a picture that could be changed."""
        self._has_picture = has_picture
        self._enable()

    def show_progress(self, text: str | None) -> None:
        """Show how far an edit of this panel is; None where there is none."""
        self.progress.setText(text or "")
        self.cancel.setVisible(text is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep keys of the field from the picture; Escape goes back to it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def _enable(self) -> None:
        self.edit.setEnabled(self._has_picture and bool(self.instruction.text().strip()))

    def _ask(self) -> None:
        if self.edit.isEnabled():
            self.wanted.emit()
