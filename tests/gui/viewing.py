"""The window with the viewer, as several tests lead it: by real keys and a real mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from storyboard.project.annotation_folder import AnnotationFolder
from tests import boards

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.viewer.drawing_view import DrawingView
    from gui.viewer.viewer import Viewer
    from gui.window.main_window import MainWindow
    from storyboard.values.annotations import Mark
    from storyboard.values.board import Take

LEFT = Qt.MouseButton.LeftButton


def with_takes(window: MainWindow) -> MainWindow:
    """Give a board of six panels two takes of the first, one of the second, none of the others."""
    assert window.document is not None
    project = window.document._project
    for key, seed in (("p01", 1), ("p01", 2), ("p02", 3)):
        boards.render(project, key, seed)
    window.document.go_to(project.board)
    window.resize(1280, 720)
    window.board.select(["p01"])
    return window


def opened(window: MainWindow, qtbot: QtBot) -> Viewer:
    """The viewer, opened by the key that opens it."""
    window.board.setFocus()
    QTest.keyClick(window.board, Qt.Key.Key_Return)
    viewer = window.viewer.viewer
    assert viewer is not None and window.viewer.is_open
    qtbot.waitUntil(lambda: QApplication.focusWidget() is viewer.stage.view)
    return viewer


def place(view: DrawingView, across: float, down: float) -> QPoint:
    """Where a place of the picture is in the window."""
    return view.mapFromScene(across * view.size_.width(), down * view.size_.height())


def drag(view: DrawingView, *places: tuple[float, float]) -> None:
    """Drag with the left button from place to place."""
    port = view.viewport()
    points = [place(view, *each) for each in places]
    QTest.mousePress(port, LEFT, pos=points[0])
    for each in points[1:]:
        QTest.mouseMove(port, each)
    QTest.mouseRelease(port, LEFT, pos=points[-1])


def takes_of(window: MainWindow, panel: int = 0) -> tuple[Take, ...]:
    """The takes of a panel."""
    assert window.document is not None
    return window.document.board.panels[panel].takes


def on_disk(window: MainWindow, take: Take) -> tuple[Mark, ...]:
    """What the disk holds of what is drawn above a take."""
    assert window.document is not None
    return AnnotationFolder(window.document.folder).of(take)
