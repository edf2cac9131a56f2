from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from storyboard.project.project import read_board
from tests.gui.viewing import LEFT, drag, on_disk, opened, place, takes_of, with_takes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

KEYS = Qt.Key


@pytest.fixture
def drawn(planned: MainWindow) -> MainWindow:
    """A board of six panels: two takes of the first, one of the second, none of the others."""
    return with_takes(planned)


@pytest.mark.parametrize("way", ["enter", "space", "double click", "menu"])
def test_a_panel_opens_large_and_escape_goes_back(drawn: MainWindow, way: str) -> None:
    board = drawn.board
    before = drawn.saveState()
    board.setFocus()
    if way == "double click":
        card = board.visualRect(drawn.model.index(0)).center()
        QTest.mouseClick(board.viewport(), LEFT, pos=card)
        QTest.mouseDClick(board.viewport(), LEFT, pos=card)
    elif way == "menu":
        drawn.actions_.view_panel.trigger()
    else:
        QTest.keyClick(board, KEYS.Key_Space if way == "space" else KEYS.Key_Return)
    viewer = drawn.viewer.viewer
    assert viewer is not None and viewer.isVisible() and not board.isVisible()
    assert viewer.stage.view.width() > 1200  # the docks have made room
    assert viewer.key == "p01"
    QTest.keyClick(viewer.stage.view, KEYS.Key_Escape)
    assert board.isVisible() and not viewer.isVisible() and board.hasFocus()
    assert drawn.saveState() == before


