from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from storyboard.files.png import is_whole
from storyboard.project.project import read_board
from storyboard.values.board import OWN
from tests import boards
from tests.project.test_own_picture import a_drawing

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow
    from storyboard.values.board import Panel

LONG = 20_000


@pytest.fixture
def drawn(planned: MainWindow) -> MainWindow:
    """A board of six panels, the first of which has a take."""
    assert planned.document is not None
    project = planned.document._project
    boards.render(project, "p01", 1)
    planned.document.go_to(project.board)
    planned.board.select(["p01"])
    return planned


def _panel(window: MainWindow, at: int = 0) -> Panel:
    assert window.document is not None
    return window.document.board.panels[at]


def _drop(widget: QWidget, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    place, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place, copy, data, left, none)
    QApplication.sendEvent(widget, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, left, none))


@pytest.mark.parametrize("on", ["viewer", "takes", "board"])
def test_a_dropped_picture_is_a_take_and_undo_shows_the_old_one(
    drawn: MainWindow, qtbot: QtBot, tmp_path: Path, on: str
) -> None:
    file = tmp_path / "sketch.jpg"
    file.write_bytes(a_drawing(800, 800))
    before = _panel(drawn).shown
    if on == "viewer":
        drawn.viewer.open("p01")
        assert drawn.viewer.viewer is not None
        widget: QWidget = drawn.viewer.viewer.stage.view.viewport()
    elif on == "takes":
        widget = drawn.inspector.takes
    else:
        drawn.board.select(["p04"])
        drawn.board.scrollToTop()
        widget = drawn.board.viewport()
    with qtbot.waitSignal(drawn.pictures.importer.imported, timeout=LONG):
        _drop(widget, file)
    take = _panel(drawn).shown
    assert take is not None and take.mode == OWN and take != before
    assert "sketch.jpg" in drawn.messages.text and "44 %" in drawn.messages.text
    assert drawn.document is not None
    assert read_board(drawn.document.folder).panels[0].shown == take
    if on == "viewer" and drawn.viewer.viewer is not None:
        assert drawn.viewer.viewer.take == take
        view = drawn.viewer.viewer.stage.view
        assert view.size_.width() / view.size_.height() == pytest.approx(16 / 9, abs=0.01)
    drawn.actions_.undo.trigger()
    assert _panel(drawn).shown == before and take in _panel(drawn).takes  # nothing is lost
    drawn.actions_.redo.trigger()
    assert _panel(drawn).shown == take


