"""The four modes, each with what it takes on this machine and its compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QWidget

from gui.words.number_text import decimal, significant

if TYPE_CHECKING:
    from config import Settings
    from gui.drawing.pace import Outlook, Pace

__all__ = ["ModeBox"]

_MODE = Qt.ItemDataRole.UserRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
# The columns of the open list. The box itself shows the last one, which the list makes too narrow
# to be seen: a combo box has one column for both, and is as high as that column's rows.
_NAME, _STEPS, _SECONDS, _COMPUTE, _CLOSED = range(5)


class ModeBox(QComboBox):
    """Shows the picked mode and its seconds; opened, a table of all modes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Speed mode"))
        self._rows = QStandardItemModel(0, _CLOSED + 1, self)
        self.setModel(self._rows)
        self.setModelColumn(_CLOSED)
        table = QTableView()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setView(table)
        self._table = table
        self.setMinimumContentsLength(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def mode(self) -> str:
        """The picked mode, as config.py names it."""
        return str(self.itemData(self.currentIndex(), _MODE))

    def show_modes(self, settings: Settings, pace: Pace) -> None:
        """Follow settings and measurements."""
        from storyboard.diffusion.families import speed_modes

        modes, rows = speed_modes(settings.model), []
        for name, speed in modes.items():
            steps, guidance = speed.steps, speed.guidance_scale
            if name == settings.mode:
                steps, guidance = settings.num_inference_steps, settings.guidance_scale
            outlook = pace.outlook(settings, steps, guidance)
            seconds = _seconds(outlook)
            compute = f"{_number(outlook.tflop)} TFLOP" if outlook.tflop is not None else ""
            rows.append([name, self.tr("{0} steps").format(steps), seconds, compute])
        self._rows.setRowCount(0)
        for row in rows:
            name, _, seconds, _ = row
            spoken = ", ".join(each for each in row if each)
            items = [QStandardItem(each) for each in (*row, f"{name}  \u00b7  {seconds}")]
            for item in items:
                item.setData(name, _MODE)
                item.setData(spoken, _SPOKEN)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for column in (_STEPS, _COMPUTE):
                items[column].setTextAlignment(right)
            self._rows.appendRow(items)
        self.setCurrentIndex(list(modes).index(settings.mode))
        told = self.tr("Seconds a panel are measured on this machine, with this model.")
        self.setToolTip(f"{self.itemData(self.currentIndex(), _SPOKEN)}\n{told}")

    def columns(self, row: int) -> list[str]:
        """What the open list shows in a row."""
        return [self._rows.item(row, column).text() for column in range(_CLOSED)]

    def showPopup(self) -> None:
        """Open the table, as wide as its words."""
        table = self._table
        header = table.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(_CLOSED, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_CLOSED, 1)
        # A row ends where the table does, also where the last words are short.
        header.setSectionResizeMode(_COMPUTE, QHeaderView.ResizeMode.Stretch)
        width = sum(table.sizeHintForColumn(column) + 12 for column in range(_CLOSED))
        table.setMinimumWidth(max(self.width(), width))
        super().showPopup()


def _seconds(outlook: Outlook) -> str:
    translate = QCoreApplication.translate
    if outlook.seconds is None:
        return translate("ModeBox", "not measured yet")
    number = _number(outlook.seconds)
    if outlook.measured:
        return translate("ModeBox", "{0} s a panel").format(number)
    return translate("ModeBox", "about {0} s a panel").format(number)


def _number(value: float) -> str:
    """Three digits at most, as no measurement here is worth more."""
    if value < 1:
        return significant(value, 2)
    return decimal(value, 0 if value >= 99.5 else 1)
