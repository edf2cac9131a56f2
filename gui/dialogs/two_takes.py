"""Two pictures of a panel side by side, each with a line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TwoTakes"]

_SIZE = QSize(420, 240)
"""Pixels that each picture has room for."""


class TwoTakes(QWidget):
    """Places 0 and 1, from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = (PlainLabel(), PlainLabel())
        self.captions = (PlainLabel(), PlainLabel())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, (picture, caption) in enumerate(zip(self.pictures, self.captions, strict=True)):
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setMinimumHeight(_SIZE.height())
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(picture, 0, column)
            grid.addWidget(caption, 1, column)

    def show_take(self, place: int, file: Path, caption: str) -> None:
        """Show a picture; the place to its right is empty until it is shown too."""
        reader = QImageReader(str(file))
        reader.setScaledSize(reader.size().scaled(_SIZE, Qt.AspectRatioMode.KeepAspectRatio))
        self.pictures[place].setPixmap(QPixmap.fromImage(reader.read()))
        self.captions[place].setText(caption)
        self.pictures[place].setAccessibleName(caption)
        if not place:
            self.pictures[1].clear()
            self.captions[1].clear()
