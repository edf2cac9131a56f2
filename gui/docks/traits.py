"""A character's traits in the order in which they enter the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import hug_words
from gui.widgets.typing_steps import UNDOES_ITSELF
from gui.widgets.undo_keys import UndoKeys
from gui.widgets.wheel_guard import WheelGuard

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

__all__ = ["TraitsTable"]

Traits = tuple[tuple[str, str], ...]


class _Cells(QStyledItemDelegate):
    """Edits a cell: known traits are offered, and any other word is taken."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        from storyboard.planning.characters import TRAITS

        line: QLineEdit | None
        if index.column() == 0:
            editor = QComboBox(parent)
            editor.setEditable(True)
            editor.addItems(TRAITS)
            editor.setCurrentText(str(index.data() or ""))
            editor.setAccessibleName(self.tr("Trait"))
            WheelGuard(editor).watch(editor)
            line = editor.lineEdit()
            widget: QWidget = editor
        else:
            widget = line = QLineEdit(parent)
            line.setFrame(False)
            line.setAccessibleName(self.tr("Words of the trait"))
        if line is not None:
            line.setProperty(UNDOES_ITSELF, True)
        UndoKeys(widget).watch(widget)
        return widget


class TraitsTable(QWidget):
    """`edited` fires when the user has changed, added, removed or moved a trait."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(self.tr("Traits, in the order of the prompt"))
        self.table.setHorizontalHeaderLabels([self.tr("Trait"), self.tr("Words, in English")])
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(_Cells(self.table))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        # No wider than the longest usual trait: the name of the other column is long.
        header.resizeSection(0, self.fontMetrics().horizontalAdvance("facial_hair") + 14)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)  # the bold name of a chosen column has no room
        self.table.setTabKeyNavigation(False)
        self.table.itemChanged.connect(self._changed)
        self.table.currentCellChanged.connect(self._update_buttons)
        self.add = QPushButton(self.tr("Add"))
        self.add.setAccessibleName(self.tr("Add a trait"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove this trait"))
        self.up = QPushButton("\u2191")
        self.up.setAccessibleName(self.tr("Move this trait up"))
        self.down = QPushButton("\u2193")
        self.down.setAccessibleName(self.tr("Move this trait down"))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        row = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            hug_words(button)
            button.setToolTip(button.accessibleName())
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addLayout(row)

    @property
    def traits(self) -> Traits:
        """What the table says, without empty rows."""
        rows = ((self._word(row, 0), self._word(row, 1)) for row in range(self.table.rowCount()))
        return tuple(each for each in rows if all(each))

    def show_traits(self, traits: Traits) -> None:
        """Show traits; the selected row stays where it can."""
        if traits == self.traits and self.table.rowCount() >= len(traits):
            return
        row = self.table.currentRow()
        self._showing = True
        self.table.setRowCount(len(traits))
        for at, pair in enumerate(traits):
            for column, word in enumerate(pair):
                self.table.setItem(at, column, QTableWidgetItem(word))
        self._showing = False
        if traits:
            self.table.setCurrentCell(min(max(row, 0), len(traits) - 1), 1)
        self._update_buttons()

    def finish(self) -> None:
        """Take the words of the cell that is being written."""
        focus = self.table.focusWidget()
        if focus is not None and focus is not self.table and focus.hasFocus():
            self.table.setFocus()

    def _word(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _changed(self, item: QTableWidgetItem) -> None:
        if not self._showing:
            self.edited.emit()

    def _add(self) -> None:
        from storyboard.planning.characters import TRAITS

        self._showing = True
        used = {kind for kind, _ in self.traits}
        kind = next((each for each in TRAITS if each not in used), TRAITS[0])
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(kind))
        self.table.setItem(row, 1, QTableWidgetItem(""))
        self._showing = False
        self.table.setCurrentCell(row, 1)
        item = self.table.item(row, 1)
        if item is not None and self.table.isVisible():
            self.table.editItem(item)

    def _remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.edited.emit()

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row, traits = self.table.currentRow(), list(self.traits)
        if 0 <= row < len(traits) and 0 <= row + by < len(traits):
            traits.insert(row + by, traits.pop(row))
            self.show_traits(tuple(traits))
            self.table.setCurrentCell(row + by, 1)
            self.edited.emit()

    def _update_buttons(self) -> None:
        row, last = self.table.currentRow(), self.table.rowCount() - 1
        self.remove.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < last)
