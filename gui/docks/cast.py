"""The cast: who is in the story, how they look, and the pictures that hold their looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from gui.docks.references import ReferencesView
from gui.docks.traits import TraitsTable
from gui.look.theme import hug_words
from gui.widgets.plain_label import PlainLabel
from gui.widgets.typing_steps import UNDOES_ITSELF
from gui.words.error_words import error_words
from gui.words.number_text import decimal
from storyboard.errors import StoryboardError
from storyboard.values.character import Character
from storyboard.values.editing import with_character

if TYPE_CHECKING:
    from gui.document.choices import Choices
    from gui.document.document import Document

__all__ = ["CastView"]

_PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff"


class CastView(QScrollArea):
    """Edits the document's characters; `sheet_wanted` asks for a character sheet."""

    sheet_wanted = Signal(str)
    problem = Signal(str)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._document: Document | None = None
        self._shown_references: tuple[str, ...] | None = None
        self._shown_name = ""  # of whom the name field speaks
        self.who = QComboBox()
        self.setAccessibleName(self.tr("Cast"))
        self.who.setAccessibleName(self.tr("Character"))
        self.who.activated.connect(self._show_character)
        self.add = QPushButton(self.tr("New"))
        self.add.setAccessibleName(self.tr("New character"))
        self.add.clicked.connect(self._add)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove this character"))
        self.remove.clicked.connect(self._remove)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the character"))
        self.name.editingFinished.connect(self._keep_name)
        self.name.setProperty(UNDOES_ITSELF, True)
        self.traits = TraitsTable()
        self.traits.edited.connect(self._keep_traits)
        self.references = ReferencesView()
        self.references.files_dropped.connect(self.add_files)
        self.references.picture_pasted.connect(self._add_pasted)
        self.references.removed.connect(self._remove_reference)
        self.choose = QPushButton(self.tr("Add\u2026"))
        self.choose.setAccessibleName(self.tr("Add reference pictures"))
        self.choose.clicked.connect(self._choose)
        self.drop_reference = QPushButton(self.tr("Remove"))
        self.drop_reference.setAccessibleName(self.tr("Remove the selected reference picture"))
        self.drop_reference.clicked.connect(self._remove_chosen)
        self.sheet = QPushButton(self.tr("Make character sheet"))
        self.sheet.setToolTip(
            self.tr("Draw the character once from the traits, and hold on to that picture")
        )
        self.sheet.clicked.connect(self._ask_sheet)
        self.lock = QCheckBox(self.tr("Hold looks"))
        self.lock.setToolTip(
            self.tr("By the reference pictures (identity lock); without it no adapter is used")
        )
        self.lock.clicked.connect(self._keep_lock)
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(0, 100)
        self.scale.setAccessibleName(self.tr("Strength of the reference pictures, percent"))
        self.scale.sliderReleased.connect(self._keep_scale)
        self.scale.valueChanged.connect(self._show_scale)
        self._strength = PlainLabel()
        self._hint = PlainLabel(self.tr("No characters yet. Plan a story, or press New."))
        self._hint.setWordWrap(True)
        self._body = QWidget()
        self._lay_out()
        choices.changed.connect(self._show_choices)
        self._update()

    @property
    def character(self) -> Character | None:
        """Who is shown."""
        document = self._document
        return document.board.character(self.who.currentText()) if document else None

    def show_document(self, document: Document | None) -> None:
        """Show another board's cast."""
        if self._document is not None:
            self._document.changed.disconnect(self._update)
        self._document = document
        self._shown_references = None
        self._shown_name = ""
        self.name.clear()
        self.who.clear()
        if document is not None:
            document.changed.connect(self._update)
        self._update()

    def flush(self) -> None:
        """Take the name and the trait that are being written."""
        self._keep_name()
        self.traits.finish()

    def _keep_name(self) -> None:
        """Rename the character whose name was written over."""
        document, shown = self._document, self._shown_name
        name = " ".join(self.name.text().split())
        character = document.board.character(shown) if document else None
        if character is None or self.name.text() == shown:
            return
        self._shown_name = self.name.text()  # taken, so that the board's is shown from now on
        if name and name != shown:
            self._edit(self.tr("Rename character"), replace(character, name=name), shown)
        self._show_character()

    def add_files(self, files: list[str]) -> None:
        """Hold on to pictures in files."""
        from storyboard.files.pictures import read_picture

        try:
            self._hold([read_picture(Path(each)) for each in files])
        except StoryboardError as error:
            self.problem.emit(error_words(error))

    def _add_pasted(self, data: bytes) -> None:
        try:
            self._hold([data])
        except StoryboardError as error:
            self.problem.emit(error_words(error))

    def _hold(self, pictures: list[bytes]) -> None:
        document, character = self._document, self.character
        if document is None or character is None:
            return
        names = [document.add_reference(each) for each in pictures]
        references = tuple(dict.fromkeys((*character.references, *names)))
        self._edit(self.tr("Add reference"), replace(character, references=references))

    def _remove_reference(self, name: str) -> None:
        character = self.character
        if character is not None:
            kept = tuple(each for each in character.references if each != name)
            self._edit(self.tr("Remove reference"), replace(character, references=kept))

    def _remove_chosen(self) -> None:
        if self.references.chosen:
            self._remove_reference(self.references.chosen)

    def _choose(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Reference pictures"), "", self.tr("Pictures ({0})").format(_PICTURES)
        )
        if files:
            self.add_files(files)

    def _ask_sheet(self) -> None:
        if self.character is not None:
            self.sheet_wanted.emit(self.character.name)

    def _add(self) -> None:
        document = self._document
        if document is None:
            return
        number = len(document.board.characters) + 1
        name = self.tr("Character {0}").format(number)
        while document.board.character(name) is not None:
            number += 1
            name = self.tr("Character {0}").format(number)
        board = with_character(document.board, name, Character(name))
        if document.edit(self.tr("Add character"), board):
            self.who.setCurrentText(name)
            self._show_character()
            self.name.setFocus()
            self.name.selectAll()

    def _remove(self) -> None:
        document, character = self._document, self.character
        if document is not None and character is not None:
            board = with_character(document.board, character.name, None)
            document.edit(self.tr("Remove character"), board)

    def _keep_traits(self) -> None:
        character = self.character
        if character is not None and self.traits.traits != character.traits:
            self._edit(self.tr("Change traits"), replace(character, traits=self.traits.traits))

    def _edit(self, text: str, character: Character, before: str = "") -> None:
        """Put a character in the place of the one called `before`, else of the one of its name."""
        document = self._document
        if document is None:
            return
        try:
            board = with_character(document.board, before or character.name, character)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            return
        row = self.who.currentIndex()
        document.edit(text, board)
        self.who.setCurrentIndex(row)
        self._show_character()

    def _keep_lock(self, on: bool) -> None:
        self._choices.pick({"use_identity_lock": on})

    def _keep_scale(self) -> None:
        self._choices.pick({"ip_adapter_scale": self.scale.value() / 100})

    def _show_scale(self, value: int) -> None:
        self._strength.setText(decimal(value / 100, 2))
        if not self.scale.isSliderDown() and self.scale.hasFocus():
            self._keep_scale()  # moved by keys

    def _show_choices(self) -> None:
        settings = self._choices.settings
        self.lock.setChecked(settings.use_identity_lock)
        self.scale.setEnabled(settings.use_identity_lock)
        if not self.scale.isSliderDown():
            self.scale.setValue(round(settings.ip_adapter_scale * 100))
        self._strength.setText(decimal(settings.ip_adapter_scale, 2))

    def _update(self) -> None:
        characters = self._document.board.characters if self._document else ()
        names = [each.name for each in characters]
        if names != [self.who.itemText(n) for n in range(self.who.count())]:
            before, row = self.who.currentText(), self.who.currentIndex()
            self.who.clear()
            self.who.addItems(names)
            at = names.index(before) if before in names else min(max(row, 0), len(names) - 1)
            self.who.setCurrentIndex(at)
        self.setEnabled(self._document is not None)
        self._body.setVisible(bool(names))
        self._hint.setVisible(not names)
        self.remove.setEnabled(bool(names))
        self.who.setEnabled(bool(names))
        self._show_character()

    def _show_character(self) -> None:
        character = self.character
        if character is None or self._document is None:
            return
        if character.name != self._shown_name:
            self._keep_name()  # somebody else's name was being written when another one was picked
        if self.name.text() == self._shown_name:
            self.name.setText(character.name)
            self._shown_name = character.name
        self.traits.show_traits(character.traits)
        if character.references != self._shown_references or self.references.count() == 0:
            self._shown_references = character.references
            pictures: list[tuple[str, bytes]] = []
            for name in character.references:
                try:
                    pictures.append((name, self._document.reference(name).picture))
                except StoryboardError as error:
                    self.problem.emit(error_words(error))
            self.references.show_pictures(pictures)
        self.sheet.setEnabled(not character.references)
        self.drop_reference.setEnabled(bool(character.references))

    def _lay_out(self) -> None:
        for button in (self.add, self.remove, self.choose, self.drop_reference, self.sheet):
            hug_words(button)
        top = QHBoxLayout()
        top.addWidget(self.who, 1)
        top.addWidget(self.add)
        top.addWidget(self.remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.drop_reference)
        strength = QHBoxLayout()
        strength.addWidget(PlainLabel(self.tr("Strength")))
        strength.addWidget(self.scale, 1)
        strength.addWidget(self._strength)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.name)
        inner.addWidget(self.traits, 1)
        inner.addWidget(PlainLabel(self.tr("Reference pictures")))
        inner.addWidget(self.references)
        inner.addLayout(buttons)
        inner.addWidget(self.sheet)
        inner.addWidget(self.lock)
        inner.addLayout(strength)
        body = QWidget()
        column = QVBoxLayout(body)
        column.addLayout(top)
        column.addWidget(self._hint)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidget(body)
