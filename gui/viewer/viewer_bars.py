"""The bars above the picture: which panel and take is shown, and the drawing tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.viewer.tools import COLOURS, THICKNESSES, Pencil
from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from gui.viewer.viewer_actions import ViewerActions
    from storyboard.values.board import Panel, Take

__all__ = ["ViewerBars"]

_SWATCH = QSize(18, 14)


class ViewerBars(QWidget):
    """Two rows of buttons and boxes for the actions of the viewer."""

    def __init__(self, actions: ViewerActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlainLabel()
        self.place.setAccessibleName(self.tr("Place"))
        self.zoom = PlainLabel()
        self.zoom.setAccessibleName(self.tr("Size of the picture"))
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 %") + 8)
        self.other = QComboBox()
        self.other.setAccessibleName(self.tr("Take to compare with"))
        self.colour = QComboBox()
        self.colour.setAccessibleName(self.tr("Colour"))
        for colour, name in zip(COLOURS, _colour_names(), strict=True):
            self.colour.addItem(_swatch(colour), name, colour)
        self.thickness = QComboBox()
        self.thickness.setAccessibleName(self.tr("Width of lines, size of notes"))
        for each, name in zip(THICKNESSES, _thickness_names(), strict=True):
            self.thickness.addItem(name, each)
        self.thickness.setCurrentIndex(1)
        upper, lower = QToolBar(), QToolBar()
        upper.setAccessibleName(self.tr("Panel and takes"))
        lower.setAccessibleName(self.tr("Drawing"))
        upper.addActions([actions.back, actions.previous])
        upper.addWidget(self.place)
        upper.addAction(actions.next)
        upper.addWidget(_spring())
        upper.addActions([actions.single, actions.beside, actions.wipe])
        upper.addWidget(self.other)
        lower.addActions(actions.tools.actions())
        lower.addWidget(self.colour)
        lower.addWidget(self.thickness)
        lower.addAction(actions.delete)
        lower.addWidget(_spring())
        lower.addWidget(_menu_button(actions.guides_menu))
        lower.addWidget(_menu_button(actions.picture_menu))
        lower.addActions([actions.fit, actions.pixels])
        lower.addWidget(self.zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(lower)
        for bar in (upper, lower):
            for action in bar.actions():
                _make_reachable(bar, action)

    @property
    def pencil(self) -> Pencil:
        """How new marks are to look."""
        width, size = self.thickness.currentData()
        return Pencil(self.colour.currentData(), width, size)

    def show_others(self, panel: Panel, take: Take | None, other: Take | None) -> None:
        """Offer the takes of a panel that one can be compared with."""
        self.other.clear()
        for number, each in enumerate(panel.takes, 1):
            if take is None or each.file != take.file:
                self.other.addItem(self.tr("take {0}").format(number), each.file)
        if other is not None:
            self.other.setCurrentIndex(self.other.findData(other.file))


def _colour_names() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("ViewerBars", "red"),
        translate("ViewerBars", "yellow"),
        translate("ViewerBars", "blue"),
        translate("ViewerBars", "green"),
        translate("ViewerBars", "white"),
        translate("ViewerBars", "black"),
    )


def _thickness_names() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("ViewerBars", "thin"),
        translate("ViewerBars", "medium"),
        translate("ViewerBars", "thick"),
    )


def _make_reachable(bar: QToolBar, action: QAction) -> None:
    """Let the Tab key come to a button, and a screen reader say what it does."""
    button = bar.widgetForAction(action)
    if isinstance(button, QToolButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if len(action.text()) == 1:  # an arrow
            button.setAccessibleName(action.toolTip())


def _menu_button(menu: QMenu) -> QToolButton:
    button = QToolButton()
    button.setText(menu.title())
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(_SWATCH)
    pixmap.fill(QColor(colour))
    painter = QPainter(pixmap)
    painter.setPen(QColor("#808080"))
    painter.drawRect(0, 0, _SWATCH.width() - 1, _SWATCH.height() - 1)
    painter.end()
    return QIcon(pixmap)
