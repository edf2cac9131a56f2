"""The four modes, each with its compute and what it takes on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from config import Settings
    from gui.pace import Outlook, Pace

__all__ = ["ModeBox"]

_COLUMNS = Qt.ItemDataRole.UserRole + 1
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_PAD, _GAP = 10, 22
_Index = QModelIndex | QPersistentModelIndex


class ModeBox(QComboBox):
    """Closed, it shows the picked mode and its seconds; open, a table of all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Speed mode"))
        self.setItemDelegate(_Rows(self))
        self.setMinimumWidth(250)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def show_modes(self, settings: Settings, pace: Pace) -> None:
        """Follow settings and measurements."""
        from config import SPEED_MODES

        self.clear()
        for name, speed in SPEED_MODES.items():
            steps, guidance = speed.steps, speed.guidance_scale
            if name == settings.mode:
                steps, guidance = settings.num_inference_steps, settings.guidance_scale
            outlook = pace.outlook(settings, steps, guidance)
            seconds = _seconds(outlook)
            tflop = f"{_number(outlook.tflop)} TFLOP" if outlook.tflop is not None else ""
            closed = "  \u00b7  ".join(each for each in (name, tflop, seconds) if each)
            self.addItem(closed, name)
            row = self.count() - 1
            columns = [name, self.tr("{0} steps").format(steps), tflop, seconds]
            self.setItemData(row, columns, _COLUMNS)
            spoken = ", ".join(each for each in columns if each)
            self.setItemData(row, spoken, _SPOKEN)
        self.setCurrentIndex(self.findData(settings.mode))
        told = self.tr("Seconds a panel are measured on this machine, with this model.")
        self.setToolTip(f"{self.itemData(self.currentIndex(), _SPOKEN)}\n{told}")
        self.view().setMinimumWidth(_Rows.width(self))

    def columns(self, row: int) -> list[str]:
        """What the open list shows in a row."""
        return list(self.itemData(row, _COLUMNS))


class _Rows(QStyledItemDelegate):
    """Paints a mode as columns: name, steps, compute, seconds."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setPen(
            palette.color(palette.ColorRole.HighlightedText if chosen else palette.ColorRole.Text)
        )
        left = option.rect.left() + _PAD
        box = self.parent()
        widths = _widths(box) if isinstance(box, ModeBox) else []
        for n, (text, width) in enumerate(zip(index.data(_COLUMNS) or [], widths, strict=False)):
            place = QRect(left, option.rect.top(), width, option.rect.height())
            side = Qt.AlignmentFlag.AlignLeft if n in (0, 3) else Qt.AlignmentFlag.AlignRight
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
            left += width + _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = option.fontMetrics.height() + 12
        box = self.parent()
        return QSize(self.width(box) if isinstance(box, ModeBox) else 0, height)

    @staticmethod
    def width(box: ModeBox) -> int:
        widths = _widths(box)
        return sum(widths) + _GAP * (len(widths) - 1) + 2 * _PAD + 8


def _widths(box: ModeBox) -> list[int]:
    rows = [box.columns(row) for row in range(box.count())]
    metrics = box.fontMetrics()
    return [max(map(metrics.horizontalAdvance, column)) for column in zip(*rows, strict=True)]


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
    return f"{value:.0f}" if value >= 99.5 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"
