"""Planning again, and a story that another program saves: shown first, then one step of undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from storyboard.values.editing import with_shots
from tests.gui.conftest import STORY, plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.planning.merge_dialog import MergeDialog
    from gui.window.main_window import MainWindow
    from storyboard.values.board import Storyboard

OTHER = STORY.replace("Mira climbs the stairs. ", "An owl calls. ").replace(
    "calm.", "calm. A boat comes home to the harbour."
)


def _board(window: MainWindow) -> Storyboard:
    assert window.document is not None
    return window.document.board


def _worked_on(window: MainWindow) -> Storyboard:
    """A board with a panel that somebody has written."""
    assert window.document is not None
    panel = _board(window).panels[1]
    shot = replace(panel.shot, action="She stares.", note="Slow.")
    window.document.edit("Write", with_shots(_board(window), {panel.key: shot}))
    return _board(window)


def _dialog(window: MainWindow, qtbot: QtBot) -> MergeDialog:
    qtbot.waitUntil(lambda: window.planner.dialog is not None, timeout=20_000)
    assert window.planner.dialog is not None
    return window.planner.dialog


def test_plan_shows_what_becomes_of_every_panel_and_is_one_step_of_undo(
    planned: MainWindow, qtbot: QtBot
) -> None:
    before = _worked_on(planned)
    # 1. The story is written on; Escape changes nothing.
    plan(planned, qtbot, OTHER)
    dialog = _dialog(planned, qtbot)
    rows = [
        [dialog.cell(row, column) for column in range(4)] for row in range(dialog.table.rowCount())
    ]
    assert [each[:2] for each in rows] == [
        *(["stays", "1"], ["stays", "2"], ["stays", "3"]),
        *(["changes", "4"], ["stays", "5"], ["stays", "6"], ["is new", "7"]),
    ]
    assert rows[3][2] == "An owl calls." and "new action: An owl calls." in rows[3][3]
    assert "stay: 5" in dialog.counts.text() and "new: 1" in dialog.counts.text()
    dialog.only_changes.click()
    assert [dialog.table.isRowHidden(row) for row in range(7)] == [
        each[0] == "stays" for each in rows
    ]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert planned.planner.dialog is None
    assert _board(planned).panels == before.panels
    # 2. Enter changes the board.
    with qtbot.waitSignal(planned.planning.planned, timeout=20_000):
        planned.story.plan.click()
    QTest.keyClick(_dialog(planned, qtbot), Qt.Key.Key_Return)
    after = _board(planned)
    assert [each.key for each in after.panels[:6]] == [each.key for each in before.panels]
    assert after.panels[1] == before.panels[1] and planned.story.panels.value() == 7
    planned.actions_.undo.trigger()
    assert _board(planned).panels == before.panels
    # 3. The same story again is no question.
    planned.actions_.redo.trigger()
    with qtbot.waitSignal(planned.planning.planned, timeout=20_000):
        planned.story.plan.click()
    assert planned.planner.dialog is None and "shows this story already" in planned.messages.text


def test_a_story_that_another_program_saves_is_offered(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    window.new_board()
    file, new = tmp_path / "story.txt", tmp_path / "story.txt~"
    file.write_text(STORY, "utf-8")
    window.planner.import_story(file)
    with qtbot.waitSignal(window.planning.planned, timeout=20_000):
        window.story.plan.click()
    before = _worked_on(window)
    folder = window.document.folder if window.document else tmp_path

    # 1. A new file takes the old one's place, as editors save, in a folder in which other files
    #    come and go all the time; nothing happens yet.
    busy = QTimer(interval=100)
    other = (tmp_path / "download.part", tmp_path / "download")
    other[0].touch()
    busy.timeout.connect(lambda: other[other[1].exists()].rename(other[other[0].exists()]))
    busy.start()
    new.write_text(OTHER, "utf-8")
    new.replace(file)
    qtbot.waitUntil(lambda: "story.txt was saved" in window.messages.text, timeout=20_000)
    busy.stop()
    assert _board(window) == before
    # 2. It is saved again while the question stands, in place: the newest is shown.
    window.messages.hide()
    file.write_text(OTHER.replace("A boat comes", "A ship comes"), "utf-8")
    qtbot.waitUntil(lambda: "story.txt was saved" in window.messages.text, timeout=20_000)
    window.messages.button.click()
    QTest.keyClick(_dialog(window, qtbot), Qt.Key.Key_Return)
    assert _board(window).panels[-1].shot.action == "A ship comes home to the harbour."
    assert "A ship comes home to the harbour." in window.story.editor.toPlainText()
    assert _board(window).panels[1] == before.panels[1]
    # 3. What is saved while the board is closed is offered when it is opened; once it is taken, no
    # more.
    window.new_board()
    file.write_text(STORY, "utf-8")
    window.open_folder(folder)
    qtbot.waitUntil(lambda: "story.txt was saved" in window.messages.text, timeout=20_000)
    window.messages.button.click()
    QTest.keyClick(_dialog(window, qtbot), Qt.Key.Key_Return)
    window.new_board()
    window.messages.hide()
    window.open_folder(folder)
    qtbot.wait(1500)
    assert not window.messages.text
