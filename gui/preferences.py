"""Preferences: every setting, its value, and where that comes from."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.theme import colours
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from gui.choices import Choices

__all__ = ["Preferences"]

_WHOLE = {"num_inference_steps": (1, 150), "panels": (1, 60), "preview_every": (0, 150)}
_PARTS = {"guidance_scale": (0.0, 30.0), "ip_adapter_scale": (0.0, 1.0)}


class Preferences(QDialog):
    """What is changed here becomes the user's own setting, and holds for the open board too."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(860, 640)
        self._choices = choices
        self.fields: dict[str, QWidget] = {}
        self.origins: dict[str, QLabel] = {}
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(self.tr("Message"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        grid = self._grid()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(grid)
        column = QVBoxLayout(self)
        note = QLabel(
            self.tr(
                "Saved for all boards, and used for the open one at once. A board's own settings, "
                "the environment and a picked mode win over what is saved here."
            )
        )
        note.setWordWrap(True)
        column.addWidget(note)
        column.addWidget(area, 1)
        column.addWidget(self.message)
        column.addWidget(self.buttons)
        self._before = self._values()

    def _grid(self) -> QWidget:
        effective = self._choices.effective
        body = QWidget()
        grid = QGridLayout(body)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setHorizontalSpacing(16)
        for column, title in enumerate(
            (self.tr("Setting"), self.tr("Value"), self.tr("Where it comes from"))
        ):
            label = QLabel(title)
            font = label.font()
            font.setBold(True)
            label.setFont(font)
            grid.addWidget(label, 0, column)
        muted = colours(self.palette()).muted.name()
        for row, name in enumerate(effective.origins, 1):
            value = getattr(effective.settings, name)
            field = self._field(name, value)
            field.setAccessibleName(name)
            origin = QLabel(_short(effective.origins[name]))
            origin.setToolTip(effective.origins[name])
            origin.setWordWrap(True)
            origin.setStyleSheet(f"color: {muted}")
            label = QLabel(name)
            label.setBuddy(field)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label, row, 0, top)
            grid.addWidget(field, row, 1, top)
            grid.addWidget(origin, row, 2, top)
            self.fields[name], self.origins[name] = field, origin
        grid.setRowStretch(len(self.fields) + 1, 1)
        return body

    def _field(self, name: str, value: object) -> QWidget:
        from config import SPEED_MODES

        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            return box
        if name == "mode" or name == "page":
            choice = QComboBox()
            choice.addItems(list(SPEED_MODES) if name == "mode" else ["A4", "Letter"])
            choice.setCurrentText(str(value))
            return choice
        if name in _WHOLE:
            spin = QSpinBox()
            spin.setRange(*_WHOLE[name])
            spin.setValue(typing.cast("int", value))
            return spin
        if name in _PARTS:
            part = QDoubleSpinBox()
            part.setRange(*_PARTS[name])
            part.setSingleStep(0.05 if name == "ip_adapter_scale" else 0.5)
            part.setValue(typing.cast("float", value))
            return part
        if name == "character_traits" and isinstance(value, dict):
            return self._text("\n".join(f"{key}: {words}" for key, words in value.items()), 6)
        if name in ("negative_prompt", "style"):
            return self._text(str(value), 3)
        return QLineEdit(str(value))

    def _text(self, words: str, lines: int) -> QPlainTextEdit:
        text = QPlainTextEdit(words)
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * lines + 16)
        return text

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, field in self.fields.items():
            if isinstance(field, QCheckBox):
                values[name] = field.isChecked()
            elif isinstance(field, QComboBox):
                values[name] = field.currentText()
            elif isinstance(field, QSpinBox | QDoubleSpinBox):
                values[name] = round(field.value(), 4)
            elif isinstance(field, QPlainTextEdit):
                values[name] = field.toPlainText().strip()
            elif isinstance(field, QLineEdit):
                values[name] = field.text().strip()
        return values

    def _save(self) -> None:
        from storyboard.user_settings import keep_user_settings

        now = self._values()
        changed = {name: value for name, value in now.items() if value != self._before[name]}
        if "character_traits" in changed:
            changed["character_traits"] = _traits(str(changed["character_traits"]))
        if not changed:
            self.accept()
            return
        try:
            keep_user_settings(changed)
        except StoryboardError as error:
            self.message.setText(str(error))
            return
        if self._choices.pick(changed):
            self.accept()


def _traits(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): words.strip() for name, _, words in pairs}


def _short(origin: str) -> str:
    """An origin without its long path, which the tool tip has."""
    name, bracket, path = origin.partition(" (")
    folder = path.rstrip(")").replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return f"{name} (\u2026/{folder})" if bracket else origin
