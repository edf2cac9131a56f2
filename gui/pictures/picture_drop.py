"""Pictures that are dropped or pasted: files, or a picture out of another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, QPoint, Signal
from PySide6.QtGui import QDropEvent, QImage, QPixmap

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

__all__ = ["PictureDrop", "pictures_in"]


class PictureDrop(QObject):
    """Lets pictures be dropped on a widget.

    `dropped` carries them, as `pictures_in` gives them, and the place in the widget.
    """

    dropped = Signal(list, QPoint)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drops that hold pictures, and leave every other event to the widget."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        if not _holds_pictures(event.mimeData()):
            return False
        if event.type() == QEvent.Type.Drop:
            pictures = pictures_in(event.mimeData())
            if pictures:
                self.dropped.emit(pictures, event.position().toPoint())
        event.acceptProposedAction()
        return True


def pictures_in(data: QMimeData | None) -> list[Path | bytes]:
    """The files on this machine, or else the picture, encoded; empty where there is neither."""
    if data is None:
        return []
    files: list[Path | bytes] = [*_files(data)]
    if files or not data.hasImage():
        return files
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QPixmap.fromImage(QImage(data.imageData()))
    return [bytes(array.data())] if picture.save(buffer, "PNG") else []


def _holds_pictures(data: QMimeData) -> bool:
    """Whether one may be among them: what the window imports is left to the window."""
    from storyboard.planning.pictures_in import PICTURES

    files = _files(data)
    return any(each.suffix.lower() in ("", *PICTURES) for each in files) or (
        data.hasImage() and not files
    )


def _files(data: QMimeData) -> list[Path]:
    return [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
