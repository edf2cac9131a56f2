"""A field of the window that stands for one value of the board.

Each change is handed on at once, so that nothing waits to be kept; and nothing but another value,
such as an undo brings, is written into a field in which somebody is writing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from gui.widgets.typing_steps import TypingSteps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["ChoiceField", "Field", "LineField", "NumberField", "TextField", "TickField"]

_NOTHING = object()
_WHOLE = 0
_AROUND = 16  # pixels of the frame and the margins of a line
# A menu that opens, or another window, takes the focus for a moment only.
_COMES_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Field(QObject):
    """What all kinds of fields share.

    `edited` carries the new value, and the number of the step of undo that it belongs to: 0 where
    it is a step of its own, because it is not typed but chosen. `left` tells that the author has
    gone on to something else.
    """

    edited = Signal(object, int)
    left = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._steps = TypingSteps()
        self._value: object = _NOTHING  # what was shown or told last
        self._several = False
        widget.installEventFilter(self)

    def show(self, values: Collection[object]) -> None:
        """Show what all of `values` are, or that they differ; without any, leave it as it is."""
        if not values:
            return
        value = next(iter(values))
        if any(each != value for each in values):
            if not self._several:
                self._several, self._value = True, _NOTHING
                self._steps.end()
                self._write_several()
        elif self._several or value != self._value:
            self._several, self._value = False, value
            self._steps.end()
            self._write(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the focus goes."""
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() not in _COMES_BACK:
                self._finish()
                self.left.emit()
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        """End the step of undo; what was left half written gives way to the value."""
        self._steps.end()
        if not self._several and self._value is not _NOTHING and self._read() is None:
            self._write(self._value)

    def _tell(self, number: int) -> None:
        value = self._read()
        if value is not None:
            self._several, self._value = False, value
            self.edited.emit(value, number)

    def _read(self) -> object:
        """The value in the widget; None where what is written there is none."""
        raise NotImplementedError

    def _write(self, value: Any) -> None:
        raise NotImplementedError

    def _write_several(self) -> None:
        raise NotImplementedError


class _Written(Field):
    """A field of text.

    Args:
        widget: What is written in. Its own undo gives way to the window's.
        read: From what is written to the value, or None where it is none yet.
        words: From the value to what is written.
    """

    def __init__(
        self,
        widget: QPlainTextEdit | QLineEdit,
        read: Callable[[str], object] = str.strip,
        words: Callable[[Any], str] = str,
    ) -> None:
        super().__init__(widget)
        self._parse, self._words = read, words
        self._hint: str | None = None  # the placeholder, while another takes its place
        self._before = ""

    def _changed(self, text: str) -> None:
        before, self._before = self._before, text
        if before != text:
            self._tell(self._steps.step(before, text))

    def _write(self, value: Any) -> None:
        if self._hint is not None:
            self._placeholder(self._hint)
            self._hint = None
        self._put(self._words(value))

    def _write_several(self) -> None:
        self._hint = self._placeholder(self._words_of_several)
        self._put("")

    @property
    def _words_of_several(self) -> str:
        return self.tr("several values")

    def _placeholder(self, text: str) -> str:
        raise NotImplementedError

    def _put(self, text: str) -> None:
        raise NotImplementedError


class TextField(_Written):
    """Several lines of text."""

    def __init__(
        self,
        widget: QPlainTextEdit,
        read: Callable[[str], object] = str.strip,
        words: Callable[[Any], str] = str,
    ) -> None:
        super().__init__(widget, read, words)
        self._widget = widget
        self._before = widget.toPlainText()
        widget.setUndoRedoEnabled(False)
        widget.textChanged.connect(self._text_changed)

    def _text_changed(self) -> None:
        self._changed(self._widget.toPlainText())

    def _read(self) -> object:
        return self._parse(self._widget.toPlainText())

    def _placeholder(self, text: str) -> str:
        before = self._widget.placeholderText()
        self._widget.setPlaceholderText(text)
        return before

    def _put(self, text: str) -> None:
        place = _place(self._before, text, self._widget.textCursor().position())
        with QSignalBlocker(self._widget):
            self._widget.setPlainText(text)
        self._before = self._widget.toPlainText()
        cursor = self._widget.textCursor()
        cursor.setPosition(min(place, len(self._before)))
        self._widget.setTextCursor(cursor)


