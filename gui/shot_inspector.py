"""Everything about the selected panel: its shot, its prompt, its seed, its takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.growing_text import GrowingText
from gui.prompt_view import PromptView
from gui.shot_words import shot_word
from gui.takes_view import TakesView
from storyboard.editing import changed, renumbered
from storyboard.models import CameraAngle, CameraMove, DialogueLine, ShotSize

if TYPE_CHECKING:
    from typing import Any

    from gui.choices import Choices
    from gui.document import Document
    from gui.prompt_preview import PromptPreview
    from gui.thumbnails import Thumbnails
    from storyboard.models import Panel, Shot

__all__ = ["ShotInspector"]

_REST = 600
_MAX_SEED = 2**32 - 1


class ShotInspector(QScrollArea):
    """Edits one panel; several selected panels show the first."""

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
        self._choices, self._preview = choices, preview
        self._document: Document | None = None
        self._key = ""
        self._showing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.flush)
        self._make_fields()
        self.prompt = PromptView()
        self.takes = TakesView(thumbnails)
        self.reroll = self.takes.reroll
        self.reroll.clicked.connect(self._reroll)
        self.takes.pinned.connect(self._pin)
        self.takes.best_of_wanted.connect(self._best_of)
        self._none = QLabel(self.tr("Select a panel on the board to see its shot."))
        self._none.setWordWrap(True)
        self._body = self._laid_out()
        preview.written.connect(self.prompt.show_prompt)
        preview.failed.connect(self.prompt.show_problem)
        choices.changed.connect(self._ask_prompt)
        self.update_panel()

    @property
    def key(self) -> str:
        """The panel that is shown; empty where there is none."""
        return self._key

    def show_panel(self, document: Document | None, key: str) -> None:
        """Show another panel."""
        self.flush()
        if document is not self._document:
            if self._document is not None:
                self._document.changed.disconnect(self.update_panel)
            if document is not None:
                document.changed.connect(self.update_panel)
            self._document = document
        self._key = key
        self.update_panel()

    def update_panel(self) -> None:
        """Follow the document."""
        panel = self._panel
        self._body.setVisible(panel is not None)
        self._none.setVisible(panel is None)
        self.takes.show_panel(self._document, panel)
        if panel is None or self._document is None:
            return
        if not self._rest.isActive():
            self._showing = True
            self._fill(panel)
            self._showing = False
        self._ask_prompt()

    def flush(self) -> None:
        """Put what was typed into the document."""
        if self._rest.isActive():
            self._rest.stop()
            self._keep()

    def scroll_to_top(self) -> None:
        """Bring the takes into view."""
        self.verticalScrollBar().setValue(0)

    def scroll_to_prompt(self) -> None:
        """Bring the prompt into view."""
        self.ensureWidgetVisible(self.prompt, 0, 0)

    @property
    def _panel(self) -> Panel | None:
        return self._document.panel(self._key) if self._document and self._key else None

    def _make_fields(self) -> None:
        self.scene = QSpinBox()
        self.scene.setRange(1, 999)
        self.shot_size = _choice(ShotSize)
        self.angle = _choice(CameraAngle)
        self.camera_move = _choice(CameraMove)
        self.setting, self.time = QLineEdit(), QLineEdit()
        self.cast = QLineEdit()
        self.cast.setPlaceholderText(self.tr("names, with commas"))
        self.duration = QDoubleSpinBox()
        self.duration.setRange(0.1, 3600)
        self.duration.setSingleStep(0.5)
        self.duration.setDecimals(1)
        self.duration.setSuffix(self.tr(" s"))
        self.action = self._text(3)
        self.prompt_action = self._text(2)
        self.dialogue = self._text(2)
        self.dialogue.setPlaceholderText(self.tr("Name: words, one line each"))
        self.note = self._text(1)
        self.seed = QLineEdit()
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{1,10}")))
        self.seed_lock = QCheckBox(self.tr("Lock"))
        self.seed_lock.setAccessibleName(self.tr("Lock the seed of this panel"))
        self.seed_lock.setToolTip(
            self.tr(
                "Locked: drawing the panel again uses this seed, and so gives the same picture. "
                "Not locked: every further take gets another seed."
            )
        )
        self.seed_lock.clicked.connect(self._keep)
        for box in (self.shot_size, self.angle, self.camera_move):
            box.activated.connect(self._keep)
        for spin in (self.scene, self.duration):
            spin.valueChanged.connect(self._typed)
        for line in (self.setting, self.time, self.cast, self.seed):
            line.textEdited.connect(self._typed)
            line.editingFinished.connect(self.flush)

    def _text(self, least: int, most: int = 8) -> QPlainTextEdit:
        text = GrowingText(least, most)
        text.textChanged.connect(self._typed)
        return text

    def _laid_out(self) -> QWidget:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        seed_row = QHBoxLayout()
        seed_row.addWidget(self.seed, 1)
        seed_row.addWidget(self.seed_lock)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Action"), self.action),
            (self.tr("In English"), self.prompt_action),
            (self.tr("Dialogue"), self.dialogue),
            (self.tr("Size"), self.shot_size),
            (self.tr("Angle"), self.angle),
            (self.tr("Camera"), self.camera_move),
            (self.tr("Characters"), self.cast),
            (self.tr("Setting"), self.setting),
            (self.tr("Time of day"), self.time),
            (self.tr("Scene"), self.scene),
            (self.tr("Duration"), self.duration),
            (self.tr("Note"), self.note),
        )
        for name, widget in rows:
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        self.seed.setAccessibleName(self.tr("Seed"))
        form.insertRow(0, self.tr("Seed"), seed_row)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_heading(self.tr("Takes")))
        column.addWidget(self.takes)
        column.addLayout(form)
        column.addWidget(_heading(self.tr("Prompt")))
        column.addWidget(self.prompt)
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

    def _fill(self, panel: Panel) -> None:
        shot = panel.shot
        self.scene.setValue(shot.scene)
        for box, value in (
            (self.shot_size, shot.size),
            (self.angle, shot.angle),
            (self.camera_move, shot.move),
        ):
            box.setCurrentIndex(box.findData(value))
        dialogue = "\n".join(_spoken(line) for line in shot.dialogue)
        _set(self.setting, shot.setting)
        _set(self.time, shot.time_of_day)
        _set(self.cast, ", ".join(shot.characters))
        _set(self.seed, str(panel.seed))
        self.seed_lock.setChecked(panel.seed_locked)
        for text, words in (
            (self.action, shot.action),
            (self.prompt_action, shot.prompt_action),
            (self.dialogue, dialogue),
            (self.note, shot.note),
        ):
            if text.toPlainText() != words:
                text.setPlainText(words)
        self.duration.setValue(shot.duration)

    def _typed(self) -> None:
        if not self._showing:
            self._rest.start()

    def _keep(self, *_: Any) -> None:
        document, panel = self._document, self._panel
        if document is None or panel is None or self._showing:
            return
        seed = min(_MAX_SEED, int(self.seed.text() or 0))
        locked = self.seed_lock.isChecked()
        edited = replace(panel, shot=self._shot(panel.shot), seed=seed, seed_locked=locked)
        board = renumbered(changed(document.board, edited))
        number = next(n for n, each in enumerate(board.panels, 1) if each.key == panel.key)
        name = self.tr("Edit panel {0}").format(number)
        document.edit(name, board, f"shot {panel.key}")

    def _shot(self, shot: Shot) -> Shot:
        names = (each.strip() for each in self.cast.text().split(","))
        return replace(
            shot,
            scene=self.scene.value(),
            size=ShotSize(self.shot_size.currentData()),  # Qt gives back a plain word
            angle=CameraAngle(self.angle.currentData()),
            move=CameraMove(self.camera_move.currentData()),
            setting=self.setting.text().strip(),
            time_of_day=self.time.text().strip(),
            characters=tuple(dict.fromkeys(each for each in names if each)),
            action=self.action.toPlainText().strip(),
            prompt_action=self.prompt_action.toPlainText().strip(),
            dialogue=_lines(self.dialogue.toPlainText()),
            duration=round(self.duration.value(), 2)
            if abs(self.duration.value() - shot.duration) >= 0.05
            else shot.duration,
            note=self.note.toPlainText().strip(),
        )

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
        self.flush()
        self.best_of_wanted.emit(self._key, count)

    def _reroll(self) -> None:
        self.flush()
        self.reroll_wanted.emit(self._key)


def _choice(kind: type[ShotSize | CameraAngle | CameraMove]) -> QComboBox:
    box = QComboBox()
    for each in kind:
        box.addItem(shot_word(each), each)
    return box


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _set(line: QLineEdit, text: str) -> None:
    if line.text() != text:
        line.setText(text)
        line.setCursorPosition(0)


def _spoken(line: DialogueLine) -> str:
    return f"{line.speaker}: {line.text}" if line.speaker else line.text


def _lines(text: str) -> tuple[DialogueLine, ...]:
    found = []
    for line in text.splitlines():
        speaker, colon, words = line.partition(":")
        if colon and 0 < len(speaker.strip()) <= 40:
            found.append(DialogueLine(speaker.strip(), words.strip()))
        elif line.strip():
            found.append(DialogueLine("", line.strip()))
    return tuple(found)
