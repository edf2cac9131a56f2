"""What Plan and Import mean: a story or a shot list goes in, and nobody loses work unasked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from storyboard.values.board import Storyboard

__all__ = ["PlanControl"]


class PlanControl(QObject):
    """Plans for one window, and speaks through its message bar."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._source: tuple[str, str] = ("", "")  # the text, and a shot list's name
        self._agreed = False
        window.planning.planned.connect(self._take)
        window.planning.failed.connect(self._say_unplanned)

    def plan(self) -> None:
        """Turn the story into shots."""
        window = self._window
        if window.document is None:
            window.new_board()
        if window.document is None:
            return  # it cannot be made, and the window says why
        window.story.flush()
        self._plan(window.story.editor.toPlainText())

    def import_story(self, file: str) -> None:
        """Take a story or a shot list from a file."""
        from storyboard.story.source import read_source

        window = self._window
        if window.document is None:
            window.new_board()
        if window.document is None:
            return  # as in `plan`
        try:
            source = read_source(file, io.BytesIO())
        except StoryboardError as error:
            window.messages.problem(error_words(error))
            return
        if source.is_shot_list:
            self._plan(source.text, source.name)
            return
        window.story.editor.setPlainText(source.text)
        window.story.flush()

    def _plan(self, text: str, list_name: str = "", *, agreed: bool = False) -> None:
        window = self._window
        if window.document is None:
            return
        self._source, self._agreed = (text, list_name), agreed
        settings = window.choices.settings
        if not list_name:
            settings = settings.model_copy(update={"panels": window.story.panels.value()})
        window.story.plan.setEnabled(False)
        document = window.document
        window.planning.plan(document.board, text, settings, document.keys, list_name)

    def _take(self, board: Storyboard) -> None:
        """Put what was planned on the board, after asking where that takes work off it."""
        from storyboard.project.planned_shots import PlannedShots, replaced

        window, document = self._window, self._window.document
        window.story.plan.setEnabled(True)
        if document is None:
            return
        planned = PlannedShots(document.folder)
        lost = replaced(document.board, board, planned)
        if (lost.drawn or lost.edited) and not self._agreed:
            text = self.tr(
                "Planning again takes panels off the board; with pictures: {0}, edited by hand: "
                "{1}. Undo brings them back."
            )
            window.messages.ask(
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
            if board.panels:
                window.board.select([board.panels[0].key])
            window.board.refit()

    def _plan_all_the_same(self) -> None:
        # Anew, from the board as it is by now: it could be edited while the question stood.
        self._plan(*self._source, agreed=True)

    def _say_unplanned(self, problem: str) -> None:
        self._window.story.plan.setEnabled(True)
        self._window.messages.problem(problem)
