"""Everything about the selected panels: their shot, their prompt, their seed, their takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.docks.prompt_view import PromptView
from gui.docks.shot_form import ShotForm
from gui.docks.takes import TakesView
from gui.widgets.plain_label import PlainLabel
from storyboard.values.character import Character
from storyboard.values.editing import changed, with_character, with_shots, with_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.docks.prompt_preview import PromptPreview
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from storyboard.values.board import Panel, Storyboard

__all__ = ["ShotInspector"]


class ShotInspector(QScrollArea):
    """Edits the selected panels: an edit of one field is made in each of them.

    Every edit is on the board at once. Where several panels are shown, a field in which they differ
    says so, and stays so until it is edited.
    """

    reroll_wanted = Signal(str)
    best_of_wanted = Signal(str, int)

    def __init__(
        self,
        choices: Choices,
        preview: PromptPreview,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Shot"))
        self._choices, self._preview = choices, preview
        self._document: Document | None = None
        self._keys: tuple[str, ...] = ()
        self.form = ShotForm()
        self.form.edited.connect(self._edit)
        self.form.left.connect(self._leave)
        self.form.follow_wanted.connect(self._follow_again)
        self.form.names.add_wanted.connect(self._add_to_cast)
        self.prompt = PromptView()
        self.takes = TakesView(thumbnails)
        self.reroll = self.takes.reroll
        self.reroll.clicked.connect(self.ask_for_reroll)
        self.takes.pinned.connect(self._pin)
        self.takes.best_of_wanted.connect(self._best_of)
        self._none = PlainLabel(self.tr("Select a panel on the board to see its shot."))
        self._none.setWordWrap(True)
        self._count = _heading("")
        self._count.setWordWrap(True)
        self._of_one = (_heading(self.tr("Takes")), self.takes)
        self._written = (_heading(self.tr("Prompt")), self.prompt)
        self._body = self._laid_out()
        preview.written.connect(self.prompt.show_prompt)
        preview.failed.connect(self.prompt.show_problem)
        choices.changed.connect(self._ask_prompt)
        self.update_panel()

    @property
    def key(self) -> str:
        """The first of the panels that are shown; empty where there is none."""
        return self._keys[0] if self._keys else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The panels that are shown, in reading order."""
        return self._keys

    def show_document(self, document: Document | None) -> None:
        """Show panels of another document from now on, and none of them yet."""
        if self._document is not None:
            self._document.changed.disconnect(self.update_panel)
        if document is not None:
            document.changed.connect(self.update_panel)
        self._document = document
        self.show_keys(())

    def show_keys(self, keys: Sequence[str]) -> None:
        """Show other panels of the document."""
        self._keys = tuple(keys)
        self.update_panel()

    def update_panel(self) -> None:
        """Show what the document says of the panels now."""
        document, panels = self._document, self._panels
        self._body.setVisible(bool(panels))
        self._none.setVisible(not panels)
        self.takes.show_panel(document, panels[0] if len(panels) == 1 else None)
        if document is None or not panels:
            return
        for widget in (*self._of_one, *self._written):
            widget.setVisible(len(panels) == 1)
        self._count.setVisible(len(panels) > 1)
        text = self.tr("{0} panels: what you change here, you change in all of them")
        self._count.setText(text.format(len(panels)))
        self.form.scene.show_scenes(document.board.panels)
        self.form.show_panels(panels, [character.name for character in document.board.characters])
        self.form.show_by_hand(any(self._is_by_hand(document.board, panel) for panel in panels))
        self._ask_prompt()

    def ask_for_reroll(self) -> None:
        """Ask for the shown panel with another seed."""
        if self.key:
            self.reroll_wanted.emit(self.key)

    def scroll_to_top(self) -> None:
        """Bring the takes into view."""
        self.verticalScrollBar().setValue(0)

    def scroll_to_prompt(self) -> None:
        """Bring the prompt into view."""
        self.ensureWidgetVisible(self.prompt, 0, 0)

    @property
    def _panels(self) -> list[Panel]:
        """The panels that are shown, as far as they are on the board."""
        board, keys = self._document.board if self._document else None, frozenset(self._keys)
        return [panel for panel in board.panels if panel.key in keys] if board and keys else []

    @property
    def _panel(self) -> Panel | None:
        """The panel that is shown alone."""
        panels = self._panels
        return panels[0] if len(panels) == 1 else None

    def _edit(self, name: str, value: object, step: int) -> None:
        document, panels = self._document, self._panels
        if document is None or not panels:
            return
        keys = [panel.key for panel in panels]
        board = with_value(document.board, keys, name, value)
        if name == "action":
            # Whose words a prompt is has to be known before its action changes.
            hands = {panel.key: self._is_by_hand(document.board, panel) for panel in panels}
            board = _followed(_with_hands(board, hands), keys)
        elif name == "prompt_action":
            board = _with_hands(board, dict.fromkeys(keys, True))
        text = self._edit_name(document.board, panels)
        merge = f"{name} {step} {' '.join(keys)}" if step else ""
        document.edit(text, board, merge)

    def _leave(self, name: str) -> None:
        """Let a prompt that was erased follow the action again."""
        if name == "prompt_action":
            empty = [
                panel.key
                for panel in self._panels
                if panel.shot.prompt_by_hand and not panel.shot.prompt_action.strip()
            ]
            self._follow(empty)

    def _follow_again(self) -> None:
        self._follow([panel.key for panel in self._panels])

    def _follow(self, keys: Sequence[str]) -> None:
        document, panels = self._document, self._panels
        if document is not None and keys:
            board = _with_hands(document.board, dict.fromkeys(keys, False))
            document.edit(self._edit_name(board, panels), _followed(board, keys))

    def _add_to_cast(self, names: Sequence[str]) -> None:
        document = self._document
        if document is not None:
            board = document.board
            for name in names:
                board = with_character(board, name, Character(name))
            document.edit(self.tr("Add to the cast"), board)

    def _is_by_hand(self, board: Storyboard, panel: Panel) -> bool:
        known = panel.shot.prompt_by_hand
        if known is not None:
            return known
        from storyboard.planning.derived import is_by_hand

        return is_by_hand(panel.shot, board.characters, board.language)

    def _edit_name(self, board: Storyboard, panels: Sequence[Panel]) -> str:
        if len(panels) > 1:
            return self.tr("Edit {0} panels").format(len(panels))
        number = next(n for n, panel in enumerate(board.panels, 1) if panel.key == panels[0].key)
        return self.tr("Edit panel {0}").format(number)

    def _laid_out(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._count, *self._of_one, self.form, *self._written):
            column.addWidget(widget)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.addWidget(self._none)
        outer.addWidget(body)
        outer.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(holder)
        # What does not fit in width cannot be reached: there is no bar for it.
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(300, holder.minimumSizeHint().width() + bar))
        return body

    def _ask_prompt(self) -> None:
        panel = self._panel
        if panel is not None and self._document is not None:
            characters = self._document.board.characters
            self._preview.ask(self._choices.settings, panel.shot, characters)

    def _pin(self, file: str) -> None:
        document, panel = self._document, self._panel
        if document is not None and panel is not None:
            name = self.tr("Pin take") if file else self.tr("Show newest take")
            document.edit(name, changed(document.board, replace(panel, pinned=file)))

    def _best_of(self, count: int) -> None:
        self.best_of_wanted.emit(self.key, count)


def _with_hands(board: Storyboard, hands: dict[str, bool]) -> Storyboard:
    """The board with `prompt_by_hand` of its panels set, by key."""
    shots = {
        panel.key: replace(panel.shot, prompt_by_hand=hands[panel.key])
        for panel in board.panels
        if panel.key in hands
    }
    return with_shots(board, shots)


def _followed(board: Storyboard, keys: Sequence[str]) -> Storyboard:
    """The board with prompts that follow their actions, except those written by hand."""
    from storyboard.planning.derived import followed

    shots = {
        panel.key: followed(panel.shot, board.characters, board.language)
        for panel in board.panels
        if panel.key in keys
    }
    return with_shots(board, shots)


def _heading(text: str) -> QLabel:
    label = PlainLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
