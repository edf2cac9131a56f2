"""The frame of the main window: all of it that is there before anything else is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings, QSize, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QToolBar, QVBoxLayout, QWidget

from gui.docks.frames import Docks
from gui.docks.story import StoryView

if TYPE_CHECKING:
    from gui.document.document import Document

__all__ = ["WindowFrame"]

_BAR = 42  # pixels that the speed bar takes once it is there
_USUAL, _FRAME = QSize(1280, 800), QSize(0, 36)  # of a first window, and of what is around it


class WindowFrame(QMainWindow):
    """A main window with its empty docks, an empty middle, and the story, which can be written.

    `flushing` asks whoever holds unfinished typing to put it into the document.

    Args:
        store: Where the window's place on the screen is kept.
    """

    flushing = Signal()

    def __init__(self, store: QSettings) -> None:
        super().__init__()
        self.document: Document | None = None
        self.store = store
        self.setObjectName("storyboard")
        self.bar: QToolBar = self.addToolBar(QCoreApplication.translate("MainWindow", "Speed"))
        self.bar.setObjectName("speed")
        self.bar.setMovable(False)
        self.bar.setFloatable(False)
        self.bar.setMinimumHeight(_BAR)
        self.setUnifiedTitleAndToolBarOnMac(True)
        centre = QWidget()
        self.column = QVBoxLayout(centre)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setCentralWidget(centre)
        self.docks = Docks(self)
        self.story = StoryView()
        self.docks.story.setWidget(self.story)
        self.flushing.connect(self.story.flush)
        self.show_title()
        self.resize(_USUAL.boundedTo(self.screen().availableSize() - _FRAME))
        geometry, state = store.value("geometry"), store.value("state")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.docks.take_usual_sizes()
        elif isinstance(state, QByteArray):
            self.restoreState(state)

    def show_document(self, document: Document | None) -> None:
        """Be the window of another document, or of none."""
        self.document = document
        self.show_title()

    def show_title(self) -> None:
        """Follow the title of the board."""
        document = self.document
        name = QCoreApplication.translate("MainWindow", "Storyboard")
        self.setWindowTitle(document.board.title if document else name)
        self.setWindowFilePath(str(document.folder) if document else "")

    def flush(self) -> None:
        """Put what is being typed into the document, and on the disk."""
        self.flushing.emit()
        if self.document is not None:
            self.document.write()

    def finish_typing(self) -> None:
        """Put into the document what is being typed, wherever that is."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a cell of a table is taken when its editor is left
        self.flush()

    def set_full_screen(self, on: bool) -> None:
        """Take the whole screen, or go back to what the window was before."""
        if on != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def keep_geometry(self) -> None:
        """Keep where the window and its docks are, for the next start."""
        self.store.setValue("geometry", self.saveGeometry())
        self.store.setValue("state", self.saveState())
        self.store.sync()
