"""The timeline under the board, with real mouse, keys and waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from storyboard.project.project import read_board
from storyboard.values.editing import with_value
from storyboard.values.marker import Marker
from storyboard.values.shot import CameraMove

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.timeline.strip import Strip
    from gui.timeline.timeline import Timeline
    from gui.window.main_window import MainWindow

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def timeline(planned: MainWindow, qtbot: QtBot) -> Timeline:
    planned.resize(1280, 800)
    planned.actions_.timeline.trigger()
    found = planned.timeline.timeline
    assert found is not None
    qtbot.waitExposed(found)
    qtbot.wait(50)
    return found


def _durations(window: MainWindow) -> list[float]:
    assert window.document is not None
    return [panel.shot.duration for panel in window.document.board.panels]


def _end_of(strip: Strip, number: int) -> QPoint:
    block = strip.scale.blocks[number - 1]
    return QPoint(round(12 + strip.scale.x(block.end)), strip.height() - 20)


def test_the_end_of_a_panel_is_dragged_and_undone_in_one_step(
    planned: MainWindow, timeline: Timeline
) -> None:
    strip, before = timeline.strip, _durations(planned)
    start, pixels = _end_of(strip, 2), strip.scale.pixels
    QTest.mousePress(strip, _LEFT, pos=start)
    for step in range(1, 5):  # as a hand moves: the strip must not stretch under it
        QTest.mouseMove(strip, start + QPoint(round(step * pixels / 2), 0))
    QTest.mouseRelease(strip, _LEFT, pos=start + QPoint(round(2 * pixels), 0))
    after = _durations(planned)
    assert after[1] == pytest.approx(before[1] + 2, abs=0.11)
    assert [after[0], *after[2:]] == [before[0], *before[2:]]
    assert planned.document is not None
    planned.flush()
    assert read_board(planned.document.folder).panels[1].shot.duration == after[1]
    assert strip.scale.pixels < pixels  # the whole is seen again
    planned.actions_.undo.trigger()
    assert _durations(planned) == before


def test_a_click_goes_to_its_panel_and_selects_it(planned: MainWindow, timeline: Timeline) -> None:
    strip = timeline.strip
    block = strip.scale.blocks[3]
    middle = round(12 + strip.scale.x((block.start + block.end) / 2))
    QTest.mouseClick(strip, _LEFT, pos=QPoint(middle, strip.height() - 20))
    assert planned.board.keys == [block.panel.key]
    assert block.start < planned.timeline.clock.seconds < block.end
    # The other way round, the clock goes to what is selected.
    first = strip.scale.blocks[0].panel.key
    planned.board.select([first])
    assert planned.timeline.clock.seconds == 0


def test_keys_walk_stretch_and_open(planned: MainWindow, timeline: Timeline) -> None:
    strip, before = timeline.strip, _durations(planned)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert planned.board.keys == [strip.scale.blocks[1].panel.key]
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert _durations(planned)[1] == pytest.approx(before[1] + 0.1)
    timeline.unit.setCurrentIndex(1)
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    frames = _durations(planned)[1] * 24
    assert frames == pytest.approx(round((before[1] + 0.1) * 24) - 1, abs=0.51)
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert planned.board.keys == [strip.scale.blocks[-1].panel.key]
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert planned.viewer.is_open
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Home)  # the viewer follows, and the strip keeps the keys
    assert planned.viewer.key == strip.scale.blocks[0].panel.key
    assert strip.hasFocus()


def test_it_plays_from_panel_to_panel_and_stops_at_the_end(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot
) -> None:
    document, clock = planned.document, planned.timeline.clock
    assert document is not None
    keys = [panel.key for panel in document.board.panels]
    document.edit("Shorten", with_value(document.board, keys, "duration", 0.1))
    planned.board.select(keys[:1])
    reached: list[str] = []
    planned.timeline.reached.connect(reached.append)
    QTest.mouseClick(timeline.play, _LEFT)
    assert clock.is_playing and timeline.play.isChecked()
    qtbot.waitUntil(lambda: not clock.is_playing, timeout=20_000)
    assert reached[-1] == keys[-1] == planned.board.keys[0]
    assert clock.seconds == clock.length == pytest.approx(0.6)
    assert not timeline.play.isChecked()
    QTest.keyClick(timeline.strip, Qt.Key.Key_Space)  # from the end it begins again
    assert clock.is_playing and clock.seconds < 0.6


def test_another_board_and_none_are_followed(planned: MainWindow, timeline: Timeline) -> None:
    planned.timeline.clock.play()
    planned.new_board()
    assert not planned.timeline.clock.is_playing
    assert timeline.strip.scale.blocks == ()
    planned.actions_.add.trigger()
    assert len(timeline.strip.scale.blocks) == 1
    planned.actions_.timeline.trigger()
    assert planned.timeline.timeline is None
    planned.actions_.add.trigger()  # nobody follows any more
    assert len(timeline.strip.scale.blocks) == 0


def test_markers_are_set_named_moved_and_taken_away(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot
) -> None:
    document, strip, row = planned.document, timeline.strip, timeline.strip.markers
    assert document is not None and not row.isVisible()
    low = strip.height()
    # 1. M where the clock is; its name is asked for.
    planned.timeline.clock.seek(3.0)
    QTest.keyClick(strip, Qt.Key.Key_M)
    dialog = timeline.markers.dialog
    assert dialog is not None and document.board.markers == (Marker(3.0),)
    QTest.keyClicks(dialog.focusWidget(), "drum")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert document.board.markers == (Marker(3.0, "drum"),) and row.isVisible()
    assert strip.height() > low
    # 2. While it plays nobody is asked.
    planned.timeline.clock.seek(1.0)
    planned.timeline.clock.play()
    timeline.mark.click()
    planned.timeline.clock.pause()
    assert len(document.board.markers) == 2 and timeline.markers.dialog is None
    planned.actions_.undo.trigger()
    # 3. It is dragged in one step, and is on disk.
    start = QPoint(round(12 + strip.scale.x(3.0)) + 3, row.height() // 2)
    there = QPoint(round(12 + strip.scale.x(5.0)), start.y())
    QTest.mousePress(row, _LEFT, pos=start)
    for step in (0.3, 0.7, 1.0):
        QTest.mouseMove(row, start + (there - start) * step)
    QTest.mouseRelease(row, _LEFT, pos=there)
    assert document.board.markers[0].name == "drum"
    assert document.board.markers[0].seconds == pytest.approx(5.0, abs=0.1)
    planned.flush()
    document.write()
    assert read_board(document.folder).markers == document.board.markers
    planned.actions_.undo.trigger()
    assert document.board.markers == (Marker(3.0, "drum"),)
    # 4. It stays at its time when panels get longer, is chosen by the keyboard, and deleted.
    key = document.board.panels[0].key
    document.edit("Longer", with_value(document.board, [key], "duration", 9.0))
    assert document.board.markers == (Marker(3.0, "drum"),)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    assert row.chosen == Marker(3.0, "drum") and planned.timeline.clock.seconds == 3.0
    QTest.keyClick(row, Qt.Key.Key_Delete)
    assert document.board.markers == () and not row.isVisible() and strip.height() == low
    planned.actions_.undo.trigger()
    assert document.board.markers == (Marker(3.0, "drum"),)


def test_the_viewer_above_it_shows_what_the_camera_sees(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot
) -> None:
    document, clock = planned.document, planned.timeline.clock
    assert document is not None
    keys = [panel.key for panel in document.board.panels]
    board = with_value(document.board, keys, "move", CameraMove.PUSH_IN)
    document.edit("Move", with_value(board, keys, "duration", 4.0))
    planned.viewer.open(keys[0])
    viewer = planned.viewer.viewer
    assert viewer is not None
    qtbot.waitExposed(viewer)
    view = viewer.stage.view
    assert viewer.y() + viewer.height() <= timeline.y() and viewer.height() > timeline.height()
    assert not view.camera.isVisible()
    clock.play()
    clock.seek(1.9)
    qtbot.waitUntil(lambda: clock.seconds > 2.0, timeout=20_000)
    whole, part = view.sceneRect(), view.camera.part
    assert view.camera.isVisible()
    assert part.width() < whole.width() and (part.center() - whole.center()).manhattanLength() < 1
    qtbot.waitUntil(lambda: view.camera.part.width() < part.width(), timeout=20_000)
    clock.pause()
    assert not view.camera.isVisible()


def test_who_writes_about_a_panel_stays_with_it_while_the_board_plays(
    planned: MainWindow, timeline: Timeline
) -> None:
    planned.board.select([planned.model.panel(0).key])
    note = planned.inspector.form.note
    note.setFocus()
    QTest.keyClicks(note, "hold the ")
    planned.timeline.clock.seek(timeline.strip.scale.blocks[1].start + 0.1)
    QTest.keyClicks(note, "lamp")
    assert planned.document is not None
    first, second, *_ = planned.document.board.panels
    assert (first.shot.note, second.shot.note) == ("hold the lamp", "")
    timeline.strip.setFocus()
    planned.timeline.clock.seek(timeline.strip.scale.blocks[2].start + 0.1)
    assert planned.board.keys == [planned.model.panel(2).key]
