"""Opening, making and leaving boards: one document after another in one window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gui.document import boards
from gui.document.document import Document
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.planning.drafting import empty_board

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.docks.story import StoryView
    from gui.document.choices import Choices
    from gui.document.recent import Recent
    from gui.widgets.message_bar import MessageBar
    from gui.window.unsaved import Unsaved
    from storyboard.project.project import Project
    from storyboard.values.board import Storyboard

__all__ = ["Documents"]


class Documents(QObject):
    """Opens the document of a window, and closes the one before.

    `closing` says that the open one is about to be closed, and `closed` that it was; `shown` has
    another one, or None. `reopened` says that a board that was begun earlier is there. `changed`
    comes with every change of the open one. `drawing_wanted` asks to draw what has no picture, and
    `reading_wanted` to read a story into the board that is open now.

    Args:
        home: The folder in which new boards are made.
        recent: What was open lately, which is kept up here.
        choices: The settings, which become those of the open document.
        story: Where an example is put, and what was written before a document was open.
        messages: Where is said what could not be opened.
        unsaved: Who is asked before a document is closed.
        parent: Qt's.
    """

    closing = Signal()
    closed = Signal()
    shown = Signal(object)
    reopened = Signal()
    changed = Signal()
    drawing_wanted = Signal()
    reading_wanted = Signal(Path)

    def __init__(
        self,
        home: Path,
        recent: Recent,
        choices: Choices,
        story: StoryView,
        messages: MessageBar,
        unsaved: Unsaved,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._home, self._recent, self._choices = home, recent, choices
        self._story, self._messages, self._unsaved = story, messages, unsaved
        self._document: Document | None = None

    def open_first(self, folder: Path | None) -> None:
        """Open a project, or the last one, or on the very first start the example.

        Whoever has begun to write meanwhile gets a new board for it instead of the example.
        """
        last = folder or next(iter(self._recent.folders), None)
        if last is not None:
            self.open(last)  # where it cannot be opened, the window says why
        elif self._story.early_text.strip():
            self.new()
        else:
            self.open_example()
        if self._document is None:
            self._choices.open(None)  # so that what shows them is filled all the same

    def open(self, folder: Path) -> bool:
        """Open the project in `folder`; False where it cannot be, and the window says why."""
        if self._document is not None and folder.absolute() == self._document.folder:
            return True
        if not self._unsaved.may_leave(partial(self.open, folder)):
            return False
        try:
            project = boards.open_board(folder)
        except StoryboardError as error:
            self._say_unopened(folder, error)
            return False
        self._open(project)
        self.reopened.emit()
        return True

    def open_example(self) -> None:
        """Lay the example story out on a new board."""
        translate = QCoreApplication.translate
        if not self._unsaved.may_leave(self.open_example):
            return
        try:
            story = boards.example_story()
            self._create(empty_board(story.strip().splitlines()[0]))
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return
        self._story.take(story)
        self._story.ask_for_plan()
        self._messages.tell(
            translate("MainWindow", "This is an example story, laid out in shots."),
            translate("MainWindow", "Draw it"),
            self.drawing_wanted.emit,
        )

    def new(self) -> None:
        """Make an empty board."""
        if not self._unsaved.may_leave(self.new):
            return
        if self._make_empty(QCoreApplication.translate("MainWindow", "Untitled")):
            self._story.editor.setFocus()

    def open_story(self, path: Path) -> None:
        """Make a board for a story or script; an empty one that is open already will do."""
        document = self._document
        is_empty = (
            document is not None
            and not document.board.panels
            and not self._story.editor.toPlainText().strip()
        )
        if not is_empty:
            if not self._unsaved.may_leave(partial(self.open_story, path)):
                return
            if not self._make_empty(path.stem):
                return
        self.reading_wanted.emit(path)

    def _make_empty(self, title: str) -> bool:
        """Open an empty board; False where none can be made, and the window says why."""
        try:
            self._create(empty_board(title, self._choices.settings.aspect))
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return False
        return True

    def leave(self, then: Callable[[], object]) -> bool:
        """Close the document; False where its author is asked first, whose yes calls `then`."""
        if not self._unsaved.may_leave(then):
            return False
        self._close()
        return True

    def show(self) -> None:
        """Tell every part which document is open, or that none is."""
        self._messages.hide()
        self.shown.emit(self._document)

    def _create(self, board: Storyboard) -> None:
        self._open(boards.create(self._home, board))

    def _open(self, project: Project) -> None:
        self._close()
        messages = self._messages
        self._document = document = Document(project, self)
        document.changed.connect(self.changed)
        document.problem.connect(messages.problem)
        document.told.connect(messages.tell)
        document.saved.connect(messages.hide)
        self._recent.add(document.folder, document.board.title)
        self._choices.open(document.folder)
        self.show()
        if document.notices:
            messages.tell("\n".join(document.notices))

    def _close(self) -> None:
        document = self._document
        if document is None:
            return
        self.closing.emit()
        self._recent.add(document.folder, document.board.title)  # it may have another one by now
        self._document = None
        self.show()
        self.closed.emit()
        document.close()
        document.deleteLater()

    def _say_unopened(self, folder: Path, error: StoryboardError) -> None:
        messages = self._messages
        if boards.can_be_rebuilt(folder, error):
            rebuild = QCoreApplication.translate("MainWindow", "Rebuild the board")
            messages.tell(error_words(error), rebuild, partial(self._rebuild, folder))
        else:
            messages.problem(error_words(error))

    def _rebuild(self, folder: Path) -> None:
        if not self._unsaved.may_leave(partial(self._rebuild, folder)):
            return
        try:
            self._open(boards.rebuild_board(folder))
        except StoryboardError as error:
            self._messages.problem(error_words(error))