def test_arrows_go_from_panel_to_panel_and_take_to_take(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view = viewer.stage.view
    first, second = takes_of(drawn)
    assert viewer.take == second
    QTest.keyClick(view, KEYS.Key_Up)
    assert viewer.take == first and "take 1 of 2" in viewer.bars.place.text()
    QTest.keyClick(view, KEYS.Key_Right)
    assert viewer.key == "p02" and drawn.board.keys == ["p02"] and drawn.inspector.key == "p02"
    QTest.keyClick(view, KEYS.Key_Right)
    assert viewer.key == "p03" and viewer.take is None and not view.has_picture
    for _ in range(4):
        QTest.keyClick(view, KEYS.Key_Left)
    assert viewer.key == "p01" and not viewer.actions_.previous.isEnabled()


def test_it_zooms_by_keys_and_wheel_and_moves_by_drag(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view = viewer.stage.view
    cards, whole = drawn.board.gridSize(), view.percent
    QTest.keyClick(view, KEYS.Key_1)
    assert view.percent == 100 and viewer.bars.zoom.text() == "100 %"
    QTest.keyClick(view, KEYS.Key_F)
    assert view.percent == whole and view.look.fits
    QTest.keyClick(view, KEYS.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.percent == pytest.approx(whole * 1.25, abs=1)
    assert drawn.board.gridSize() == cards  # the board behind it has not heard of it
    for _ in range(4):
        QTest.keyClick(view, KEYS.Key_Plus)
    at = QPointF(place(view, 0.3, 0.3))
    turned = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turned)
    assert (place(view, 0.3, 0.3) - at.toPoint()).manhattanLength() <= 4  # it stayed there
    before = view.look.centre
    drag(view, (0.45, 0.45), (0.4, 0.4), (0.35, 0.35))
    assert view.look.centre[0] > before[0] and view.look.centre[1] > before[1]
    QTest.keyClick(view, KEYS.Key_0)
    assert view.look.fits


def test_two_takes_are_zoomed_and_moved_as_one(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    stage = viewer.stage
    QTest.keyClick(stage.view, KEYS.Key_B)
    qtbot.waitUntil(stage.second.isVisible)
    first, second = takes_of(drawn)
    assert (viewer.take, viewer.other) == (second, first)
    QTest.keyClick(stage.view, KEYS.Key_1)
    stage.second.zoom_in()
    assert stage.view.look == stage.second.look and not stage.view.look.fits
    stage.second.horizontalScrollBar().setValue(stage.second.horizontalScrollBar().value() + 40)
    assert stage.view.look.centre == pytest.approx(stage.second.look.centre, abs=0.01)
    # What is drawn on the right belongs to the take on the right.
    stage.view.fit()
    stage.second.setFocus()
    QTest.keyClick(stage.second, KEYS.Key_A)
    drag(stage.second, (0.2, 0.2), (0.6, 0.5))
    assert len(on_disk(drawn, first)) == 1 and not on_disk(drawn, second)
    # One over the other.
    QTest.keyClick(stage.second, KEYS.Key_W)
    assert stage.slider.isVisible() and stage.view.wipe.isVisible()
    stage.slider.setFocus()
    QTest.keyClick(stage.slider, KEYS.Key_Home)
    assert stage.view.wipe.share == 0
    QTest.keyClick(stage.view, KEYS.Key_C)
    assert not stage.view.wipe.isVisible() and not stage.second.isVisible()


def test_a_take_is_pinned_undoably(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    first, second = takes_of(drawn)
    viewer.strip.setFocus()
    QTest.keyClick(viewer.strip, KEYS.Key_Left)
    assert viewer.take == first and drawn.document is not None
    assert drawn.document.board.panels[0].shown == second  # looking changes nothing
    QTest.keyClick(viewer.strip, KEYS.Key_Return)
    assert read_board(drawn.document.folder).panels[0].shown == first
    drawn.actions_.undo.trigger()
    assert read_board(drawn.document.folder).panels[0].shown == second


def test_guides_are_seen_and_nowhere_else(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view, take = viewer.stage.view, takes_of(drawn)[1]
    before = view.viewport().grab().toImage()
    for key in (KEYS.Key_G, KEYS.Key_H):
        QTest.keyClick(view, key)
    mask = next(each for each in viewer.actions_.masks.actions() if each.data() == "2.39:1")
    mask.trigger()
    after = view.viewport().grab().toImage()
    for across, down in ((0.5, 0.02), (1 / 3, 0.5), (0.5, 0.98)):
        pixel = place(view, across, down)
        assert before.pixelColor(pixel) != after.pixelColor(pixel)
    assert on_disk(drawn, take) == ()


def test_the_full_screen_shows_the_picture_alone(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    drawn.actions_.full_screen.trigger()
    qtbot.waitUntil(lambda: drawn.isFullScreen() and viewer.bars.isHidden())
    QTest.keyClick(viewer.stage.view, KEYS.Key_Right)
    assert viewer.key == "p02" and viewer.strip.isHidden() and drawn.menuBar().isHidden()
    QTest.keyClick(viewer.stage.view, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: not drawn.isFullScreen())
    assert viewer.isVisible() and viewer.bars.isVisible()


def test_deleting_the_panel_or_opening_another_board_goes_back(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    viewer = opened(drawn, qtbot)
    assert drawn.document is not None
    drawn.board.select(["p01"])
    drawn.actions_.delete.trigger()
    assert not viewer.isVisible() and drawn.board.isVisible()
    drawn.actions_.undo.trigger()
    drawn.board.select(["p01"])
    opened(drawn, qtbot)
    drawn.new_board()
    assert not drawn.viewer.is_open


def test_everything_in_the_viewer_has_a_name(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    boxes = viewer.bars.findChildren(QComboBox)
    assert boxes and all(each.accessibleName() for each in boxes)
    buttons = [
        each
        for each in viewer.bars.findChildren(QToolButton)
        if each.objectName() != "qt_toolbar_ext_button"
    ]
    spoken = [each.accessibleName() or each.text() for each in buttons]
    assert len(spoken) == len(set(spoken)) and all(len(each) > 1 for each in spoken)
    assert all(each.focusPolicy() != Qt.FocusPolicy.NoFocus for each in buttons)
    # At 1280 by 720 nothing has to hide behind an arrow.
    assert not [
        each
        for each in viewer.bars.findChildren(QToolButton)
        if each.objectName() == "qt_toolbar_ext_button" and each.isVisible()
    ]