class LineField(_Written):
    """One line of text."""

    def __init__(
        self,
        widget: QLineEdit,
        read: Callable[[str], object] = str.strip,
        words: Callable[[Any], str] = str,
    ) -> None:
        super().__init__(widget, read, words)
        self._widget = widget
        self._before = widget.text()
        widget.textEdited.connect(self._changed)
        # Beside something else a line could become too narrow for these words.
        words_of_several = widget.fontMetrics().horizontalAdvance(self._words_of_several)
        widget.setMinimumWidth(words_of_several + _AROUND)

    def _read(self) -> object:
        return self._parse(self._widget.text())

    def _placeholder(self, text: str) -> str:
        before = self._widget.placeholderText()
        self._widget.setPlaceholderText(text)
        return before

    def _put(self, text: str) -> None:
        writing = self._widget.hasFocus()
        place = _place(self._before, text, self._widget.cursorPosition()) if writing else 0
        self._widget.setText(text)
        self._widget.setCursorPosition(place)
        self._before = text


class ChoiceField(Field):
    """One of several words, each with its value as the item's data."""

    def __init__(self, widget: QComboBox, kind: Callable[[Any], object]) -> None:
        super().__init__(widget)
        self._widget, self._kind = widget, kind
        widget.setPlaceholderText(self.tr("several values"))
        widget.activated.connect(self._picked)

    def _picked(self) -> None:
        self._tell(_WHOLE)

    def _read(self) -> object:
        data = self._widget.currentData()
        return None if data is None else self._kind(data)  # Qt gives back a plain word

    def _write(self, value: Any) -> None:
        self._widget.setCurrentIndex(self._widget.findData(value))

    def _write_several(self) -> None:
        self._widget.setCurrentIndex(-1)


class NumberField(Field):
    """A number; all that is done to it until it is left is one step of undo."""

    def __init__(self, widget: QSpinBox | QDoubleSpinBox) -> None:
        super().__init__(widget)
        self._widget = widget
        line = widget.findChild(QLineEdit)
        assert line is not None  # every spin box has one
        self._line = line
        self._steps.next()
        self._unit = widget.suffix()
        self._is_written = False
        widget.valueChanged.connect(self._changed)
        widget.editingFinished.connect(self._agree)
        line.textEdited.connect(self._written)

    def _written(self) -> None:
        self._is_written = True

    def _changed(self) -> None:
        self._is_written = False
        self._tell(self._steps.number)

    def _agree(self) -> None:
        """Take a number that is written where several stood, though it was one of them."""
        if self._is_written and self._several and self._line.text():
            self._tell(self._steps.number)
        self._is_written = False
        if not self._several:
            self._show_unit(self._unit)

    def _finish(self) -> None:
        self._steps.next()

    def _show_unit(self, unit: str) -> None:
        if self._widget.suffix() != unit:
            with QSignalBlocker(self._widget):
                self._widget.setSuffix(unit)

    def _read(self) -> object:
        value = self._widget.value()
        return round(value, 2) if isinstance(value, float) else value

    def _write(self, value: Any) -> None:
        self._steps.next()
        self._line.setPlaceholderText("")
        self._show_unit(self._unit)
        with QSignalBlocker(self._widget):
            self._widget.setValue(value)

    def _write_several(self) -> None:
        self._line.setPlaceholderText(self.tr("several values"))
        self._show_unit("")  # a box with a unit is never blank
        with QSignalBlocker(self._line):  # else the box would put its number back
            self._line.clear()


class TickField(Field):
    """Yes or no."""

    def __init__(self, widget: QCheckBox) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self._widget.setTristate(False)
        self._tell(_WHOLE)

    def _read(self) -> object:
        return self._widget.isChecked()

    def _write(self, value: Any) -> None:
        self._widget.setTristate(False)
        self._widget.setChecked(bool(value))

    def _write_several(self) -> None:
        self._widget.setTristate(True)
        self._widget.setCheckState(Qt.CheckState.PartiallyChecked)


def _place(before: str, after: str, position: int) -> int:
    """Where the cursor belongs when one text takes another's place: beside the same words."""
    if after.startswith(before[:position]):
        return position
    behind = before[position:]
    return len(after) - len(behind) if after.endswith(behind) else min(position, len(after))
