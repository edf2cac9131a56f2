"""The form with the fields of a shot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.docks.names_edit import NamesEdit, names_in
from gui.docks.scene_box import SceneBox
from gui.widgets.field import ChoiceField, Field, LineField, NumberField, TextField, TickField
from gui.widgets.growing_text import GrowingText
from gui.widgets.muted_label import MutedLabel
from gui.words.shot_words import shot_word
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, ShotSize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storyboard.values.board import Panel

__all__ = ["PANEL_VALUES", "ShotForm"]

PANEL_VALUES = frozenset(("seed", "seed_locked", "left_out"))
"""The fields that stand for a value of the panel; the others stand for one of its shot."""

_MAX_SEED = 2**32 - 1


class ShotForm(QWidget):
    """`edited` carries the name of a value, the value, and the number of its step of undo.

    `follow_wanted` asks for prompts that follow their actions again, `left` names a field that has
    lost the focus.
    """

    edited = Signal(str, object, int)
    left = Signal(str)
    follow_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action, self.prompt_action = GrowingText(3, 8), GrowingText(2, 8)
        self.dialogue, self.note = GrowingText(2, 8), GrowingText(1, 8)
        self.dialogue.setPlaceholderText(self.tr("Name: words, one line each"))
        self.shot_size, self.angle = _choice(ShotSize), _choice(CameraAngle)
        self.camera_move = _choice(CameraMove)
        self.names = NamesEdit()
        self.setting, self.time = QLineEdit(), QLineEdit()
        self.scene = SceneBox()
        self.duration = QDoubleSpinBox()
        self.duration.setRange(0.1, 3600)
        self.duration.setSingleStep(0.5)
        self.duration.setDecimals(1)
        self.duration.setSuffix(self.tr(" s"))
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
        self.by_hand = QWidget()
        self.follow = QPushButton(self.tr("Follow the action again"))
        self.follow.clicked.connect(self.follow_wanted)
        self.left_out = QCheckBox(self.tr("Leave out of exports"))
        self.fields: dict[str, Field] = {
            "seed": LineField(self.seed, _seed),
            "seed_locked": TickField(self.seed_lock),
            "action": TextField(self.action),
            "prompt_action": TextField(self.prompt_action),
            "dialogue": TextField(self.dialogue, _lines, _spoken),
            "size": ChoiceField(self.shot_size, ShotSize),
            "angle": ChoiceField(self.angle, CameraAngle),
            "move": ChoiceField(self.camera_move, CameraMove),
            "characters": LineField(self.names.line, names_in, ", ".join),
            "setting": LineField(self.setting),
            "time_of_day": LineField(self.time),
            "scene": NumberField(self.scene),
            "duration": NumberField(self.duration),
            "note": TextField(self.note),
            "left_out": TickField(self.left_out),
        }
        # Bound methods, which Qt lets go of with this form: a field that is destroyed while it has
        # the focus still says that it was left.
        for field in self.fields.values():
            field.edited.connect(self._tell_edited)
            field.left.connect(self._tell_left)
        self._lay_out()

    def _tell_edited(self, value: object, number: int) -> None:
        self.edited.emit(self._sending, value, number)

    def _tell_left(self) -> None:
        self.left.emit(self._sending)

    @property
    def _sending(self) -> str:
        """The name of the field whose signal is being answered."""
        sender = self.sender()
        return next(name for name, field in self.fields.items() if field is sender)

    def show_panels(self, panels: Sequence[Panel], cast: Collection[str]) -> None:
        """Show what panels have in common."""
        for name, field in self.fields.items():
            field.show(
                [getattr(each if name in PANEL_VALUES else each.shot, name) for each in panels]
            )
        self.names.show_cast(cast)

    def show_by_hand(self, by_hand: bool) -> None:
        """Say whether the prompt is somebody's own words."""
        self.by_hand.setVisible(by_hand)

    def _lay_out(self) -> None:
        seeds = QHBoxLayout()
        seeds.addWidget(self.seed, 1)
        seeds.addWidget(self.seed_lock)
        mark = QHBoxLayout(self.by_hand)
        mark.setContentsMargins(0, 0, 0, 0)
        mark.addWidget(MutedLabel(self.tr("Written by hand")), 1)
        mark.addWidget(self.follow)
        prompt = QVBoxLayout()
        prompt.addWidget(self.prompt_action)
        prompt.addWidget(self.by_hand)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for name, row, widget in (
            (self.tr("Seed"), seeds, self.seed),
            (self.tr("Action"), self.action, self.action),
            (self.tr("In English"), prompt, self.prompt_action),
            (self.tr("Dialogue"), self.dialogue, self.dialogue),
            (self.tr("Size"), self.shot_size, self.shot_size),
            (self.tr("Angle"), self.angle, self.angle),
            (self.tr("Camera"), self.camera_move, self.camera_move),
            (self.tr("Characters"), self.names, self.names.line),
            (self.tr("Setting"), self.setting, self.setting),
            (self.tr("Time of day"), self.time, self.time),
            (self.tr("Scene"), self.scene, self.scene),
            (self.tr("Duration"), self.duration, self.duration),
            (self.tr("Note"), self.note, self.note),
        ):
            widget.setAccessibleName(name)
            form.addRow(name, row)
        form.addRow("", self.left_out)


def _choice(kind: type[ShotSize | CameraAngle | CameraMove]) -> QComboBox:
    box = QComboBox()
    for each in kind:
        box.addItem(shot_word(each), each)
    return box


def _seed(text: str) -> int | None:
    return min(_MAX_SEED, int(text)) if text.isdecimal() else None


def _spoken(lines: tuple[DialogueLine, ...]) -> str:
    return "\n".join(
        f"{each.speaker}: {each.text}" if each.speaker else each.text for each in lines
    )


def _lines(text: str) -> tuple[DialogueLine, ...]:
    found = []
    for line in text.splitlines():
        speaker, colon, words = line.partition(":")
        if colon and 0 < len(speaker.strip()) <= 40:
            found.append(DialogueLine(speaker.strip(), words.strip()))
        elif line.strip():
            found.append(DialogueLine("", line.strip()))
    return tuple(found)
