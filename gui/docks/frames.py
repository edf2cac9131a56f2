"""The docks around the board; they are there before their contents, which take longer to make."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

__all__ = ["Docks"]

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_STORY, _SHOT, _BENCHMARK = 290, 340, 214  # widths and a height, in pixels
_FULL = 1280  # pixels of a window in which the docks have these widths


class Docks(QObject):
    """Story and cast as tabs on the left, the shot on the right, the benchmark below."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.story = self._make("story", self.tr("Story"))
        self.cast = self._make("cast", self.tr("Cast"))
        self.shot = self._make("shot", self.tr("Shot"))
        self.benchmark = self._make("benchmark", self.tr("Live benchmark"))
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        options = QMainWindow.DockOption
        window.setDockOptions(options.AnimatedDocks | options.AllowTabbedDocks)
        # The sides take the whole height: there is always more to a story and to a shot.
        corners = Qt.Corner
        for left, right in (
            (corners.TopLeftCorner, corners.TopRightCorner),
            (corners.BottomLeftCorner, corners.BottomRightCorner),
        ):
            window.setCorner(left, _LEFT)
            window.setCorner(right, _RIGHT)
        window.addDockWidget(_LEFT, self.story)
        window.addDockWidget(_LEFT, self.cast)
        window.tabifyDockWidget(self.story, self.cast)
        window.addDockWidget(_RIGHT, self.shot)
        window.addDockWidget(_BOTTOM, self.benchmark)
        # The tabs name them already; a second title would only take room.
        for dock in (self.story, self.cast):
            dock.setTitleBarWidget(QWidget())
        self.story.raise_()

    @property
    def toggles(self) -> list[QAction]:
        """Actions that show and hide the docks."""
        docks = (self.story, self.cast, self.shot, self.benchmark)
        return [dock.toggleViewAction() for dock in docks]

    def take_usual_sizes(self) -> None:
        """Give every dock its size of a first start, which is narrower in a small window."""
        window = self._window
        share = min(1.0, window.width() / _FULL)
        widths, lying = [round(_STORY * share), round(_SHOT * share)], Qt.Orientation.Horizontal
        window.resizeDocks([self.story, self.shot], widths, lying)

    def order_tabs(self, fields: Sequence[QWidget]) -> None:
        """Let the keyboard come to the tabs on the left before it comes to what they show.

        Args:
            fields: What is behind them, from the top down.
        """
        options = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self._window.findChildren(QTabBar, options=options):
            for before, after in pairwise((bar, *fields)):
                QWidget.setTabOrder(before, after)

    def covers(self, widget: QWidget | None) -> bool:
        """Whether a widget lies behind another tab; Qt says that it can be seen all the same."""
        docks = (self.story, self.cast, self.shot, self.benchmark)
        return widget is not None and any(
            each.isAncestorOf(widget) and each.visibleRegion().isEmpty() for each in docks
        )

    def make_room_for_benchmark(self) -> None:
        """Give the benchmark room for its plots, once it has something to show."""
        height = min(_BENCHMARK, self._window.height() // 3)
        self._window.resizeDocks([self.benchmark], [height], Qt.Orientation.Vertical)

    def _make(self, name: str, title: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(QWidget())
        return dock
