"""What would become of each panel, before the board is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import colours, make_primary, slim_scroll_bars
from gui.planning.merge_rows import merge_counts, merge_rows
from gui.widgets.muted_label import MutedLabel
from gui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from gui.planning.merge_rows import MergeRow
    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard

__all__ = ["MergeDialog"]

_BECOMES, _PLACE, _ACTION, _WORDS = range(4)
_LETTERS = 300  # of a cell; the whole is in its tip
_WIDTH, _HEIGHT = 900, 560


class MergeDialog(QDialog):
    """Lists a merge, a row a panel; accepted, the board is to be changed.

    Args:
        before: The board as it is.
        merge: What it would become.
        title: Of the window; that the story has changed if empty.
    """

    def __init__(
        self, before: Storyboard, merge: Merge, parent: QWidget | None = None, title: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or self.tr("The story has changed"))
        self.resize(_WIDTH, _HEIGHT)
        rows = merge_rows(before, merge)
        self.counts = PlainLabel(merge_counts(rows))
        self.table = self._table(rows)
        self.only_changes = QCheckBox(self.tr("Only what changes"))
        self.only_changes.toggled.connect(self._hide_staying)
        self._staying = [number for number, each in enumerate(rows) if not each.kinds]
        note = MutedLabel(
            self.tr(
                "Panels keep their pictures. Those of panels that leave the board are kept in the "
                "project, and Undo brings them back."
            )
        )
        note.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.change = self.buttons.addButton(
            self.tr("Change the Board"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.keep = self.buttons.addButton(
            self.tr("Keep the Board"), QDialogButtonBox.ButtonRole.RejectRole
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (self.counts, self.table, self.only_changes, note, self.buttons):
            column.addWidget(each)
        make_primary(self.change)
        slim_scroll_bars(self)
        first = next((number for number, each in enumerate(rows) if each.kinds), 0)
        self.table.setCurrentCell(first, _BECOMES)

    def cell(self, row: int, column: int) -> str:
        """What a cell says."""
        item = self.table.item(row, column)
        return item.text() if item else ""

    def _table(self, rows: tuple[MergeRow, ...]) -> QTableWidget:
        table = QTableWidget(len(rows), 4)
        table.setAccessibleName(self.tr("What becomes of the panels"))
        table.setHorizontalHeaderLabels(
            [
                self.tr("What becomes of it"),
                self.tr("Panel"),
                self.tr("What it shows"),
                self.tr("What is different"),
            ]
        )
        muted = colours(self.palette()).muted
        for number, row in enumerate(rows):
            for column, text in enumerate((row.becomes, row.place, row.action, row.words)):
                short = text if len(text) <= _LETTERS else f"{text[:_LETTERS]}\u2026"
                item = QTableWidgetItem(short)
                item.setToolTip(plain_tip(text))
                if not row.kinds:
                    item.setForeground(muted)
                table.setItem(number, column, item)
        head = table.horizontalHeader()
        for column in (_BECOMES, _PLACE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (_ACTION, _WORDS):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setVisible(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        return table

    def _hide_staying(self, is_wanted: bool) -> None:
        for number in self._staying:
            self.table.setRowHidden(number, is_wanted)
