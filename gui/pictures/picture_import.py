"""Imports a user's own pictures: reads them on a thread and makes them takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from gui.document.document import Document
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.values.editing import changed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


__all__ = ["PictureImport"]


@dataclass(frozen=True, slots=True)
class _Done:
    """The result of an import; `file` is empty where it failed, and `words` say why."""

    document: Document
    key: str
    before: str
    file: str
    words: str
    cut: float = 0.0


class _Signals(QObject):
    done = Signal(object)


class _Import(QRunnable):
    def __init__(
        self,
        document: Document,
        key: str,
        picture: Path | bytes,
        name: str,
        parent: str,
        signals: _Signals,
    ) -> None:
        super().__init__()
        self._document, self._key, self._picture = document, key, picture
        self._parent = parent
        self._name, self._signals = name, signals

    def run(self) -> None:
        from storyboard.project.own_picture import add_own_picture, read_own_picture

        panel = self._document.panel(self._key)
        shown = panel.shown if panel is not None else None
        before = shown.file if shown is not None else ""
        try:
            own = read_own_picture(self._picture, self._document.board.aspect, self._name)
            take = add_own_picture(self._document, self._key, own, self._parent)
        except StoryboardError as error:
            done = _Done(self._document, self._key, before, "", error_words(error))
        else:
            done = _Done(self._document, self._key, before, take.file, own.name, own.cut)
        self._signals.done.emit(done)


class PictureImport(QObject):
    """Turns pictures into takes, one after another.

    `imported` carries the panel's key, the take's file, and what was done in words; `failed` why
    one was refused.
    """

    imported = Signal(str, str, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._signals = _Signals(self)
        self._signals.done.connect(self._show)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def add(
        self,
        document: Document,
        key: str,
        pictures: Sequence[Path | bytes],
        name: str = "",
        parent: str = "",
    ) -> None:
        """Make takes of a panel from files, or encoded pictures.

        Args:
            document: The open project.
            key: The panel's key.
            pictures: Each becomes a take; the last one is shown.
            name: What messages call them; the files' names if empty.
            parent: File name of the take that they were made from, where they were.
        """
        self._document = document
        for picture in pictures:
            self._pool.start(_Import(document, key, picture, name, parent, self._signals))

    def close(self) -> None:
        """Finish importing, because the document is about to be closed."""
        self._pool.waitForDone()
        self._document = None

    def _show(self, done: _Done) -> None:
        document = done.document
        if document is not self._document:
            return  # it was closed meanwhile; the take is on its board all the same
        if not done.file:
            self.failed.emit(done.words)
            return
        document.refresh()
        panel = document.panel(done.key)
        if panel is None:
            return
        if done.before:
            # Undo must show again what was shown before, and not the newest, which is this one.
            if not panel.pinned:
                document.go_to(changed(document.board, replace(panel, pinned=done.before)))
            shown = changed(document.board, replace(panel, pinned=done.file))
            document.edit(self.tr("Add picture"), shown)
        text = self.tr("{0} is a take of this panel now.").format(done.words)
        if done.cut >= 0.005:
            more = self.tr(
                "It fills the frame, {0} % of it are cut off; the whole picture is kept in the "
                "board's folder."
            )
            text = f"{text} {more.format(round(100 * done.cut))}"
        self.imported.emit(done.key, done.file, text)
