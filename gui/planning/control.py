"""The actions Plan and Import, and a story that was saved elsewhere; work on the board stays."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.planning.merge_dialog import MergeDialog
    from gui.planning.planning import Planning
    from gui.planning.story_watch import StoryWatch
    from gui.widgets.message_bar import MessageBar
    from storyboard.planning.returning import Merge
    from storyboard.story.source import Source
    from storyboard.values.board import Storyboard

__all__ = ["PlanControl"]


class _Question(NamedTuple):
    """What is being planned.

    Attributes:
        board: As it was when that began.
        text: A story, or a shot list.
        panels: How many there shall be of a story.
        list_name: Of a shot list; empty for a story.
        source: The file that a story was read from just now.
    """

    board: Storyboard
    text: str
    panels: int
    list_name: str
    source: Source | None


class PlanControl(QObject):
    """Plans for the open document, and speaks through the message bar.

    `board_wanted` asks for a document where there is none, and is answered at once or not at all.
    `story_read` has the text of a file, `busy_changed` says whether a plan is being made, and
    `laid_out` that the board has the planned panels.
    """

    board_wanted = Signal()
    story_read = Signal(str)
    busy_changed = Signal(bool)
    laid_out = Signal()

    def __init__(
        self,
        planning: Planning,
        watch: StoryWatch,
        choices: Choices,
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._planning, self._watch, self._choices = planning, watch, choices
        self._messages, self._window = messages, window
        self._document: Document | None = None
        self._question: _Question | None = None
        self.dialog: MergeDialog | None = None
        planning.planned.connect(self._take)
        planning.told.connect(messages.tell)
        planning.failed.connect(self._say_unplanned)
        watch.saved.connect(self._offer)

    def show_document(self, document: Document | None) -> None:
        """Plan for another document, or for none."""
        if self.dialog is not None:
            self.dialog.reject()
        self._document = document
        self._watch.show_document(document)

    def plan(self, text: str, panels: int) -> None:
        """Turn a story into that many shots."""
        self._want_board()
        self._plan(text, panels)

    def import_story(self, path: Path) -> None:
        """Take a story or a shot list from a file."""
        from storyboard.story.source import read_source

        self._want_board()
        if self._document is None:
            return
        try:
            source = read_source(str(path), io.BytesIO())
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return
        if source.is_shot_list:
            self._plan(source.text, 0, source.name)
        else:
            self._read(source)

    def _want_board(self) -> None:
        """Where none can be made, the window says why."""
        if self._document is None:
            self.board_wanted.emit()

    def _read(self, source: Source) -> None:
        """Show a story that is planned only when somebody wants it."""
        self.story_read.emit(source.text)
        if source.note:
            self._messages.tell(error_words(source.note))
        self._watch.take(source)

    def _plan(
        self, text: str, panels: int, list_name: str = "", source: Source | None = None
    ) -> None:
        """Ask for a plan; a shot list has a name, and a number of shots of its own."""
        document = self._document
        if document is None:
            return
        self._question = _Question(document.board, text, panels, list_name, source)
        settings = self._choices.settings
        if not list_name:
            settings = settings.model_copy(update={"panels": panels})
        self.busy_changed.emit(True)
        self._planning.plan(document.board, text, settings, document.keys, list_name)

    def _take(self, merge: Merge) -> None:
        """Put what was planned on the board, after showing it where there is work on that."""
        from storyboard.planning.drafting import has_work

        self.busy_changed.emit(False)
        document, question = self._document, self._question
        if document is None or question is None:
            return
        if document.board != question.board:  # it was edited, or drawn on, meanwhile
            self._plan(*question[1:])
        elif merge.differences and has_work(document.board):
            self._show(merge)
        else:
            self._apply(merge)

    def _show(self, merge: Merge) -> None:
        from gui.planning.merge_dialog import MergeDialog

        assert self._document is not None
        self.dialog = dialog = MergeDialog(self._document.board, merge, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._apply, merge))
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _apply(self, merge: Merge) -> None:
        document, question = self._document, self._question
        if document is None or question is None:
            return
        if not merge.differences:
            self._messages.tell(self.tr("The board shows this story already."))
        if document.edit(self.tr("Plan"), merge.board):
            if question.source is not None:
                self._watch.take(question.source)
            self.laid_out.emit()

    def _offer(self, source: Source) -> None:
        """Say that the story's file was saved; nothing happens before somebody wants it."""
        name = source.path.name if source.path else source.name
        self._messages.tell(
            self.tr("{0} was saved: shall the board follow the story?").format(name),
            self.tr("Show Changes"),
            partial(self._follow, source),
        )

    def _follow(self, source: Source) -> None:
        document = self._document
        if document is None:
            return
        if document.board.panels:
            self._plan(source.text, len(document.board.panels), source=source)
        else:
            self._read(source)

    def _say_unplanned(self, problem: str) -> None:
        self.busy_changed.emit(False)
        self._messages.problem(problem)
