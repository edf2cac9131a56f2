"""Annotations of the takes of the open project, with undo; every edit is on disk at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.project.annotation_folder import AnnotationFolder

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QUndoStack

    from storyboard.values.annotations import Mark
    from storyboard.values.board import Take

__all__ = ["AnnotatedTakes", "AnnotationCommand"]

_RETRY = 4000  # milliseconds until what could not be written is tried again


class AnnotationCommand(QUndoCommand):
    """One step of undo: the marks of a take before and after."""

    def __init__(
        self,
        takes: AnnotatedTakes,
        text: str,
        take: Take,
        before: tuple[Mark, ...],
        after: tuple[Mark, ...],
    ) -> None:
        super().__init__(text)
        self._takes, self._take, self._before, self._after = takes, take, before, after

    def redo(self) -> None:
        """Go to the marks after the edit."""
        self._takes.go_to(self._take, self._after)

    def undo(self) -> None:
        """Go to the marks before the edit."""
        self._takes.go_to(self._take, self._before)


class AnnotatedTakes(QObject):
    """Reads what is asked for, keeps it, and writes every edit.

    `changed` carries the file name of a take. When the disk refuses, the marks stay in the window,
    `problem` says so, and writing is tried again until it succeeds.
    """

    changed = Signal(str)
    problem = Signal(str)
    saved = Signal()

    def __init__(self, project: Path, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = AnnotationFolder(project)
        self._stack = stack
        self._on_disk = set(self._folder.takes())
        self._known: dict[str, tuple[Mark, ...]] = {}
        self._unsaved: set[str] = set()
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY)
        self._retry.timeout.connect(self.write)

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds what the window shows."""
        return not self._unsaved

    def of(self, take: Take) -> tuple[Mark, ...]:
        """The marks of a take, from the lowest to the topmost."""
        known = self._known.get(take.file)
        if known is None:
            known = self._read(take) if take.file in self._on_disk else ()
            self._known[take.file] = known
        return known

    def edit(self, text: str, take: Take, marks: tuple[Mark, ...]) -> None:
        """Change the marks of a take, undoably.

        Args:
            text: What the Edit menu calls it.
            take: The take.
            marks: All of its marks, as they should be.
        """
        before = self.of(take)
        if marks != before:
            self._stack.push(AnnotationCommand(self, text, take, before, marks))

    def copy(self, take: Take, copied: Take) -> None:
        """Draw above a copy of a take what is drawn above the take.

        It is no step of undo: who takes the copy back does not see them either.
        """
        marks = self.of(take)
        if marks:
            self.go_to(copied, marks)

    def go_to(self, take: Take, marks: tuple[Mark, ...]) -> None:
        """Show the marks that a step of undo leads to."""
        self._known[take.file] = marks
        self._unsaved.add(take.file)
        self.write()
        self.changed.emit(take.file)

    def write(self) -> bool:
        """Write what is not on disk yet; False where the disk refuses."""
        for file in sorted(self._unsaved):
            try:
                self._folder.keep(file, self._known[file])
            except StoryboardError as error:
                if not self._retry.isActive():
                    text = self.tr("Not saved: {0}. The notes are kept in the window.")
                    self.problem.emit(text.format(error_words(error)))
                self._retry.start()
                return False
            self._unsaved.discard(file)
        if self._retry.isActive():
            self._retry.stop()
            self.saved.emit()
        return True

    def close(self) -> None:
        """Stop trying to write what the disk has refused."""
        self._retry.stop()

    def _read(self, take: Take) -> tuple[Mark, ...]:
        try:
            return self._folder.of(take)
        except StoryboardError as error:
            # Whoever asks may be painting, where nothing else can be shown.
            QTimer.singleShot(0, self, partial(self.problem.emit, error_words(error)))
            return ()
