"""The names of the characters in a shot: known ones are completed, unknown ones pointed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QObject

__all__ = ["NamesEdit", "names_in"]


class _Completer(QCompleter):
    """Completes the last of several names with commas between them."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        line = self.widget()
        before = line.text().rpartition(",")[0] if isinstance(line, QLineEdit) else ""
        name = super().pathFromIndex(index)
        return f"{before}, {name}" if before else name


class NamesEdit(QWidget):
    """A line of names; `add_wanted` asks for those nobody knows to join the cast."""

    add_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("names, with commas"))
        self._known = QStringListModel(self)
        completer = _Completer(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        # A completed name was not typed, but is meant as if it were.
        completer.activated.connect(self._complete)
        self.line.textChanged.connect(self._update)
        self.line.installEventFilter(self)
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._add = QPushButton(self.tr("Add to the cast"))
        self._add.clicked.connect(self._ask)
        self._unknown = QWidget()
        row = QHBoxLayout(self._unknown)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._said, 1)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self._unknown)
        self.setFocusProxy(self.line)
        self._update()

    @property
    def said(self) -> str:
        """What is said about names that nobody knows."""
        return "" if self._unknown.isHidden() else self._said.text()

    @property
    def add(self) -> QPushButton:
        """The button that takes them into the cast."""
        return self._add

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names in the line that are not in the cast."""
        known = {each.casefold() for each in self._known.stringList()}
        return tuple(each for each in names_in(self.line.text()) if each.casefold() not in known)

    def show_cast(self, names: Collection[str]) -> None:
        """Know these names."""
        if list(names) != self._known.stringList():
            self._known.setStringList(list(names))
        self._update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the line is left: then its last name is whole, too."""
        if watched is self.line and isinstance(event, QFocusEvent):
            self._update(is_written=event.gotFocus())
        return super().eventFilter(watched, event)

    def _update(self, text: str = "", *, is_written: bool | None = None) -> None:
        writing = self.line.hasFocus() if is_written is None else is_written
        unknown = self.unknown
        last = self.line.text().rpartition(",")[2].strip()
        if writing and unknown and unknown[-1] == last:
            # It may become a name that is known.
            beginning = last.casefold()
            names = self._known.stringList()
            if any(each.casefold().startswith(beginning) for each in names):
                unknown = unknown[:-1]
        self._unknown.setVisible(bool(unknown))
        text = self.tr("Not in the cast: {0}. Nobody knows how they look.")
        self._said.setText(text.format(", ".join(unknown)) if unknown else "")

    def _complete(self, text: str) -> None:
        self.line.setText(text)
        self.line.textEdited.emit(text)

    def _ask(self) -> None:
        self.add_wanted.emit(self.unknown)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a line, each once."""
    names = (" ".join(each.split()) for each in text.split(","))
    return tuple(dict.fromkeys(each for each in names if each))
