"""Preferences: the language, the program for pictures, and where each setting comes from."""

from __future__ import annotations

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

from gui.dialogs.planner_field import PlannerField
from gui.look.theme import make_primary, slim_scroll_bars
from gui.widgets.growing_text import GrowingText
from gui.widgets.muted_label import MutedLabel
from gui.widgets.plain_label import PlainLabel, plain_tip
from gui.widgets.wheel_guard import WheelGuard
from gui.words.error_words import error_words
from gui.words.setting_names import grouped_settings, origin_words, setting_name
from storyboard.errors import StoryboardError
from storyboard.export.page_design import PAPERS

if TYPE_CHECKING:
    from gui.document.choices import Choices
    from gui.pictures.external_editor import ExternalEditor
    from gui.words.language import Language

__all__ = ["Preferences"]

_OF_A_MODEL = {"model", "edit_model", "animate_model", "sampler", "schedule", "loras"}
_AUTOMATIC = {"enable_channels_last", "enable_attention_slicing"}


class Preferences(QDialog):
    """What is changed here becomes the user's own setting, and holds for the open board too.

    Args:
        choices: The settings in force.
        language: The language of the window, which holds from the next start on.
        editor: Knows the program that pictures are edited with.
    """

    def __init__(
        self,
        choices: Choices,
        language: Language,
        editor: ExternalEditor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(860, 640)
        self._choices, self._language, self._editor = choices, language, editor
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        for code, name in language.choices:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(language.code))
        self.program = QLineEdit(editor.command)
        self.program.setPlaceholderText(self.tr("the one that the system opens pictures with"))
        self.fields: dict[str, QWidget] = {}
        self.origins: dict[str, QLabel] = {}
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleDescription(self.tr("Message"))
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
        note = PlainLabel(
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
        make_primary(self.buttons.button(QDialogButtonBox.StandardButton.Save))
        slim_scroll_bars(self)
        WheelGuard(self).watch(self)

    def _grid(self) -> QWidget:
        effective = self._choices.effective
        body = QWidget()
        grid = QGridLayout(body)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        self._add(grid, self.tr("Language"), self.language, self.tr("from the next start on"))
        example = self.tr("for example {0}").format("gimp")
        self._add(grid, self.tr("Program for Pictures"), self.program, example)
        for title, names in grouped_settings(effective.origins):
            heading = PlainLabel(title)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            heading.setContentsMargins(0, 10, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 3)
            for name in names:
                field = self._field(name, getattr(effective.settings, name))
                origin = self._add(
                    grid, setting_name(name), field, origin_words(effective.origins[name])
                )
                # For whoever writes such a file by hand.
                field.setToolTip(name)
                origin.setToolTip(plain_tip(effective.origins[name]))
                self.fields[name], self.origins[name] = field, origin
        grid.setRowStretch(grid.rowCount(), 1)
        return body

    def _add(self, grid: QGridLayout, name: str, field: QWidget, origin: str) -> QLabel:
        """A row; returns the label at its end."""
        field.setAccessibleName(name)
        label, end = PlainLabel(name), MutedLabel(origin)
        label.setBuddy(field)
        end.setWordWrap(True)
        row, middle = grid.rowCount(), Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, row, 0, middle)
        grid.addWidget(field, row, 1, middle)
        grid.addWidget(end, row, 2, middle)
        return end

    def _field(self, name: str, value: object) -> QWidget:
        from config import SPEED_MODES

        if name in _AUTOMATIC:
            choice = QComboBox()
            choice.addItem(self.tr("automatic"), "auto")
            choice.addItem(self.tr("on"), True)
            choice.addItem(self.tr("off"), False)
            choice.setCurrentIndex(max(0, choice.findData(value)))
            return choice
        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            return box
        if name == "mode" or name == "page":
            choice = QComboBox()
            for text in SPEED_MODES if name == "mode" else PAPERS:
                choice.addItem(text, text)
            choice.setCurrentIndex(choice.findData(value))
            return choice
        if name == "planner":
            return PlannerField(str(value))
        low, high = _bounds(name)
        if isinstance(value, int) and high < 2**31:
            spin = QSpinBox()
            spin.setRange(int(low), int(high))
            spin.setValue(value)
            return spin
        if isinstance(value, float):
            part = QDoubleSpinBox()
            part.setRange(low, high)
            part.setSingleStep(0.05 if high <= 1 else 0.5)
            part.setValue(value)
            return part
        if name == "character_traits" and isinstance(value, dict):
            return self._text("\n".join(f"{key}: {words}" for key, words in value.items()), 6)
        if name in ("negative_prompt", "style", "loras"):
            return self._text(str(value), 3)
        return QLineEdit(str(value))

    def _text(self, words: str, lines: int) -> QPlainTextEdit:
        text = GrowingText(lines, lines)
        text.setPlainText(words)
        return text

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, field in self.fields.items():
            if isinstance(field, QCheckBox):
                values[name] = field.isChecked()
            elif isinstance(field, PlannerField):
                values[name] = field.setting
            elif isinstance(field, QComboBox):
                values[name] = field.currentData()
            elif isinstance(field, QSpinBox | QDoubleSpinBox):
                values[name] = round(field.value(), 4)
            elif isinstance(field, QPlainTextEdit):
                values[name] = field.toPlainText().strip()
            elif isinstance(field, QLineEdit):
                values[name] = field.text().strip()
        return values

    def _save(self) -> None:
        from storyboard.planning.chosen_planner import check_planner
        from storyboard.settings.acceptance import check_drawing
        from storyboard.settings.layers import load_settings
        from storyboard.settings.user_settings import keep_user_settings

        now = self._values()
        changed = {name: value for name, value in now.items() if value != self._before[name]}
        if "character_traits" in changed:
            changed["character_traits"] = _traits(str(changed["character_traits"]))
        if not changed:
            self._keep_own()
            return
        try:
            check_planner(str(changed.get("planner", "")))
            if _OF_A_MODEL & changed.keys():
                model = self._choices.settings.model
                check_drawing(load_settings({"model": model, **changed}).settings)
            keep_user_settings(changed)
        except StoryboardError as error:
            self.message.setText(error_words(error))
            return
        self._choices.problem.connect(self.message.setText)  # the window's bar is behind this
        if self._choices.pick(changed):
            self._keep_own()
        self._choices.problem.disconnect(self.message.setText)

    def _keep_own(self) -> None:
        """Keep what is the window's alone, now that nothing is refused, and close."""
        self._language.code = str(self.language.currentData())
        self._editor.command = self.program.text()
        self.accept()


def _bounds(name: str) -> tuple[float, float]:
    """The least and the largest value that config.py allows."""
    from config import Settings

    rules = Settings.model_fields[name].metadata
    low = max((each.ge for each in rules if hasattr(each, "ge")), default=0)
    high = min((each.le for each in rules if hasattr(each, "le")), default=2**31 - 1)
    return low, high


def _traits(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): words.strip() for name, _, words in pairs}
