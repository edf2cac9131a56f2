"""Which panels an export is about: all, some scenes, some numbers, those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storyboard.values.choice import in_scenes, panel_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.board import Storyboard

__all__ = ["PanelChoice"]

_ALL, _SCENES, _NUMBERS, _SELECTED = "all", "scenes", "numbers", "selected"


class PanelChoice(QWidget):
    """`changed` tells of every choice.

    Args:
        board: The board.
        selected: Keys of the panels that are selected on it.
        parent: As everywhere.
    """

    changed = Signal()

    def __init__(
        self, board: Storyboard, selected: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._board, self._selected = board, frozenset(selected)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Panels"))
        self.which.addItem(self.tr("All panels"), _ALL)
        self.which.addItem(self.tr("Scenes"), _SCENES)
        self.which.addItem(self.tr("Panel numbers"), _NUMBERS)
        if self._selected:
            count = self.tr("Selected panels ({0})").format(len(self._selected))
            self.which.addItem(count, _SELECTED)
        self.which.activated.connect(self._chosen)
        self.ranges = QLineEdit()
        self.ranges.setPlaceholderText("3-5, 8")
        self.ranges.setAccessibleName(self.tr("Numbers of scenes or panels"))
        self.ranges.setMaxLength(200)
        self.ranges.textEdited.connect(self.changed)
        out = sum(each.left_out for each in board.panels)
        self.left_out = QCheckBox(self.tr("Also what is left out of exports ({0})").format(out))
        self.left_out.setVisible(out > 0)
        self.left_out.toggled.connect(self.changed)
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.ranges, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.left_out)
        self._show_ranges()

    @property
    def keys(self) -> frozenset[str] | None:
        """Keys of the panels; None for all of them.

        Raises:
            InputError: There are no such scenes or panels.
        """
        match self.which.currentData():
            case "scenes":
                return in_scenes(self._board, self.ranges.text())
            case "numbers":
                panels = self._board.panels
                numbers = panel_numbers(self.ranges.text(), len(panels))
                return frozenset(panels[number - 1].key for number in numbers)
            case "selected":
                return self._selected
            case _:
                return None

    def _chosen(self) -> None:
        self._show_ranges()
        if self.ranges.isVisible():
            self.ranges.setFocus()
        self.changed.emit()

    def _show_ranges(self) -> None:
        self.ranges.setVisible(self.which.currentData() in (_SCENES, _NUMBERS))
