"""Small pictures for the board: read when they are seen, in threads, and only so many are kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Thumbnails", "read_scaled"]

_BYTES = 96 * 1024 * 1024
_THREADS = 2


def read_scaled(path: str, size: QSize) -> QImage:
    """Read a picture no larger than `size`, in its own shape; a null image where it cannot be."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    full = reader.size()
    if not full.isValid() or full.width() * full.height() > bounds.PICTURE_PIXELS:
        return QImage()
    if full.width() > size.width() or full.height() > size.height():
        reader.setScaledSize(full.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class _Signals(QObject):
    read = Signal(str, QImage)


class _Reading(QRunnable):
    def __init__(self, key: str, path: str, size: QSize, signals: _Signals) -> None:
        super().__init__()
        self._key, self._path, self._size, self._signals = key, path, size, signals

    def run(self) -> None:
        self._signals.read.emit(self._key, read_scaled(self._path, self._size))


class Thumbnails(QObject):
    """Pictures of takes by file, at most 96 MB of them; `ready` says that more have come.

    A take's file is never overwritten, so its path is all there is to know.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._signals = _Signals(self)
        self._signals.read.connect(self._keep)
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._last: dict[str, str] = {}  # by file, the size that was kept last
        self._bytes = 0

    @property
    def used_bytes(self) -> int:
        """Memory of the pictures that are kept."""
        return self._bytes

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for is here."""
        return not self._asked

    def picture(self, path: Path, size: QSize) -> QPixmap | None:
        """The picture if it is here; else None or one of another size, and it is being fetched."""
        key = f"{size.width()}x{size.height()} {path}"
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        if key not in self._asked:
            self._asked.add(key)
            self._pool.start(_Reading(key, str(path), size, self._signals))
        return self._kept.get(self._last.get(str(path), ""))

    def clear(self) -> None:
        """Forget all pictures, for another project."""
        self._pool.clear()
        self._pool.waitForDone()
        self._kept.clear()
        self._asked.clear()
        self._last.clear()
        self._bytes = 0

    def _keep(self, key: str, image: QImage) -> None:
        if key not in self._asked:
            return  # of a project that was closed meanwhile
        self._asked.discard(key)
        pixmap = QPixmap.fromImage(image)
        self._kept[key] = pixmap
        self._last[key.partition(" ")[2]] = key
        self._bytes += _size(pixmap)
        while self._bytes > _BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= _size(old)
        self.ready.emit()


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
