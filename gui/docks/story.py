"""The story: its text, language and length, the number of panels and the frame; Plan.

This is the part of the window that is there first, so what it imports is as little as can be.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.bounded_text import BoundedText
from gui.widgets.field import LineField, TextField
from gui.widgets.plain_label import PlainLabel
from gui.widgets.typing_steps import UNDOES_ITSELF
from gui.words.error_words import error_words
from storyboard.values import bounds

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from gui.document.document import Document

__all__ = ["ASPECTS", "StoryView"]

ASPECTS = ("16:9", "1.85:1", "2.39:1", "4:3", "1:1", "4:5", "9:16")
_LOOK = 250  # milliseconds without a key until words are counted
_NARROWEST = 230  # pixels


class _Editor(BoundedText):
    """A text that also takes a dropped file."""

    dropped = Signal(Path)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files and text."""
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Open a file; insert anything else as plain text."""
        files = [Path(each.toLocalFile()) for each in source.urls() if each.isLocalFile()]
        if files:
            self.dropped.emit(files[0])
        else:
            super().insertFromMimeData(source)


class StoryView(QWidget):
    """Edits the document's story, title and frame.

    `plan_wanted` asks for a plan of a text in a number of panels.
    """

    plan_wanted = Signal(str, int)
    file_dropped = Signal(Path)
    problem = Signal(str)
    aspect_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._showing = False
        self._shown_aspect = ""  # until the user writes something else there
        self._shown_panels = 0
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title"))
        self._title_field = LineField(self.title, _title_in)
        self._title_field.edited.connect(self._keep_title)
        self.editor = _Editor(bounds.SCRIPT_LETTERS)
        self.editor.setAccessibleName(self.tr("Story"))
        self.editor.setPlaceholderText(
            self.tr("Write or paste a story here, or drop a text file. Then press Plan.")
        )
        self.editor.setTabChangesFocus(True)
        self.editor.dropped.connect(self.file_dropped)
        self._text_field = TextField(self.editor, read=str)
        self._text_field.edited.connect(self._keep_text)
        self._facts = PlainLabel()
        self._facts.setAccessibleDescription(self.tr("Language and length"))
        self.panels = QSpinBox()
        self.panels.setRange(1, bounds.PANELS_BY_HAND)
        self.panels.setValue(6)
        self.panels.setAccessibleName(self.tr("Number of panels"))
        self.aspect = QComboBox()
        self.aspect.setEditable(True)
        self.aspect.addItems(ASPECTS)
        self.aspect.setAccessibleName(self.tr("Frame, width to height"))
        self.aspect.activated.connect(self._keep_aspect)
        line = self.aspect.lineEdit()
        assert line is not None  # the box is editable
        line.editingFinished.connect(self._keep_aspect)
        line.setProperty(UNDOES_ITSELF, True)
        self.plan = QPushButton(self.tr("Plan"))
        self.plan.setToolTip(self.tr("Turn the story into shots at once, without drawing"))
        self.plan.clicked.connect(self.ask_for_plan)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._show_facts)
        self._lay_out()

    @property
    def early_text(self) -> str:
        """What was typed before a board was open."""
        return self.editor.toPlainText() if self._document is None else ""

    def show_document(self, document: Document | None) -> None:
        """Show another board; what was typed while there was none goes to its story's end."""
        early, before = self.early_text.strip(), self._document
        if before is not None:
            self.flush()
            before.changed.disconnect(self.update_text)
        self._document = document
        # Nothing that is still there belongs to another board.
        self._shown_aspect = self.aspect.currentText()
        if document is None:
            if before is not None:
                self.editor.clear()
            return
        document.changed.connect(self.update_text)
        self.update_text()
        if early:
            story = document.board.story.rstrip()
            self.editor.setPlainText(f"{story}\n\n{early}" if story else early)
            self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def update_text(self) -> None:
        """Follow the document."""
        if self._document is None:
            return
        board = self._document.board
        self._showing = True
        before = self.editor.document().revision()
        self._text_field.show([board.story])
        if self.editor.document().revision() != before:
            self._show_facts()
        self._title_field.show([board.title])
        # A board that has grown by hand has another number of panels, and planning keeps it.
        if board.panels and len(board.panels) != self._shown_panels:
            self.panels.setValue(len(board.panels))
        self._shown_panels = len(board.panels)
        # What is being written stays, whoever else changes the board meanwhile.
        if self.aspect.currentText() == self._shown_aspect:
            self.aspect.setCurrentText(board.aspect)
            self._shown_aspect = board.aspect
        self._showing = False

    def flush(self) -> None:
        """Put into the document what was typed and is not in it yet."""
        self._keep_aspect()
        if self._look.isActive():
            self._show_facts()

    def take(self, text: str) -> None:
        """Make another text the story."""
        self.editor.setPlainText(text)
        self.flush()

    def ask_for_plan(self) -> None:
        """Ask for a plan of the story as it is written now."""
        self.flush()
        self.plan_wanted.emit(self.editor.toPlainText(), self.panels.value())

    def _keep_text(self, text: str, step: int) -> None:
        self._look.start()
        self._change(self.tr("Write"), f"story {step}", story=text)

    def _keep_title(self, title: str, step: int) -> None:
        self._change(self.tr("Change title"), f"title {step}", title=title)

    def _change(self, command: str, step: str, **fields: Any) -> None:
        if self._document is not None:
            from dataclasses import replace  # a window opens, and is written in, without them

            self._document.edit(command, replace(self._document.board, **fields), step)

    def _show_facts(self) -> None:
        self._look.stop()
        from storyboard.story.facts import story_facts

        facts = story_facts(self.editor.toPlainText())
        names = {"en": self.tr("English"), "ru": self.tr("Russian"), "kk": self.tr("Kazakh")}
        words = self.tr("words: {0}").format(facts.words)
        language = names.get(facts.language, "")
        said = f"{language}  \u00b7  {words}" if language else words
        self._facts.setText(said if facts.words else "")

    def _keep_aspect(self) -> None:
        from storyboard.errors import StoryboardError
        from storyboard.values.aspect import parse_aspect

        document, aspect = self._document, self.aspect.currentText().strip()
        if document is None or self._showing or aspect == self._shown_aspect:
            return
        self._shown_aspect = self.aspect.currentText()
        try:
            parse_aspect(aspect)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            self.update_text()
            return
        if aspect != document.board.aspect:
            self._change(self.tr("Change frame"), "", aspect=aspect)
            self.aspect_changed.emit()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Panels"), self.panels)
        form.addRow(self.tr("Frame"), self.aspect)
        self.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self.editor, 1)
        column.addWidget(self._facts)
        column.addLayout(form)
        column.addWidget(self.plan)


def _title_in(text: str) -> str | None:
    """The title in the line; None while it is empty, because every board has a title."""
    return text.strip() or None
