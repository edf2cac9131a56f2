"""A character's reference pictures: dropped, pasted or chosen, and taken away again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.pictures.picture_drop import pictures_in

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent

__all__ = ["ReferencesView"]

_SIZE = QSize(84, 84)


class ReferencesView(QListWidget):
    """`files_dropped` carries paths, `picture_pasted` encoded bytes, `removed` a name."""

    files_dropped = Signal(list)
    picture_pasted = Signal(bytes)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reference pictures"))
        self.setToolTip(self.tr("Drop pictures here, or paste one"))
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(_SIZE)
        self.viewport().setAcceptDrops(True)  # after the movement, which takes it away
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_SIZE.height() + 30)

    @property
    def chosen(self) -> str:
        """The name of the selected picture; empty where none is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_pictures(self, pictures: list[tuple[str, bytes]]) -> None:
        """Show pictures by name."""
        self.clear()
        for number, (name, data) in enumerate(pictures, 1):
            image = QImage.fromData(data).scaled(
                _SIZE * self.devicePixelRatioF(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            item = QListWidgetItem(QIcon(QPixmap.fromImage(image)), "")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, self.tr("Reference picture {0}").format(number)
            )
            self.addItem(item)

    def paste(self) -> bool:
        """Take a picture or files from the clipboard; False where it holds neither."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, and remove the selected picture."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.removed.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and pictures."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData | None) -> bool:
        pictures = pictures_in(data)
        files = [str(each) for each in pictures if isinstance(each, Path)]
        if files:
            self.files_dropped.emit(files)
        elif pictures:
            self.picture_pasted.emit(pictures[0])
        return bool(pictures)
