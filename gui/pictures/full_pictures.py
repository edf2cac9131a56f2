"""Pictures at their full size, the last few of which are kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from gui.pictures.thumbnails import read_scaled

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FullPictures"]

_KEPT = 6  # two takes of the panel, and of its neighbours
_LARGEST = QSize(8192, 8192)  # pixels; textures of graphics cards end here


class FullPictures:
    """Reads pictures of takes, whose files are never overwritten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self.none = QPixmap()

    def of(self, path: Path) -> QPixmap:
        """The picture; null where it cannot be read."""
        key = str(path)
        pixmap = self._kept.get(key)
        if pixmap is None:
            pixmap = QPixmap.fromImage(read_scaled(key, _LARGEST))
            if pixmap.isNull():
                return pixmap  # it may come back
            self._kept[key] = pixmap
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return pixmap

    def clear(self) -> None:
        """Forget all of them, for another project."""
        self._kept.clear()
