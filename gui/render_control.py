"""What the buttons for drawing mean: which panels, which seeds, and what is said afterwards."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.session_state import State
from storyboard.editing import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.choices import Choices
    from gui.document import Document
    from gui.message_bar import MessageBar
    from gui.render_session import RenderSession
    from storyboard.rendering import RunFinished

__all__ = ["RenderControl"]


class RenderControl(QObject):
    """Starts and stops the session for the open document, and speaks through the message bar."""

    started = Signal()

    def __init__(
        self,
        session: RenderSession,
        choices: Choices,
        messages: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._choices, self._messages = session, choices, messages
        self.document: Document | None = None
        self._failures: list[tuple[str, str]] = []
        session.panel_failed.connect(self._note_failure)
        session.noticed.connect(messages.tell)
        session.failed.connect(messages.problem)
        session.finished.connect(self._say_outcome)

    @property
    def missing(self) -> list[str]:
        """The panels without a picture, in reading order."""
        document = self.document
        if document is None:
            return []
        return [
            each.key
            for each in document.board.panels
            if each.shown is None or not document.picture(each.shown).is_file()
        ]

    def draw_missing(self) -> None:
        """Draw the panels that have no picture."""
        keys = self.missing
        if not keys and self.document is not None:
            self._messages.tell(
                self.tr("Every panel has its picture."), self.tr("Draw all again"), self.draw_all
            )
        self._start(keys)

    def draw_all(self) -> None:
        """Draw every panel again; the takes so far stay."""
        if self.document is not None:
            self._start([each.key for each in self.document.board.panels])

    def draw(self, keys: Sequence[str], *, keep_seeds: bool = True) -> None:
        """Draw some panels, with new seeds unless the old ones are to be kept."""
        if not keep_seeds:
            self._reseed(keys)
        self._start(keys)

    def reroll(self, key: str) -> None:
        """Draw a panel with another seed."""
        self.draw([key], keep_seeds=False)

    def draw_sheet(self, name: str) -> None:
        """Draw a character sheet and nothing else."""
        document = self.document
        if document is None or not document.board.panels:
            self._messages.problem(self.tr("Plan a story first: a sheet needs a board."))
            return
        panels = document.board.panels
        mine = next((each for each in panels if name in each.shot.characters), panels[0])
        self._messages.hide()
        self._session.start(document, self._choices.settings, [mine.key], sheet_of=name)

    def toggle_pause(self) -> None:
        """Pause after the running panel, or go on."""
        if self._session.state is State.PAUSED:
            self._session.resume()
        else:
            self._session.pause()

    def offer_to_go_on(self) -> None:
        """Say so where a board was left half drawn."""
        document, missing = self.document, self.missing
        if document is None or not missing or len(missing) == len(document.board.panels):
            return
        self._messages.tell(
            self.tr("Panels without a picture: {0}. Everything drawn before is here.").format(
                len(missing)
            ),
            self.tr("Go on"),
            self.draw_missing,
        )

    def _reseed(self, keys: Sequence[str]) -> None:
        document = self.document
        if document is None:
            return
        board = document.board
        for panel in board.panels:
            if panel.key in keys and (panel.takes or len(keys) == 1):
                fresh = replace(panel, seed=secrets.randbelow(2**32), pinned="")
                board = changed(board, fresh)
        document.edit(self.tr("New seed"), board)

    def _start(self, keys: Sequence[str]) -> None:
        if self.document is not None and keys and not self._session.is_running:
            self._failures.clear()
            self._messages.hide()
            self._session.start(self.document, self._choices.settings, keys)
            self.started.emit()

    def _note_failure(self, key: str, reason: str) -> None:
        self._failures.append((key, reason))

    def _say_outcome(self, outcome: RunFinished | None) -> None:
        if outcome is None:
            return  # the session has said why
        if self._failures:
            keys = [key for key, _ in self._failures if not key.startswith("sheet/")]
            self._failed_keys = keys
            text = self.tr("Not drawn: {0}. {1}").format(len(self._failures), self._failures[-1][1])
            button = self.tr("Try again") if keys else ""
            self._messages.tell(text, button, self._draw_failed)
        elif outcome.left and self.missing:
            self.offer_to_go_on()
            if not self._messages.text:
                text = self.tr("Stopped before the first panel was done.")
                self._messages.tell(text, self.tr("Go on"), self.draw_missing)

    def _draw_failed(self) -> None:
        self._start(self._failed_keys)
