"""Watches the file that a board's story came from, which another program may save."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from pathlib import Path

    from gui.document.document import Document
    from storyboard.project.story_file import StoryFile
    from storyboard.story.source import Source

__all__ = ["StoryWatch"]

_CALM = 500  # milliseconds in which a file that is still being written changes again


class StoryWatch(QObject):
    """Tells by `saved`, which carries the story, once the file has come to rest.

    An editor may write the file in place, or put a new one in its place; either is seen. What was
    saved while the board was closed is told when it is opened. Each state is told once.
    """

    saved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._file: StoryFile | None = None
        self._told = ""
        self._stamp = (0, 0)
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._wait)
        self._watcher.directoryChanged.connect(self._wait)

    def show_document(self, document: Document | None) -> None:
        """Watch the file of another board, or of none."""
        self._close()
        self._document = document
        if document is not None:
            self._begin(document)

    def take(self, source: Source) -> None:
        """The board has this story now, and follows the file that it came from."""
        if self._document is None or source.path is None:
            return
        document = self._document
        self._close()
        self._document = document
        self._begin(document, source)

    @property
    def _path(self) -> Path | None:
        return self._file.path if self._file else None

    def _begin(self, document: Document, source: Source | None = None) -> None:
        from storyboard.project.story_file import StoryFile

        self._file = StoryFile(document.folder)
        if source is not None:
            with suppress(StoryboardError):  # the document says that the disk refuses
                self._file.remember(source)
        if self._path is not None and self._path.parent.is_dir():
            self._watcher.addPaths([str(self._path.parent), str(self._path)])
            self._wait()

    def _close(self) -> None:
        self._calm.stop()
        self._document = self._file = None
        self._told, self._stamp = "", (0, 0)
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)

    def _wait(self) -> None:
        """Look soon; a folder in which much is saved does not put that off for ever."""
        if not self._calm.isActive():
            self._calm.start()

    def _look(self) -> None:
        """Read the file when it has come to rest; look again at one that has not."""
        path, document, file = self._path, self._document, self._file
        if path is None or document is None or file is None or not path.is_file():
            return  # between the old file and the new one, or gone
        if str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))  # a new file has taken the place of the old one
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            self._stamp = stamp
            self._wait()
            return
        from storyboard.story.source import read_source

        try:
            source = read_source(str(path), io.BytesIO()).of_scenes(file.scenes)
        except StoryboardError:
            return  # no story at the moment: whoever writes it sees that
        known = (self._told, document.board.story)
        if source.text not in known and not source.is_shot_list and file.has_changed(source.text):
            self._told = source.text
            self.saved.emit(source)
