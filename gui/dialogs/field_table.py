"""The fields of a page: which, in which order, how wide, above the frame or among the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from storyboard.export.page_design import SHORT_FIELDS, Field, FieldPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FieldTable"]

_NAME, _WORDS, _WIDTH, _ABOVE = range(4)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_LONGEST = 300


class FieldTable(QWidget):
    """A row for every field; `changed` tells of every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("What is printed of a panel"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Field"), self.tr("Words"), self.tr("Width %"), self.tr("Above")]
        )
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_WORDS, _WIDTH, _ABOVE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setVisible(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.itemChanged.connect(self._edited)
        self.up, self.down = QPushButton(self.tr("Up")), QPushButton(self.tr("Down"))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        for each in (self.up, self.down):
            each.setAutoDefault(False)
        self.own_label, self.own_text = QLineEdit(), QLineEdit()
        for line, words in (
            (self.own_label, self.tr("name of your own column")),
            (self.own_text, self.tr("its text")),
        ):
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
            line.setMaxLength(_LONGEST)
            line.textEdited.connect(self.changed)
        self._labels: dict[Field, str | None] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        pairs: tuple[tuple[QWidget, QWidget], ...] = (
            (self.up, self.down),
            (self.own_label, self.own_text),
        )
        for pair in pairs:
            row = QHBoxLayout()
            for widget in pair:
                row.addWidget(widget)
            layout.addLayout(row)

    def show_fields(self, heading: Sequence[Field], fields: Sequence[FieldPlace]) -> None:
        """Show these; they come first, in their order, and the others behind them."""
        places = {each.field: each for each in fields}
        self._labels = {each.field: each.label for each in fields}
        own = places.get(Field.OWN, FieldPlace(Field.OWN))
        self.own_label.setText(own.label or "")
        self.own_text.setText(own.text)
        order = dict.fromkeys((*heading, *places, *Field))
        self.table.blockSignals(True)
        self.table.setRowCount(len(order))
        for row, field in enumerate(order):
            self._show_row(row, field, places.get(field), field in heading)
        self.table.blockSignals(False)

    @property
    def heading(self) -> tuple[Field, ...]:
        """The fields above a frame."""
        rows = range(self.table.rowCount())
        return tuple(self.field(row) for row in rows if self._is_checked(row, _ABOVE))

    @property
    def fields(self) -> tuple[FieldPlace, ...]:
        """The fields among the words."""
        rows = range(self.table.rowCount())
        return tuple(self._place(row) for row in rows if self._is_checked(row, _WORDS))

    def _show_row(self, row: int, field: Field, place: FieldPlace | None, above: bool) -> None:
        fixed, ticked = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable, (place, above)
        name = QTableWidgetItem(self._names()[field])
        name.setData(Qt.ItemDataRole.UserRole, field.value)
        name.setFlags(fixed)
        self.table.setItem(row, _NAME, name)
        for column, is_on in zip((_WORDS, _ABOVE), ticked, strict=True):
            item = QTableWidgetItem()
            item.setFlags(fixed)
            if column == _WORDS or field in SHORT_FIELDS:
                item.setFlags(fixed | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_CHECKED if is_on else _UNCHECKED)
            self.table.setItem(row, column, item)
        self.table.setItem(row, _WIDTH, QTableWidgetItem(str(place.width if place else 100)))

    def _place(self, row: int) -> FieldPlace:
        field, item = self.field(row), self.table.item(row, _WIDTH)
        text = item.text().strip() if item is not None else ""
        width = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 100
        width = min(100, max(10, width))
        if field is Field.OWN:
            return FieldPlace(field, width, self.own_label.text(), self.own_text.text())
        return FieldPlace(field, width, self._labels.get(field))

    def field(self, row: int) -> Field:
        """The field of a row."""
        item = self.table.item(row, _NAME)
        assert item is not None
        return Field(item.data(Qt.ItemDataRole.UserRole))

    def _is_checked(self, row: int, column: int) -> bool:
        item = self.table.item(row, column)
        return item is not None and item.checkState() == _CHECKED

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() == _WIDTH:  # what is no width is shown as what it counts for
            self.table.blockSignals(True)
            item.setText(str(self._place(item.row()).width))
            self.table.blockSignals(False)
        self.changed.emit()

    def _move(self, by: int) -> None:
        row = self.table.currentRow()
        if not 0 <= row + by < self.table.rowCount() or row < 0:
            return
        self.table.blockSignals(True)
        for column in range(self.table.columnCount()):
            here = self.table.takeItem(row, column)
            there = self.table.takeItem(row + by, column)
            self.table.setItem(row, column, there)
            self.table.setItem(row + by, column, here)
        self.table.blockSignals(False)
        self.table.setCurrentCell(row + by, self.table.currentColumn())
        self.changed.emit()

    def _names(self) -> dict[Field, str]:
        return {
            Field.PANEL: self.tr("Panel"),
            Field.SCENE: self.tr("Scene"),
            Field.SHOT: self.tr("Shot"),
            Field.DURATION: self.tr("Duration"),
            Field.FRAMING: self.tr("Framing"),
            Field.SIZE: self.tr("Size"),
            Field.ANGLE: self.tr("Angle"),
            Field.MOVE: self.tr("Camera"),
            Field.PLACE: self.tr("Place"),
            Field.TIME: self.tr("Time of day"),
            Field.CAST: self.tr("Cast"),
            Field.ACTION: self.tr("Action"),
            Field.DIALOGUE: self.tr("Dialogue"),
            Field.NOTES: self.tr("Notes"),
            Field.PROMPT: self.tr("Prompt"),
            Field.SEED: self.tr("Seed"),
            Field.FILE: self.tr("File name"),
            Field.OWN: self.tr("Your own text"),
        }
