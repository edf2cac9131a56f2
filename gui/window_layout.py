"""Where the parts of the window stand, and what triggers what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from gui.main_window import MainWindow

__all__ = ["connect", "lay_out", "restore_geometry"]

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


def lay_out(window: MainWindow) -> QStackedWidget:
    """Put the parts in their places; returns the middle, which shows the board or how to begin."""
    middle = QStackedWidget()
    middle.addWidget(window.board)
    middle.addWidget(window.empty)
    centre = QWidget()
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.messages)
    column.addWidget(middle, 1)
    window.setCentralWidget(centre)
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    window.setDockOptions(
        QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks
    )
    window.addDockWidget(_LEFT, window.story)
    window.addDockWidget(_LEFT, window.cast)
    window.tabifyDockWidget(window.story, window.cast)
    window.story.raise_()
    # The tabs name them already; a second title would only take room.
    for dock in (window.story, window.cast):
        dock.setTitleBarWidget(QWidget())
    window.addDockWidget(_RIGHT, window.inspector)
    window.addDockWidget(_BOTTOM, window.benchmark)
    for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
        window.setCorner(corner, _LEFT)
    window.setCorner(Qt.Corner.BottomRightCorner, _BOTTOM)
    window.setCorner(Qt.Corner.TopRightCorner, _RIGHT)
    actions = window.actions_
    window.speed.fill(
        actions.render_missing,
        [actions.render_missing, actions.render_selected, actions.render_all],
        actions.pause,
        actions.cancel,
    )
    window.addToolBar(Qt.ToolBarArea.TopToolBarArea, window.speed)
    docks = (window.story, window.cast, window.inspector, window.benchmark)
    actions.fill(window.menuBar(), [each.toggleViewAction() for each in docks])
    window.setUnifiedTitleAndToolBarOnMac(True)
    window.resize(1280, 800)
    return middle


def restore_geometry(window: MainWindow, geometry: object, state: object) -> None:
    """Go back to the last size and places, or take the first ones."""
    if isinstance(geometry, QByteArray) and window.restoreGeometry(geometry):
        if isinstance(state, QByteArray):
            window.restoreState(state)
        return
    window.resizeDocks([window.story, window.inspector], [280, 330], Qt.Orientation.Horizontal)
    window.resizeDocks([window.benchmark], [180], Qt.Orientation.Vertical)


def connect(window: MainWindow) -> None:
    """Connect actions and signals to the window and its parts."""
    actions, control, editor = window.actions_, window.control, window.editor
    # 1. Edits and drawing.
    for action, edit in (
        (actions.add, editor.add),
        (actions.duplicate, editor.duplicate),
        (actions.split, editor.split),
        (actions.merge, editor.merge),
        (actions.delete, editor.delete),
        (actions.earlier, editor.move_earlier),
        (actions.later, editor.move_later),
        (actions.render_missing, control.draw_missing),
        (actions.render_all, control.draw_all),
        (actions.pause, control.toggle_pause),
        (actions.cancel, window.session.cancel),
        (actions.plan, window.plan),
        (actions.new, window.new_board),
        (actions.example, window.open_example),
        (actions.close, window.close),
        (actions.quit, window.close),
        (actions.select_all, window.board.selectAll),
        (actions.zoom_in, window.board.zoom_in),
        (actions.zoom_out, window.board.zoom_out),
        (actions.zoom_reset, window.board.reset_zoom),
    ):
        action.triggered.connect(edit)
    # 2. What one part tells another.
    window.story.plan_wanted.connect(window.plan)
    window.story.file_dropped.connect(window.import_story)
    window.cast.sheet_wanted.connect(control.draw_sheet)
    window.inspector.reroll_wanted.connect(control.reroll)
    window.benchmark.exported.connect(window.tell_written)
    for part in (window.story, window.cast, window.benchmark, editor, window.choices):
        part.problem.connect(window.messages.problem)
