from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from gui.viewer.tools import COLOURS
from storyboard.annotation_folder import AnnotationFolder
from storyboard.annotations import Arrow, Note, Stroke
from storyboard.project import read_board
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.main_window import MainWindow
    from gui.viewer.drawing_view import DrawingView
    from gui.viewer.viewer import Viewer
    from storyboard.annotations import Mark
    from storyboard.models import Take

KEYS = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drawn(planned: MainWindow) -> MainWindow:
    """A board of six panels: two takes of the first, one of the second, none of the others."""
    assert planned.document is not None
    project = planned.document._project
    for key, seed in (("p01", 1), ("p01", 2), ("p02", 3)):
        boards.render(project, key, seed)
    planned.document.go_to(project.board)
    planned.resize(1280, 720)
    planned.board.select(["p01"])
    return planned


def _opened(window: MainWindow, qtbot: QtBot) -> Viewer:
    """The viewer, opened by the key that opens it."""
    window.board.setFocus()
    QTest.keyClick(window.board, KEYS.Key_Return)
    viewer = window.viewer.viewer
    assert viewer is not None and window.viewer.is_open
    qtbot.waitUntil(lambda: QApplication.focusWidget() is viewer.stage.view)
    return viewer


def _place(view: DrawingView, across: float, down: float) -> QPoint:
    return view.mapFromScene(across * view.size_.width(), down * view.size_.height())


def _drag(view: DrawingView, *places: tuple[float, float]) -> None:
    port = view.viewport()
    points = [_place(view, *each) for each in places]
    QTest.mousePress(port, LEFT, pos=points[0])
    for each in points[1:]:
        QTest.mouseMove(port, each)
    QTest.mouseRelease(port, LEFT, pos=points[-1])


def _takes(window: MainWindow, panel: int = 0) -> tuple[Take, ...]:
    assert window.document is not None
    return window.document.board.panels[panel].takes


def _on_disk(window: MainWindow, take: Take) -> tuple[Mark, ...]:
    assert window.document is not None
    return AnnotationFolder(window.document.folder).of(take)


@pytest.mark.parametrize("way", ["enter", "space", "double click", "menu"])
def test_a_panel_opens_large_and_escape_goes_back(drawn: MainWindow, way: str) -> None:
    board = drawn.board
    before = drawn.saveState()
    board.setFocus()
    if way == "double click":
        place = board.visualRect(drawn.model.index(0)).center()
        QTest.mouseClick(board.viewport(), LEFT, pos=place)
        QTest.mouseDClick(board.viewport(), LEFT, pos=place)
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
    viewer = _opened(drawn, qtbot)
    view = viewer.stage.view
    first, second = _takes(drawn)
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
    viewer = _opened(drawn, qtbot)
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
    at = QPointF(_place(view, 0.3, 0.3))
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
    assert (_place(view, 0.3, 0.3) - at.toPoint()).manhattanLength() <= 4  # it stayed there
    before = view.look.centre
    _drag(view, (0.45, 0.45), (0.4, 0.4), (0.35, 0.35))
    assert view.look.centre[0] > before[0] and view.look.centre[1] > before[1]
    QTest.keyClick(view, KEYS.Key_0)
    assert view.look.fits


