"""What the middle of the window says while the board has no panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.look.theme import make_primary
from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

__all__ = ["EmptyBoard"]

_WIDTH = 360


class EmptyBoard(QWidget):
    """Says what to do first, with the buttons for it."""

    def __init__(self, plan: QAction, example: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = PlainLabel(self.tr("A board begins with a story"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        text = PlainLabel(
            self.tr(
                "Write or paste it on the left, or drop a text file, and press Plan: the shots "
                "appear here at once. Then draw them."
            )
        )
        text.setWordWrap(True)
        text.setFixedWidth(_WIDTH)
        text.setMinimumHeight(text.heightForWidth(_WIDTH))  # which aligned labels do not ask for
        self._buttons = []
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(8)
        for action in (plan, example):
            button = QPushButton(action.text())
            button.clicked.connect(action.trigger)
            button.setMinimumWidth(220)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)
        make_primary(self._buttons[0])
        column.addStretch(3)
