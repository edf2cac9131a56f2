"""A picture changed by words in the viewer: by real keys and a real mouse."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.viewer.edit_bar import EVERYWHERE, RECTANGLE, STROKES
from storyboard.project.recipe_file import read_recipe
from tests import scripted_worker
from tests.gui.conftest import plan
from tests.gui.viewing import LEFT, drag, opened, takes_of, with_takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.viewer.viewer import Viewer
    from gui.window.main_window import MainWindow

KEYS = Qt.Key
LONG = 60_000


@pytest.fixture
def window(open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    window = open_window(scripted_worker.editing)
    window.new_board()
    plan(window, qtbot)
    return with_takes(window)


def write(viewer: Viewer, text: str) -> None:
    field = viewer.editing.bar.instruction
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_picture_is_changed_where_the_rectangle_is_and_undo_shows_the_one_before(
    window: MainWindow, qtbot: QtBot
) -> None:
    viewer = opened(window, qtbot)
    view, bar = viewer.stage.view, viewer.editing.bar
    _, shown = takes_of(window)
    assert not bar.edit.isEnabled() and not bar.cancel.isVisible()
    # 1. A rectangle, and words with letters that are tools elsewhere.
    QTest.keyClick(view, KEYS.Key_R)
    drag(view, (0.5, 0.0), (0.8, 0.6), (1.0, 1.0))
    assert bar.place == RECTANGLE
    write(viewer, "paint rain")
    assert bar.instruction.text() == "paint rain" and not view.marks
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        QTest.keyClick(bar.instruction, KEYS.Key_Return)
        assert bar.cancel.isVisible() and bar.progress.text()
        qtbot.waitUntil(lambda: "Step 2 of 3" in bar.progress.text(), timeout=LONG)
    # 2. The take of its own, and what it says.
    edited = takes_of(window)[-1]
    qtbot.waitUntil(lambda: viewer.take == edited)
    assert edited.parent == shown.file and viewer.other == shown
    assert "made from take 2" in viewer.bars.place.text() and not bar.cancel.isVisible()
    assert window.document is not None
    recipe = read_recipe(window.document.picture(edited))
    assert recipe.edit is not None and recipe.edit.instruction == "paint rain"
    mask = window.document.reference(f"{recipe.edit.mask}.png").picture
    with Image.open(io.BytesIO(mask)) as painted:
        assert painted.size == (64, 36)
        levels = [painted.convert("L").getpixel((x, 18)) for x in (1, 30, 34, 62)]
    assert levels == [0, 0, 255, 255]
    # 3. Undo.
    window.actions_.undo.trigger()
    assert viewer.take == shown and takes_of(window)[-1] == edited
    window.actions_.redo.trigger()
    assert viewer.take == edited


def test_what_the_pen_went_around_is_changed_and_a_cancel_keeps_the_board(
    window: MainWindow, qtbot: QtBot
) -> None:
    viewer = opened(window, qtbot)
    view, bar = viewer.stage.view, viewer.editing.bar
    before = takes_of(window)
    write(viewer, "a red hat")
    bar.choose(STROKES)
    QTest.mouseClick(bar.edit, LEFT)
    assert "with the pen first" in window.messages.text and not window.session.is_running
    QTest.keyClick(bar.instruction, KEYS.Key_Escape)  # the keyboard goes back to the picture
    assert QApplication.focusWidget() is view and viewer.isVisible()
    QTest.keyClick(view, KEYS.Key_P)
    drag(view, (0.2, 0.2), (0.5, 0.2), (0.5, 0.7), (0.2, 0.7))
    asked: list[bytes] = []
    viewer.edit_wanted.connect(lambda key, file, words, mask: asked.append(bytes(mask)))
    QTest.mouseClick(bar.edit, LEFT)
    with Image.open(io.BytesIO(asked[0])) as painted:
        assert painted.getpixel((22, 16)) == 255 and painted.getpixel((50, 30)) == 0
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        qtbot.waitUntil(lambda: "Step" in bar.progress.text(), timeout=LONG)
        QTest.mouseClick(bar.cancel, LEFT)
    assert takes_of(window) == before and not bar.cancel.isVisible()
    # A click is no rectangle.
    QTest.keyClick(view, KEYS.Key_R)
    drag(view, (0.3, 0.3), (0.301, 0.301))
    assert bar.place == EVERYWHERE and view.area.area.isEmpty()


def test_a_model_that_cannot_edit_is_told_before_it_is_loaded(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.broken)
    window.new_board()
    plan(window, qtbot)
    viewer = opened(with_takes(window), qtbot)
    write(viewer, "night")
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        QTest.mouseClick(viewer.editing.bar.edit, LEFT)
    assert "cannot edit pictures: choose one that can" in window.messages.text
    assert not viewer.editing.bar.cancel.isVisible()
