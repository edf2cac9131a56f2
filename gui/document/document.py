"""The open project as the window edits it: undo, autosave, and pictures that nothing can lose."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from gui.document.annotated_takes import AnnotatedTakes
from gui.document.board_command import BoardCommand
from gui.words.error_words import error_words
from storyboard.errors import InputError, StoryboardError
from storyboard.values.editing import changed, free_key, with_pictures

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from storyboard.project.project import Project
    from storyboard.project.sounds import Sounds
    from storyboard.values.board import Panel, Storyboard, Take
    from storyboard.values.reference import Reference

__all__ = ["Document"]

_RETRY = 4000  # milliseconds until a board that could not be written is tried again
_SOON = 300  # milliseconds until what is typed is on disk: a long story takes 50 ms to write
_STEPS = 2000  # of undo: each word that is typed is one


class Document(QObject):
    """A project, its undo history, and the lock that lets the render thread keep pictures.

    A change is on disk when the call returns, and what is typed a moment later (`_SOON`, or
    `write`). When the disk refuses, the change stays in the window, `problem` says so, and writing
    is tried again until it succeeds. What others have changed on the disk meanwhile, `told` says.

    It offers what `storyboard.production` asks of a project (`board`, `missing`, `picture`,
    `reference`, `add_reference`, `add_take`, `pin`, `show_newest`, `save`), safe to call from the
    render thread.
    """

    _pin_wanted = Signal(str, str)
    _newest_wanted = Signal(str, str)
    changed = Signal()
    problem = Signal(str)
    told = Signal(str)
    saved = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_STEPS)
        self.annotations = AnnotatedTakes(project.folder, self.stack, self)
        self.annotations.problem.connect(self.problem)
        self.annotations.saved.connect(self.saved)
        self._project = project
        self._lock = threading.RLock()
        self._board = project.board
        self._known: dict[str, list[Take]] = {}
        self._learn(project.board)
        for key in project.lost_keys:
            self._known.setdefault(key, [])  # a new panel of that key would get their pictures
        self._sheets: dict[str, tuple[str, ...]] = {}  # references that a render made
        self._busy: frozenset[str] = frozenset()
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY)
        self._retry.timeout.connect(self._write)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._write)
        self._pin_wanted.connect(self._pin)
        self._newest_wanted.connect(self._show_newest)

    @property
    def folder(self) -> Path:
        """Where the project lives."""
        return self._project.folder

    @property
    def notices(self) -> tuple[str, ...]:
        """What there is to tell when the project is opened, a line each."""
        lines = [error_words(each) for each in self._project.notices]
        if self._project.hand_edit:
            kept = self.tr("{0}. It is kept as a snapshot, too.")
            lines.insert(0, kept.format(error_words(self._project.hand_edit)))
        return tuple(lines)

    @property
    def board(self) -> Storyboard:
        """The board as the window shows it."""
        return self._board

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds what the window shows."""
        waits = self._retry.isActive() or self._soon.isActive()
        return not waits and self.annotations.is_saved

    @property
    def keys(self) -> frozenset[str]:
        """Every key a panel has or had, so that none is given twice."""
        return frozenset(self._known)

    def panel(self, key: str) -> Panel | None:
        """The panel with that key."""
        return next((each for each in self._board.panels if each.key == key), None)

    def new_key(self) -> str:
        """A key for a new panel."""
        key = free_key(self._known)
        self._known.setdefault(key, [])
        return key

    def picture(self, take: Take) -> Path:
        """The file of a take."""
        return self._project.picture(take)

    @property
    def sounds(self) -> Sounds:
        """The recordings of the project; any thread may read and add them."""
        return self._project.sounds

    def copy_take(self, take: Take, board: Storyboard, key: str) -> Take | None:
        """A copy of a take for another panel, on a board to come; None without a whole picture.

        Raises:
            ProjectError: The disk refuses.
        """
        with self._lock:
            try:
                return self._project.copy_take(take, board, key)
            except InputError:
                return None

    def set_busy(self, keys: Collection[str]) -> None:
        """Name the panels that are being drawn: they may not leave the board meanwhile."""
        self._busy = frozenset(keys)

    def edit(self, text: str, board: Storyboard, merge: str = "") -> bool:
        """Change the board, undoably; False where a panel that is being drawn would go.

        Args:
            text: What the Edit menu calls it.
            board: The board as it should be.
            merge: Edits in a row with the same word become one step of undo. They are what is
                typed, and need not be on disk at once.
        """
        if board == self._board:
            return True
        if not self._may_leave(board):
            return False
        kept = {each.name for each in board.characters if each.references}
        self._sheets = {name: each for name, each in self._sheets.items() if name in kept}
        last = self.stack.command(self.stack.index() - 1)
        newest = not self.stack.canRedo()
        if merge and newest and isinstance(last, BoardCommand) and last.merge == merge:
            last.after = board
            self.go_to(board, at_once=False)
        else:
            self.stack.push(BoardCommand(self.go_to, text, self._board, board, merge))
        return True

    def complete(self, board: Storyboard) -> None:
        """Add to the last edit what follows from it and took time to find out; no step of undo."""
        last = self.stack.command(self.stack.index() - 1)
        if board == self._board:
            return
        if isinstance(last, BoardCommand) and last.after == self._board:
            last.after = board
        self.go_to(board)

    def undo(self) -> None:
        """Take back the last edit."""
        command = self.stack.command(self.stack.index() - 1)
        if not isinstance(command, BoardCommand) or self._may_leave(command.before):
            self.stack.undo()

    def redo(self) -> None:
        """Make the last undone edit again."""
        command = self.stack.command(self.stack.index())
        if not isinstance(command, BoardCommand) or self._may_leave(command.after):
            self.stack.redo()

    def go_to(self, board: Storyboard, *, at_once: bool = True) -> None:
        """Show a board of the history, with every picture that was drawn since.

        Args:
            board: The state.
            at_once: Whether it has to be on disk when the call returns.
        """
        with self._lock:
            self._board = self._with_sheets(with_pictures(board, self._known))
            self._learn(self._board)
        if at_once:
            self._write()
        elif not self._soon.isActive():  # not put off again and again while somebody writes on
            self._soon.start()
        self.changed.emit()

    def write(self) -> bool:
        """Write what is not on disk yet; False where the disk refuses."""
        if not self.is_saved:
            self._write()
        self.annotations.write()
        return self.is_saved

    def refresh(self) -> None:
        """Show what the render thread has added."""
        self.changed.emit()

    def close(self) -> None:
        """Close the project, which others may open then."""
        self.write()
        self._retry.stop()
        self.annotations.close()
        self._project.close()

    # What a production asks for, on the render thread.

    def check_room(self, takes: int) -> None:
        """Make sure that the record can name that many more takes.

        Raises:
            ProjectError: It cannot.
        """
        with self._lock:
            self._project.check_room(takes)

    def missing(self) -> tuple[Panel, ...]:
        """The panels without a whole picture."""
        with self._lock:
            return self._project.missing()

    def reference(self, name: str) -> Reference:
        """A reference picture."""
        with self._lock:
            return self._project.reference(name)

    def add_reference(
        self, data: bytes, source: str = "the reference picture", *, whole: bool = False
    ) -> str:
        """Keep a reference picture and return its name."""
        with self._lock:
            return self._project.add_reference(data, source, whole=whole)

    def add_take(self, key: str, png: bytes, take: Take, film: bytes = b"") -> Storyboard:
        """Write a picture or a clip and put it on the board, as the window has it by now."""
        with self._lock:
            if self._project.board != self._board:
                self._project.save(self._board)
            self._board = self._project.add_take(key, png, take, film)
            self._learn(self._board)
            return self._board

    def pin(self, key: str, file: str) -> Storyboard:
        """Show a take, or without a name the newest.

        It is an edit like any other, and so is done on the window's thread.
        """
        self._pin_wanted.emit(key, file)
        return self._board

    def show_newest(self, key: str, before: str) -> Storyboard:
        """Show the newest take of a panel; undo shows again what was shown before, likewise."""
        self._newest_wanted.emit(key, before)
        return self._board

    def save(self, board: Storyboard) -> Storyboard:
        """Keep a board that the production has made: characters have got references.

        Nothing else is taken from it, because the window may have edited its own meanwhile.
        """
        with self._lock:
            before = {each.name: each.references for each in self._board.characters}
            self._sheets |= {
                each.name: each.references
                for each in board.characters
                if each.references and not before.get(each.name)
            }
            self._board = self._project.save(self._with_sheets(self._board))
            return self._board

    def _pin(self, key: str, file: str) -> None:
        panel = self.panel(key)
        if panel is None:
            return
        pinned = changed(self._board, replace(panel, pinned=file))
        if not file:
            self.edit(self.tr("Show the newest take"), pinned)
        elif any(take.file == file for take in panel.takes):
            self.edit(self.tr("Show the best take"), pinned)

    def _show_newest(self, key: str, before: str) -> None:
        panel = self.panel(key)
        if panel is None or not panel.takes:
            return
        if not panel.pinned:  # else undo would show the newest again, which is this one
            self.go_to(changed(self._board, replace(panel, pinned=before)))
        newest = replace(panel, pinned=panel.takes[-1].file)
        self.edit(self.tr("Edit picture"), changed(self._board, newest))

    def _with_sheets(self, board: Storyboard) -> Storyboard:
        """The board with the character sheets drawn since, which undo keeps like every picture."""
        characters = tuple(
            each if each.references else replace(each, references=self._sheets.get(each.name, ()))
            for each in board.characters
        )
        return replace(board, characters=characters)

    def _write(self) -> None:
        self._soon.stop()
        try:
            with self._lock:
                self._board = self._project.save(self._board)
                self._learn(self._board)  # another machine may have drawn
                told = self._project.told
        except StoryboardError as error:
            if not self._retry.isActive():
                text = self.tr("Not saved: {0}. The board is kept in the window.")
                self.problem.emit(text.format(error_words(error)))
            self._retry.start()
        else:
            if self._retry.isActive():
                self._retry.stop()
                self.saved.emit()
            if told:
                self.told.emit("\n".join(map(error_words, told)))

    def _may_leave(self, board: Storyboard) -> bool:
        stay = {each.key for each in board.panels}
        if self._busy <= stay:
            return True
        self.problem.emit(
            self.tr("A panel that is being drawn cannot leave the board: cancel the render first.")
        )
        return False

    def _learn(self, board: Storyboard) -> None:
        owner = {take.file: key for key, takes in self._known.items() for take in takes}
        for panel in board.panels:
            mine = self._known.setdefault(panel.key, [])
            mine.extend(take for take in panel.takes if take.file not in owner)
