"""Opens takes in another program; each picture that is saved there becomes a new take."""

from __future__ import annotations

import hashlib
import os
import shlex
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QProcess, QSettings, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.files import atomic
from storyboard.project.edited_copies import EDITED, CopyState, EditedCopies
from storyboard.project.folder import make_folder

if TYPE_CHECKING:
    from gui.document.document import Document
    from storyboard.values.board import Take

__all__ = ["ExternalEditor"]

_SETTING = "viewer/editor"
_CALM = 500  # milliseconds in which a file that is still being written changes again


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file that another program may change.

    Attributes:
        key: The panel that it is a picture of.
        stamp: Time and size when it was looked at last.
        digest: SHA-256 of what was taken back last, or at first of the copy.
        is_calm: Whether what it held at that time has been compared with that.
    """

    key: str
    stamp: tuple[int, int]
    digest: str
    is_calm: bool = True


class ExternalEditor(QObject):
    """Opens copies in the project's ``edited`` folder, and watches them until the project closes.

    A program may write a file in place, or put a new one in its place; either is seen. What was
    saved while the project was closed is taken back when it is opened again. `came_back` carries
    the panel's key and the file, once it is not written to any more.
    """

    came_back = Signal(str, object)
    problem = Signal(str)

    def __init__(self, store: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._copies: dict[Path, _Copy] = {}
        self._known: EditedCopies | None = None
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._wait)
        self._watcher.directoryChanged.connect(self._wait)

    @property
    def command(self) -> str:
        """The program with its options; empty for the one that the system opens pictures with."""
        return str(self._store.value(_SETTING, "") or "")

    @command.setter
    def command(self, command: str) -> None:
        self._store.setValue(_SETTING, command.strip())

    def watch(self, document: Document) -> None:
        """Watch the copies of takes that an open project has."""
        known = self._known = EditedCopies(document.folder)
        for path, key in known.of_board(document.board).items():
            state = known.state(path)
            if state is None:  # nobody knows since when it is as it is
                self._copies[path] = _Copy(key, _stamp(path), _digest(path))
                self._remember(path)
            else:
                stamp = (state.changed_ns, state.size)
                self._copies[path] = _Copy(key, stamp, state.digest)
        if self._copies:
            folder = document.folder / EDITED
            self._watcher.addPaths([str(folder), *map(str, self._copies)])
            self._wait()

    def open(self, document: Document, key: str, take: Take) -> bool:
        """Open a copy of a take; False where that cannot be, and `problem` says why.

        Args:
            document: The open project.
            key: The panel, whose new take the picture becomes.
            take: Whose picture.
        """
        try:
            path = self._copy(document, take)
        except OSError as error:
            self.problem.emit(f"{document.picture(take)}: {atomic.describe(error)}")
            return False
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            return False
        self._copies[path] = _Copy(key, _stamp(path), _digest(path))
        self._remember(path)
        self._watcher.addPaths([str(path.parent), str(path)])
        if self._start(path):
            return True
        text = self.tr("{0} could not be opened: choose another program to edit pictures with.")
        self.problem.emit(text.format(self.command or path.name))
        return False

    def close(self) -> None:
        """Stop watching."""
        self._calm.stop()
        self._copies.clear()
        self._known = None
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _copy(self, document: Document, take: Take) -> Path:
        data = document.picture(take).read_bytes()
        folder = document.folder / EDITED
        if folder.is_symlink():
            raise OSError(0, self.tr("{0} is a link").format(folder))
        make_folder(folder)
        stem, number = Path(take.file).stem, 1
        path = folder / f"{stem}.png"
        while path.exists() or path.is_symlink():  # somebody's work of another day
            number += 1
            path = folder / f"{stem}-{number}.png"
        atomic.write_bytes(path, data)
        return path

    def _start(self, path: Path) -> bool:
        if not self.command:
            return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        try:
            words = shlex.split(self.command, posix=os.name != "nt")
        except ValueError:  # a quote that is never closed
            return False
        started = QProcess.startDetached(words[0], [*words[1:], str(path)])
        return bool(started[0] if isinstance(started, tuple) else started)

    def _wait(self) -> None:
        self._calm.start()  # anew with every change

    def _look(self) -> None:
        """Take back what has changed and come to rest; look again at what has not."""
        restless = False
        for path, copy in list(self._copies.items()):
            if not path.is_file() or path.is_symlink():
                continue  # between the old file and the new one, or gone
            if str(path) not in self._watcher.files():
                self._watcher.addPath(str(path))  # a new file has taken the place of the old one
            stamp = _stamp(path)
            if stamp != copy.stamp:
                self._copies[path] = replace(copy, stamp=stamp, is_calm=False)
                restless = True
                continue
            if copy.is_calm:
                continue
            digest = _digest(path)
            self._copies[path] = replace(copy, digest=digest or copy.digest, is_calm=True)
            if digest and digest != copy.digest:
                self.came_back.emit(copy.key, path)
            self._remember(path)
        if restless:
            self._calm.start()

    def _remember(self, path: Path) -> None:
        copy = self._copies[path]
        if self._known is not None and copy.digest:
            with suppress(StoryboardError):  # the document says that the disk refuses
                self._known.remember(path, CopyState(copy.digest, *copy.stamp))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
