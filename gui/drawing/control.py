"""What the drawing actions do: which panels and seeds they draw, and the messages afterwards."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.drawing.frame_shape import has_shape
from gui.drawing.order import Order
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.values.change import Changed
from storyboard.values.editing import changed
from storyboard.values.panel_animation import PanelAnimation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from gui.document.changed_panels import ChangedPanels
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.drawing.session import RenderSession
    from gui.widgets.message_bar import MessageBar
    from storyboard.rendering.events import RunFinished
    from storyboard.values.board import Panel
    from storyboard.values.panel_edit import PanelEdit

__all__ = ["RenderControl"]


class RenderControl(QObject):
    """Starts and stops the session for the open document, and speaks through the message bar.

    `starting` is emitted before a run reads the board.
    """

    starting = Signal()

    def __init__(
        self,
        session: RenderSession,
        choices: Choices,
        messages: MessageBar,
        changes: ChangedPanels,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._choices, self._messages = session, choices, messages
        self._changes = changes
        self._document: Document | None = None
        self._changed_before: frozenset[str] = frozenset()
        self._changed_said = ""
        self._frames_said = ""
        self._failures: list[tuple[str, str]] = []
        self._failed_keys: list[str] = []
        self._asked: list[Order] = []
        self._waiting_said = ""
        self._smaller: tuple[int, int] | None = None
        self._reseeded: dict[str, Panel] = {}  # as they were before this run's new seeds
        self._drawn_in_vain: set[str] = set()  # their new seeds were taken back
        session.panel_failed.connect(self._note_failure)
        session.memory_short.connect(self._note_smaller)
        session.noticed.connect(messages.tell)
        session.download_wanted.connect(self._ask_for_download)
        session.failed.connect(messages.problem)
        session.finished.connect(self._say_outcome)

    def show_document(self, document: Document | None) -> None:
        """Draw for another document, or for none."""
        self._document = document
        self._changed_before = frozenset(self.changed)

    @property
    def changed(self) -> list[str]:
        """The panels that have changed since their picture was drawn, in reading order.

        Those that wait to be drawn are left out, and those whose older take somebody has chosen.
        """
        document = self._document
        if document is None:
            return []
        waiting = self._session.waiting
        found = self._changes.of(document)
        return [
            key for key, what in found.items() if what is Changed.PICTURE and key not in waiting
        ]

    @property
    def missing(self) -> list[str]:
        """The panels without a picture, in reading order."""
        document = self._document
        if document is None:
            return []
        return [
            panel.key
            for panel in document.board.panels
            if panel.shown is None or not document.picture(panel.shown).is_file()
        ]

    @property
    def old_frames(self) -> list[str]:
        """The panels whose picture has another shape than the board's frame, in reading order."""
        document = self._document
        if document is None:
            return []
        aspect = document.board.aspect
        return [
            panel.key
            for panel in document.board.panels
            if panel.shown is not None and not has_shape(document.picture(panel.shown), aspect)
        ]

    def draw_missing(self) -> None:
        """Draw the panels that have no picture."""
        self.starting.emit()
        missing = self.missing
        if not missing and self._document is not None and self._document.board.panels:
            self._messages.tell(
                self.tr("Every panel has its picture."), self.tr("Draw all again"), self.draw_all
            )
            self._offer_changed(self.changed)
        self._start(self._not_waiting(missing))

    def draw_all(self) -> None:
        """Draw every panel again; the takes so far stay."""
        if self._document is not None:
            self.draw([panel.key for panel in self._document.board.panels])

    def draw_changed(self) -> None:
        """Draw new takes of the panels that have changed since they were drawn, and show them."""
        self.starting.emit()
        self._start(self.changed, again=True)

    def offer_to_draw_changed(self) -> None:
        """Offer to draw panels again where an edit has changed them since they were drawn."""
        if self._frames_said and self._messages.text == self._frames_said and not self.old_frames:
            self._messages.hide()  # the frame is what it was
        changed = self.changed
        has_grown = not self._changed_before.issuperset(changed)
        self._changed_before = frozenset(changed)
        said = self._messages.text
        is_mine = bool(said) and said == self._changed_said
        if is_mine and not changed:
            self._messages.hide()
        elif is_mine or (has_grown and not said):
            self._offer_changed(changed)

    def draw(self, keys: Sequence[str]) -> None:
        """Draw some panels, except those that wait to be drawn already.

        A panel drawn again gets another seed unless its own is locked.
        """
        self.starting.emit()
        document = self._document
        if document is None:
            return
        panels = [
            panel for key in self._not_waiting(keys) if (panel := document.panel(key)) is not None
        ]
        self._reseed([panel.key for panel in panels if panel.takes and not panel.seed_locked])
        self._start([panel.key for panel in panels])

    def reroll(self, key: str) -> None:
        """Draw a panel with another seed, locked or not: that is what was asked for."""
        self.starting.emit()
        self._reseed([key])
        self._start([key])

    def draw_best_of(self, key: str, count: int) -> None:
        """Draw several takes of a panel, keep them all, and show the best."""
        self.starting.emit()
        self._start([key], takes=count)

    def try_settings(self, key: str, settings: Settings) -> None:
        """Draw one more take of a panel with other settings than those in force."""
        self.starting.emit()
        self._messages.hide()
        self._order(Order((key,), settings))

    def edit(self, edit: PanelEdit) -> None:
        """Change a picture by an instruction; the result is a new take, which undo takes back."""
        self.starting.emit()
        self.begin(Order((edit.key,), self._choices.settings, edit=edit))

    def animate(self, keys: Sequence[str]) -> None:
        """Let the pictures of panels move; each clip is a new take, which undo takes back."""
        document = self._document
        panels = document.board.panels if document is not None else ()
        wanted = tuple(each.key for each in panels if each.key in keys and each.shown is not None)
        if not wanted:
            return
        self.starting.emit()
        clips = tuple(map(PanelAnimation, wanted))
        self.begin(Order(wanted, self._choices.settings, animations=clips))

    def animate_all(self) -> None:
        """Let every picture of the board move."""
        if self._document is not None:
            self.animate([each.key for each in self._document.board.panels])

    def begin(self, order: Order) -> None:
        """Draw what was put together elsewhere."""
        self._messages.hide()
        self._order(order)

    def draw_old_frames(self) -> None:
        """Draw the panels again whose pictures have another shape than the board's frame."""
        keys = self.old_frames
        if keys:
            self.draw(keys)
        else:
            self._messages.tell(self.tr("Every picture has the shape of the board's frame."))

    def offer_to_draw_old_frames(self) -> None:
        """Offer to draw again pictures whose shape is no longer that of the frame."""
        keys = self.old_frames
        if keys:
            text = self.tr("Pictures of another shape: {0}. They stay as they are until then.")
            self._frames_said = text.format(len(keys))
            self._messages.tell(self._frames_said, self.tr("Draw again"), self.draw_old_frames)

    def draw_sheet(self, name: str) -> None:
        """Draw a character sheet and nothing else."""
        self.starting.emit()
        document = self._document
        if document is None or not document.board.panels:
            self._messages.problem(self.tr("Plan a story first: a sheet needs a board."))
            return
        panels = document.board.panels
        mine = next((panel for panel in panels if name in panel.shot.characters), panels[0])
        self._messages.hide()
        self._order(Order((mine.key,), self._choices.settings, sheet_of=name))

    def toggle_pause(self) -> None:
        """Pause after the running panel, or go on."""
        if self._session.is_paused:
            self._session.resume()
        else:
            self._session.pause()

    def offer_to_go_on(self, before: str = "") -> None:
        """Offer to draw the rest of a board that is half drawn, after the text `before`."""
        document, missing = self._document, self.missing
        if document is None or not missing or len(missing) == len(document.board.panels):
            return
        text = self.tr("Panels without a picture: {0}. Everything drawn before is here.")
        lines = (before, text.format(len(missing)))
        said = "\n".join(filter(None, lines))
        self._messages.tell(said, self.tr("Go on"), self.draw_missing)

    def _not_waiting(self, keys: Sequence[str]) -> list[str]:
        """The panels that do not wait to be drawn yet; says so where none is left."""
        waiting = self._session.waiting
        others = [key for key in keys if key not in waiting]
        if keys and not others:
            self._waiting_said = self.tr("These panels are waiting to be drawn already.")
            self._messages.tell(self._waiting_said)
        return others

    def _reseed(self, keys: Sequence[str]) -> None:
        document = self._document
        if document is None or not keys:
            return
        board = document.board
        for panel in board.panels:
            if panel.key in keys:
                self._reseeded.setdefault(panel.key, panel)
                fresh = replace(panel, seed=secrets.randbelow(2**32), pinned="")
                board = changed(board, fresh)
        document.edit(self.tr("New seed"), board)

    def _take_seeds_back(self) -> None:
        """Give panels their old seeds again where nothing came of the new ones.

        Else a render that was refused would leave them marked as changed since they were drawn.
        """
        document, asked = self._document, self._reseeded
        self._reseeded = {}
        if document is None:
            return
        board = document.board
        for key, before in asked.items():
            panel = document.panel(key)
            if panel is not None and len(panel.takes) == len(before.takes):
                board = changed(board, replace(panel, seed=before.seed, pinned=before.pinned))
                self._drawn_in_vain.add(key)
        document.edit(self.tr("New seed"), board)

    def _reseed_again(self, keys: Sequence[str]) -> None:
        """Give new seeds to those panels whose new seed was taken back, before another try."""
        again = self._drawn_in_vain.intersection(keys)
        self._drawn_in_vain.clear()
        self._reseed(sorted(again))

    def _offer_changed(self, changed: Sequence[str]) -> None:
        text = self.tr("Panels that have changed since they were drawn: {0}.").format(len(changed))
        if changed and text != self._messages.text:
            self._changed_said = text
            self._messages.tell(text, self.tr("Draw Changed"), self.draw_changed)

    def _start(self, keys: Sequence[str], takes: int = 1, *, again: bool = False) -> None:
        if self._document is not None and keys:
            self._messages.hide()
            self._order(Order(tuple(keys), self._choices.settings, takes=takes, again=again))

    def _order(self, order: Order) -> None:
        document = self._document
        if document is None:
            return
        try:
            document.check_room(len(self._session.waiting) + len(order.pictures))
        except StoryboardError as error:
            self._take_seeds_back()
            self._messages.problem(error_words(error))
            return
        if not self._session.is_running:
            self._failures.clear()
            self._smaller = None
            self._asked.clear()
            self._drawn_in_vain.clear()
        self._asked.append(order)
        self._session.draw(document, order)

    def _note_failure(self, key: str, reason: str) -> None:
        self._failures.append((key, reason))

    def _say_outcome(self, outcome: RunFinished | None) -> None:
        self._take_seeds_back()
        if outcome is None:
            return  # the session has said why
        if self._messages.text and self._messages.text == self._waiting_said:
            self._messages.hide()  # nothing waits any more
        if self._failures:
            keys = [key for key, _ in self._failures if key]
            self._failed_keys = keys
            if self._smaller is not None:
                self._ask_for_smaller(*self._smaller)
                return
            text = self.tr("Not drawn: {0}. {1}").format(len(self._failures), self._failures[-1][1])
            button = self.tr("Try again") if keys else ""
            self._messages.tell(text, button, self._draw_failed)
        elif outcome.left and self.missing:
            self.offer_to_go_on()
            if not self._messages.text:
                text = self.tr("Stopped before the first panel was done.")
                self._messages.tell(text, self.tr("Go on"), self.draw_missing)

    def _note_smaller(self, width: int, height: int) -> None:
        self._smaller = (width, height)

    def _ask_for_smaller(self, width: int, height: int) -> None:
        """A smaller frame is a worse picture, so it is never drawn unasked."""
        text = self.tr("{0} Draw in a smaller frame, {1} by {2} pixels?")
        self._messages.ask(
            text.format(self._failures[-1][1].rstrip(".") + ".", width, height),
            self.tr("Draw smaller"),
            self._draw_smaller,
            self.tr("Leave it"),
        )

    def _ask_for_download(self, repository: str) -> None:
        """What only a board names, which may come from a stranger, is not fetched unasked."""
        text = self.tr(
            "The model {0} is not on this machine, and only this board asks for it. Download it? "
            "It can be several gigabytes."
        )
        self._messages.ask(
            text.format(repository),
            self.tr("Download and draw"),
            self._download_and_draw,
            self.tr("Leave it"),
        )

    def _download_and_draw(self) -> None:
        if self._choices.pick({"allow_download": True}):
            asked, self._asked = self._asked, []
            self._reseed_again([key for order in asked for key in order.keys])
            for order in asked:
                self._order(replace(order, settings=self._choices.settings))

    def _draw_smaller(self) -> None:
        if self._choices.pick({"smaller_if_needed": True}):
            self._draw_failed()

    def _draw_failed(self) -> None:
        self.starting.emit()
        keys = self._failed_keys
        made = [each for each in self._asked if each.edit or each.animations or each.finishes]
        others = {key for each in made for key in each.keys}
        self._reseed_again(keys)
        self._start([each for each in keys if each not in others])
        for each in made:
            if left := tuple(key for key in each.keys if key in keys):
                clips = tuple(one for one in each.animations if one.key in left)
                settings = each.settings if each.finishes else self._choices.settings
                self._order(replace(each, keys=left, animations=clips, settings=settings))
