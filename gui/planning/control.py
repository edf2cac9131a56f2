"""The actions Plan and Import; they ask before panels with work in them leave the board."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.planning.planning import Planning
    from gui.widgets.message_bar import MessageBar
    from storyboard.values.board import Storyboard

__all__ = ["PlanControl"]


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
        choices: Choices,
        messages: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._planning, self._choices, self._messages = planning, choices, messages
        self._document: Document | None = None
        self._source: tuple[str, int, str] = ("", 0, "")  # as in `_plan`
        self._agreed = False
        planning.planned.connect(self._take)
        planning.told.connect(messages.tell)
        planning.failed.connect(self._say_unplanned)

    def show_document(self, document: Document | None) -> None:
        """Plan for another document, or for none."""
        self._document = document

    def plan(self, text: str, panels: int) -> None:
        """Turn a story into that many shots."""
        self._want_board()
        self._plan(text, panels)

    def import_story(self, file: str) -> None:
        """Take a story or a shot list from a file."""
        from storyboard.story.source import read_source

        self._want_board()
        if self._document is None:
            return
        try:
            source = read_source(file, io.BytesIO())
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return
        if source.is_shot_list:
            self._plan(source.text, 0, source.name)
        else:
            self.story_read.emit(source.text)

    def _want_board(self) -> None:
        """Where none can be made, the window says why."""
        if self._document is None:
            self.board_wanted.emit()

    def _plan(self, text: str, panels: int, list_name: str = "", *, agreed: bool = False) -> None:
        """Ask for a plan of a text; a shot list has a name, and a number of shots of its own."""
        document = self._document
        if document is None:
            return
        self._source, self._agreed = (text, panels, list_name), agreed
        settings = self._choices.settings
        if not list_name:
            settings = settings.model_copy(update={"panels": panels})
        self.busy_changed.emit(True)
        self._planning.plan(document.board, text, settings, document.keys, list_name)

    def _take(self, board: Storyboard) -> None:
        """Put what was planned on the board, after asking where that takes work off it."""
        from storyboard.project.planned_shots import PlannedShots, replaced

        self.busy_changed.emit(False)
        document = self._document
        if document is None:
            return
        planned = PlannedShots(document.folder)
        lost = replaced(document.board, board, planned)
        if (lost.drawn or lost.edited) and not self._agreed:
            text = self.tr(
                "Planning again takes panels off the board; with pictures: {0}, edited by hand: "
                "{1}. Undo brings them back."
            )
            self._messages.ask(
                text.format(lost.drawn, lost.edited),
                self.tr("Plan Again"),
                self._plan_all_the_same,
                self.tr("Keep the Board"),
            )
            return
        if document.edit(self.tr("Plan"), board):
            try:
                planned.add(panel.shot for panel in document.board.panels)
            except StoryboardError:
                pass  # the document has said that the disk refuses
            self.laid_out.emit()

    def _plan_all_the_same(self) -> None:
        # Anew, from the board as it is by now: it could be edited while the question stood.
        self._plan(*self._source, agreed=True)

    def _say_unplanned(self, problem: str) -> None:
        self.busy_changed.emit(False)
        self._messages.problem(problem)