def test_what_is_drawn_is_on_disk_and_undone_by_the_window(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    view, take = viewer.stage.view, _takes(drawn)[1]
    QTest.keyClick(view, KEYS.Key_A)
    _drag(view, (0.2, 0.2), (0.4, 0.3), (0.6, 0.5))
    QTest.keyClick(view, KEYS.Key_P)
    _drag(view, (0.1, 0.8), (0.2, 0.85), (0.3, 0.8))
    QTest.keyClick(view, KEYS.Key_N)
    QTest.mouseClick(view.viewport(), LEFT, pos=_place(view, 0.7, 0.1))
    assert view.note.hasFocus()
    QTest.keyClicks(view.note, "Look: a ship")  # letters that are tools elsewhere
    QTest.keyClick(view.note, KEYS.Key_Return)
    arrow, stroke, note = _on_disk(drawn, take)
    assert isinstance(arrow, Arrow) and arrow.colour == COLOURS[0]
    assert arrow.start == pytest.approx((0.2, 0.2), abs=0.01)
    assert arrow.end == pytest.approx((0.6, 0.5), abs=0.01)
    assert isinstance(stroke, Stroke) and len(stroke.points) == 3
    assert isinstance(note, Note) and note.text == "Look: a ship"
    # The window's own undo and redo.
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _on_disk(drawn, take) == (arrow,) == tuple(each.mark for each in view.marks)
    drawn.actions_.redo.trigger()
    assert _on_disk(drawn, take) == (arrow, stroke)
    # The board shows it small.
    QTest.keyClick(view, KEYS.Key_Escape)
    QTest.keyClick(view, KEYS.Key_Escape)
    assert drawn.board.isVisible()
    qtbot.waitUntil(lambda: drawn.thumbnails.is_idle)
    card = drawn.board.visualRect(drawn.model.index(0))
    qtbot.waitUntil(lambda: _is_near(drawn.board.viewport().grab(card).toImage(), COLOURS[0]))


def _is_near(image: object, colour: str) -> bool:
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    wanted = QColor(colour)
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            found = image.pixelColor(x, y)
            if (
                abs(found.red() - wanted.red())
                + abs(found.green() - wanted.green())
                + abs(found.blue() - wanted.blue())
                < 60
            ):
                return True
    return False


def test_marks_are_selected_moved_recoloured_rewritten_and_erased(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    viewer = _opened(drawn, qtbot)
    view, take = viewer.stage.view, _takes(drawn)[1]
    document = drawn.document
    assert document is not None
    arrow = Arrow((0.2, 0.5), (0.6, 0.5), "#e53935", 0.02)
    note = Note((0.1, 0.1), "Closer", "#fdd835", 0.06)
    document.annotations.edit("x", take, (arrow, note))
    _drag(view, (0.4, 0.5), (0.45, 0.55), (0.5, 0.6))
    moved = _on_disk(drawn, take)[0]
    assert isinstance(moved, Arrow) and moved.start == pytest.approx((0.3, 0.6), abs=0.01)
    # By keys alone: the next mark, moved to the right, in blue, in other words, gone.
    QTest.keyClick(view, KEYS.Key_M)
    assert [each.number for each in view.selected] == [1]
    QTest.keyClick(view, KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    there = _on_disk(drawn, take)[1]
    assert isinstance(there, Note) and there.at == pytest.approx((0.15, 0.1))
    assert viewer.key == "p01"  # the arrow key has moved the mark, not the panel
    viewer.bars.colour.setCurrentIndex(2)
    viewer.bars.colour.activated.emit(2)
    assert _on_disk(drawn, take)[1].colour == COLOURS[2]
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClicks(view.note, "Further")
    QTest.keyClick(view.note, KEYS.Key_Return)
    again = _on_disk(drawn, take)[1]
    assert isinstance(again, Note) and again.text == "Further"
    QTest.keyClick(view, KEYS.Key_Delete)
    assert _on_disk(drawn, take) == (moved,)
    assert drawn.model.rowCount() == 6  # no panel was deleted
    # The eraser.
    QTest.keyClick(view, KEYS.Key_E)
    _drag(view, (0.5, 0.3), (0.5, 0.6), (0.5, 0.8))
    assert _on_disk(drawn, take) == ()
    # Escape while drawing draws nothing.
    QTest.keyClick(view, KEYS.Key_A)
    QTest.mousePress(view.viewport(), LEFT, pos=_place(view, 0.2, 0.2))
    QTest.mouseMove(view.viewport(), _place(view, 0.5, 0.5))
    QTest.keyClick(view, KEYS.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=_place(view, 0.5, 0.5))
    assert _on_disk(drawn, take) == ()


def test_keys_alone_draw_an_arrow_and_a_note(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    view, take = viewer.stage.view, _takes(drawn)[1]
    QTest.keyClick(view, KEYS.Key_A)
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClick(view, KEYS.Key_N)
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClicks(view.note, "Here")
    QTest.keyClick(view.note, KEYS.Key_Return)
    arrow, note = _on_disk(drawn, take)
    assert isinstance(arrow, Arrow) and isinstance(note, Note)
    assert note.at == pytest.approx((0.5, 0.5), abs=0.01)


def test_undo_shows_what_it_takes_back(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    view = viewer.stage.view
    QTest.keyClick(view, KEYS.Key_A)
    _drag(view, (0.2, 0.2), (0.6, 0.5))
    QTest.keyClick(view, KEYS.Key_Right)
    assert viewer.key == "p02"
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert viewer.key == "p01" and not view.marks


def test_two_takes_are_zoomed_and_moved_as_one(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    stage = viewer.stage
    QTest.keyClick(stage.view, KEYS.Key_B)
    qtbot.waitUntil(stage.second.isVisible)
    first, second = _takes(drawn)
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
    _drag(stage.second, (0.2, 0.2), (0.6, 0.5))
    assert len(_on_disk(drawn, first)) == 1 and not _on_disk(drawn, second)
    # One over the other.
    QTest.keyClick(stage.second, KEYS.Key_W)
    assert stage.slider.isVisible() and stage.view.wipe.isVisible()
    stage.slider.setFocus()
    QTest.keyClick(stage.slider, KEYS.Key_Home)
    assert stage.view.wipe.share == 0
    QTest.keyClick(stage.view, KEYS.Key_C)
    assert not stage.view.wipe.isVisible() and not stage.second.isVisible()


def test_a_take_is_pinned_undoably(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    first, second = _takes(drawn)
    viewer.strip.setFocus()
    QTest.keyClick(viewer.strip, KEYS.Key_Left)
    assert viewer.take == first and drawn.document is not None
    assert drawn.document.board.panels[0].shown == second  # looking changes nothing
    QTest.keyClick(viewer.strip, KEYS.Key_Return)
    assert read_board(drawn.document.folder).panels[0].shown == first
    drawn.actions_.undo.trigger()
    assert read_board(drawn.document.folder).panels[0].shown == second


def test_guides_are_seen_and_nowhere_else(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
    view, take = viewer.stage.view, _takes(drawn)[1]
    before = view.viewport().grab().toImage()
    for key in (KEYS.Key_G, KEYS.Key_H):
        QTest.keyClick(view, key)
    mask = next(each for each in viewer.actions_.masks.actions() if each.data() == "2.39:1")
    mask.trigger()
    after = view.viewport().grab().toImage()
    for across, down in ((0.5, 0.02), (1 / 3, 0.5), (0.5, 0.98)):
        place = _place(view, across, down)
        assert before.pixelColor(place) != after.pixelColor(place)
    assert _on_disk(drawn, take) == ()


def test_the_full_screen_shows_the_picture_alone(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
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
    viewer = _opened(drawn, qtbot)
    assert drawn.document is not None
    drawn.board.select(["p01"])
    drawn.actions_.delete.trigger()
    assert not viewer.isVisible() and drawn.board.isVisible()
    drawn.actions_.undo.trigger()
    drawn.board.select(["p01"])
    _opened(drawn, qtbot)
    drawn.new_board()
    assert not drawn.viewer.is_open


def test_a_damaged_file_of_notes_is_a_sentence_and_is_kept(drawn: MainWindow, qtbot: QtBot) -> None:
    assert drawn.document is not None
    take, folder = _takes(drawn)[1], drawn.document.folder
    (folder / "annotations").mkdir()
    path = folder / "annotations" / take.file.replace(".png", ".yaml")
    path.write_text("format: 1\nmarks: [{circle: 3}]")
    assert drawn.open_folder(_reopened(drawn))
    drawn.board.select(["p01"])
    viewer = _opened(drawn, qtbot)
    qtbot.waitUntil(lambda: "must be one of" in drawn.messages.text)
    QTest.keyClick(viewer.stage.view, KEYS.Key_A)
    _drag(viewer.stage.view, (0.2, 0.2), (0.6, 0.5))
    assert len(_on_disk(drawn, take)) == 1
    assert "circle" in path.with_name(f"{path.stem}-damaged-1.txt").read_text()


def _reopened(window: MainWindow) -> Path:
    """The folder of the board, which is closed."""
    assert window.document is not None
    folder = window.document.folder
    window.new_board()
    return folder


def test_a_disk_that_refuses_keeps_what_was_drawn(
    drawn: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard import atomic
    from storyboard.errors import ProjectError

    def refuse(path: Path, text: str) -> None:
        raise ProjectError(f"cannot write {path}: the disk is full: free some space")

    viewer = _opened(drawn, qtbot)
    take, document = _takes(drawn)[1], drawn.document
    assert document is not None
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_text", refuse)
        QTest.keyClick(viewer.stage.view, KEYS.Key_A)
        _drag(viewer.stage.view, (0.2, 0.2), (0.6, 0.5))
        assert len(viewer.stage.view.marks) == 1 and not document.is_saved
        qtbot.waitUntil(lambda: "Not saved" in drawn.messages.text)
    assert document.write() and len(_on_disk(drawn, take)) == 1


def test_everything_in_the_viewer_has_a_name(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = _opened(drawn, qtbot)
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
