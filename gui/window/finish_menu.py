"""The menu "Finish": the workflows for pictures that are there, each with the time it takes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess
from PySide6.QtGui import QAction

from gui.drawing.order import finishing
from gui.words.duration_text import duration_text
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.settings.workflows import known_workflows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from gui.board.view import BoardView
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.drawing.control import RenderControl
    from gui.widgets.message_bar import MessageBar

__all__ = ["FinishMenu"]


class FinishMenu(QObject):
    """Fills the menu when it is opened, and finishes the selected panels by what is chosen.

    What a workflow computes is counted by a process of its own, because the window has no torch;
    until it has answered the names stand alone.
    """

    def __init__(
        self,
        menu: QMenu,
        choices: Choices,
        board: BoardView,
        control: RenderControl,
        messages: MessageBar,
    ) -> None:
        super().__init__(menu)
        self._menu, self._choices = menu, choices
        self._board, self._control, self._messages = board, control, messages
        self._document: Document | None = None
        self._counting: QProcess | None = None
        self._asked: tuple[str, str] | None = None
        self._seconds: dict[str, float] = {}
        menu.aboutToShow.connect(self.fill)

    def show_document(self, document: Document | None) -> None:
        """Offer the workflows of another project too."""
        self._document = document

    def fill(self) -> None:
        """Show what there is now."""
        folder = self._document.folder if self._document is not None else None
        self._menu.clear()
        for name in known_workflows(folder):
            action = QAction(self._titled(name), self._menu)
            action.setData(name)
            action.triggered.connect(self._chosen)
            self._menu.addAction(action)
        asked = (str(folder or ""), self._choices.settings.model)
        if asked != self._asked and self._counting is None:
            self._asked = asked
            self._count(*asked)

    def close(self) -> None:
        """End the process; what it would say is not wanted any more."""
        counting, self._counting = self._counting, None
        if counting is not None:
            counting.finished.disconnect(self._counted)
            counting.kill()
            counting.waitForFinished()

    def _titled(self, name: str) -> str:
        title = name[:1].upper() + name[1:]
        seconds = self._seconds.get(name)
        if seconds is None:
            return title
        return self.tr("{0}, about {1} a panel").format(title, duration_text(seconds))

    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.finish(self._board.keys, str(action.data()))

    def finish(self, keys: Sequence[str], workflow: str) -> None:
        """Go over the pictures of panels by a workflow; each result is a new take."""
        self._control.starting.emit()
        try:
            order = finishing(self._document, keys, self._choices.settings, workflow)
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return
        if order is None:
            self._messages.problem(self.tr("These panels have no picture yet: draw them first."))
        else:
            self._control.begin(order)

    def _count(self, folder: str, model: str) -> None:
        self._counting = counting = QProcess(self)
        counting.finished.connect(self._counted)
        words = ["-m", "storyboard", "workflows", *filter(None, [folder]), "--model", model]
        counting.start(sys.executable, [*words, "--json"])

    def _counted(self) -> None:
        counting, self._counting = self._counting, None
        if counting is None:
            return
        try:
            told = json.loads(bytes(counting.readAllStandardOutput().data()))
            rows = told["workflows"]
            self._seconds = {
                row["name"]: row["finish"]["seconds"]
                for row in rows
                if row["finish"] and row["finish"]["seconds"] is not None
            }
        except (ValueError, TypeError, KeyError):
            self._seconds = {}  # nothing is said of the time then
        counting.deleteLater()
        for action in self._menu.actions():
            action.setText(self._titled(str(action.data())))