def test_a_hostile_file_is_a_sentence_and_the_board_as_it_was(
    drawn: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "bomb.png"
    file.write_bytes(a_drawing(64, 64)[:200])
    before = _panel(drawn)
    with qtbot.waitSignal(drawn.pictures.importer.failed, timeout=LONG):
        _drop(drawn.inspector.takes, file)
    assert "bomb.png" in drawn.messages.text and "\n" not in drawn.messages.text
    assert _panel(drawn) == before


def test_a_panel_without_a_picture_gets_one_from_the_clipboard(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    drawn.viewer.open("p03")
    viewer = drawn.viewer.viewer
    assert viewer is not None and not viewer.stage.view.has_picture
    with qtbot.waitSignal(drawn.pictures.importer.imported, timeout=LONG):
        QTest.keyClick(viewer.stage.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _panel(drawn, 2).shown is not None and viewer.stage.view.has_picture
    QGuiApplication.clipboard().clear()


def test_a_board_that_closes_meanwhile_has_the_picture_all_the_same(
    drawn: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "sketch.png"
    file.write_bytes(a_drawing(1600, 900, "PNG"))
    assert drawn.document is not None
    folder = drawn.document.folder
    drawn.pictures.add([file])
    drawn.new_board()
    assert read_board(folder).panels[0].takes[-1].mode == OWN


@pytest.mark.parametrize("way", ["in place", "another file in its place", "in two halves"])
def test_what_another_program_saves_comes_back_as_a_take(
    drawn: MainWindow, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    told = tmp_path / "told"
    program = tmp_path / "my editor"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$2" > "{told}.part"; mv "{told}.part" "{told}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    drawn.pictures.editor.command = f'"{program}" --open'
    drawn.viewer.open("p01")
    before = _panel(drawn).shown
    assert before is not None and drawn.document is not None
    original = drawn.document.picture(before).read_bytes()
    drawn.actions_.edit_outside.trigger()
    qtbot.waitUntil(told.exists, timeout=LONG)
    copy = drawn.document.folder / "edited" / before.file
    assert told.read_text() == str(copy) and copy.read_bytes() == original
    # The other program saves, twice.
    for count, width in ((2, 640), (3, 320)):
        data = a_drawing(width, width * 9 // 16, "PNG")
        with qtbot.waitSignal(drawn.pictures.importer.imported, timeout=LONG):
            if way == "in place":
                copy.write_bytes(data)
            elif way == "another file in its place":
                new = copy.with_suffix(".new")
                new.write_bytes(data)
                os.replace(new, copy)  # noqa: PTH105  # as editors do it
            else:
                with copy.open("wb") as out:
                    out.write(data[:100])
                    out.flush()
                    QTest.qWait(150)
                    out.write(data[100:])
        panel = _panel(drawn)
        assert len(panel.takes) == count and panel.shown is not None and panel.shown.mode == OWN
        assert panel.shown.parent == before.file and panel.shown.width == width
        assert is_whole(drawn.document.picture(panel.shown).read_bytes())
    assert drawn.document.picture(before).read_bytes() == original
    # Another copy does not take the place of this one.
    drawn.viewer.viewer.show_take(before.file) if drawn.viewer.viewer else None
    told.unlink()
    drawn.actions_.edit_outside.trigger()
    qtbot.waitUntil(told.exists, timeout=LONG)
    assert told.read_text() == str(copy.with_name(f"{copy.stem}-2.png"))
    assert copy.read_bytes() == a_drawing(320, 180, "PNG")


def test_what_was_saved_elsewhere_while_the_board_was_closed_is_a_take_when_it_opens(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    drawn.pictures.editor.command = "true"
    drawn.board.select(["p01"])
    drawn.actions_.edit_outside.trigger()
    shown = _panel(drawn).shown
    assert shown is not None and drawn.document is not None
    folder = drawn.document.folder
    copy = folder / "edited" / shown.file
    (folder / "edited" / "panel-077-take-01-0.png").write_bytes(copy.read_bytes())  # nobody's
    drawn.new_board()
    copy.write_bytes(a_drawing(640, 360, "PNG"))
    with qtbot.waitSignal(drawn.pictures.importer.imported, timeout=LONG):
        assert drawn.open_folder(folder)
    assert [each.mode == OWN for each in _panel(drawn).takes] == [False, True]
    # It is watched as before, and nothing is taken twice.
    drawn.new_board()
    assert drawn.open_folder(folder)
    with qtbot.waitSignal(drawn.pictures.importer.imported, timeout=LONG):
        copy.write_bytes(a_drawing(320, 180, "PNG"))
    assert [each.mode == OWN for each in _panel(drawn).takes] == [False, True, True]
    assert drawn.inspector.takes.list.currentRow() == 2  # the one that the board shows now


def test_a_program_that_is_not_there_is_a_sentence(drawn: MainWindow, qtbot: QtBot) -> None:
    drawn.pictures.choose_program()
    dialog = drawn.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("/no/such/program --open")
    dialog.accept()
    drawn.actions_.edit_outside.trigger()
    assert "/no/such/program" in drawn.messages.text and "another program" in drawn.messages.text
    drawn.board.select(["p04"])
    drawn.actions_.edit_outside.trigger()
    assert "no picture yet" in drawn.messages.text
