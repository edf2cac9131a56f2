from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from gui.viewer.tools import COLOURS
from storyboard.values.annotations import Arrow, Note, Stroke
from tests.gui.viewing import LEFT, drag, on_disk, opened, place, takes_of, with_takes

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

KEYS = Qt.Key


@pytest.fixture
def drawn(planned: MainWindow) -> MainWindow:
    """A board of six panels: two takes of the first, one of the second, none of the others."""
    return with_takes(planned)


def test_what_is_drawn_is_on_disk_and_undone_by_the_window(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view, take = viewer.stage.view, takes_of(drawn)[1]
    QTest.keyClick(view, KEYS.Key_A)
    drag(view, (0.2, 0.2), (0.4, 0.3), (0.6, 0.5))
    QTest.keyClick(view, KEYS.Key_P)
    drag(view, (0.1, 0.8), (0.2, 0.85), (0.3, 0.8))
    QTest.keyClick(view, KEYS.Key_N)
    QTest.mouseClick(view.viewport(), LEFT, pos=place(view, 0.7, 0.1))
    assert view.note.hasFocus()
    QTest.keyClicks(view.note, "Look: a ship")  # letters that are tools elsewhere
    QTest.keyClick(view.note, KEYS.Key_Return)
    arrow, stroke, note = on_disk(drawn, take)
    assert isinstance(arrow, Arrow) and arrow.colour == COLOURS[0]
    assert arrow.start == pytest.approx((0.2, 0.2), abs=0.01)
    assert arrow.end == pytest.approx((0.6, 0.5), abs=0.01)
    assert isinstance(stroke, Stroke) and len(stroke.points) == 3
    assert isinstance(note, Note) and note.text == "Look: a ship"
    # The window's own undo and redo.
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert on_disk(drawn, take) == (arrow,) == tuple(each.mark for each in view.marks)
    drawn.actions_.redo.trigger()
    assert on_disk(drawn, take) == (arrow, stroke)
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
    viewer = opened(drawn, qtbot)
    view, take = viewer.stage.view, takes_of(drawn)[1]
    document = drawn.document
    assert document is not None
    arrow = Arrow((0.2, 0.5), (0.6, 0.5), "#e53935", 0.02)
    note = Note((0.1, 0.1), "Closer", "#fdd835", 0.06)
    document.annotations.edit("x", take, (arrow, note))
    drag(view, (0.4, 0.5), (0.45, 0.55), (0.5, 0.6))
    moved = on_disk(drawn, take)[0]
    assert isinstance(moved, Arrow) and moved.start == pytest.approx((0.3, 0.6), abs=0.01)
    # By keys alone: the next mark, moved to the right, in blue, in other words, gone.
    QTest.keyClick(view, KEYS.Key_M)
    assert [each.number for each in view.selected] == [1]
    QTest.keyClick(view, KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    there = on_disk(drawn, take)[1]
    assert isinstance(there, Note) and there.at == pytest.approx((0.15, 0.1))
    assert viewer.key == "p01"  # the arrow key has moved the mark, not the panel
    viewer.bars.colour.setCurrentIndex(2)
    viewer.bars.colour.activated.emit(2)
    assert on_disk(drawn, take)[1].colour == COLOURS[2]
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClicks(view.note, "Further")
    QTest.keyClick(view.note, KEYS.Key_Escape)  # leaves the note, and keeps what was written
    again = on_disk(drawn, take)[1]
    assert isinstance(again, Note) and again.text == "Further"
    QTest.keyClick(view, KEYS.Key_Delete)
    assert on_disk(drawn, take) == (moved,)
    assert drawn.model.rowCount() == 6  # no panel was deleted
    # The eraser.
    QTest.keyClick(view, KEYS.Key_E)
    drag(view, (0.5, 0.3), (0.5, 0.6), (0.5, 0.8))
    assert on_disk(drawn, take) == ()
    # Escape while drawing draws nothing.
    QTest.keyClick(view, KEYS.Key_A)
    QTest.mousePress(view.viewport(), LEFT, pos=place(view, 0.2, 0.2))
    QTest.mouseMove(view.viewport(), place(view, 0.5, 0.5))
    QTest.keyClick(view, KEYS.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=place(view, 0.5, 0.5))
    assert on_disk(drawn, take) == ()


def test_keys_alone_draw_an_arrow_and_a_note(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view, take = viewer.stage.view, takes_of(drawn)[1]
    QTest.keyClick(view, KEYS.Key_A)
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClick(view, KEYS.Key_N)
    QTest.keyClick(view, KEYS.Key_Return)
    QTest.keyClicks(view.note, "Here")
    QTest.keyClick(view.note, KEYS.Key_Return)
    arrow, note = on_disk(drawn, take)
    assert isinstance(arrow, Arrow) and isinstance(note, Note)
    assert note.at == pytest.approx((0.5, 0.5), abs=0.01)


def test_undo_shows_what_it_takes_back(drawn: MainWindow, qtbot: QtBot) -> None:
    viewer = opened(drawn, qtbot)
    view = viewer.stage.view
    QTest.keyClick(view, KEYS.Key_A)
    drag(view, (0.2, 0.2), (0.6, 0.5))
    QTest.keyClick(view, KEYS.Key_Right)
    assert viewer.key == "p02"
    QTest.keyClick(view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert viewer.key == "p01" and not view.marks


def test_a_damaged_file_of_notes_is_a_sentence_and_is_kept(drawn: MainWindow, qtbot: QtBot) -> None:
    assert drawn.document is not None
    take, folder = takes_of(drawn)[1], drawn.document.folder
    (folder / "annotations").mkdir()
    path = folder / "annotations" / take.file.replace(".png", ".yaml")
    path.write_text("format: 1\nmarks: [{circle: 3}]")
    assert drawn.open_folder(_reopened(drawn))
    drawn.board.select(["p01"])
    viewer = opened(drawn, qtbot)
    qtbot.waitUntil(lambda: "must be one of" in drawn.messages.text)
    QTest.keyClick(viewer.stage.view, KEYS.Key_A)
    drag(viewer.stage.view, (0.2, 0.2), (0.6, 0.5))
    assert len(on_disk(drawn, take)) == 1
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
    from storyboard.errors import ProjectError
    from storyboard.files import atomic

    def refuse(path: Path, text: str) -> None:
        raise ProjectError(f"cannot write {path}: the disk is full: free some space")

    viewer = opened(drawn, qtbot)
    take, document = takes_of(drawn)[1], drawn.document
    assert document is not None
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_text", refuse)
        QTest.keyClick(viewer.stage.view, KEYS.Key_A)
        drag(viewer.stage.view, (0.2, 0.2), (0.6, 0.5))
        assert len(viewer.stage.view.marks) == 1 and not document.is_saved
        qtbot.waitUntil(lambda: "Not saved" in drawn.messages.text)
    assert document.write() and len(on_disk(drawn, take)) == 1
