from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from gui.drawing.session_state import State
from storyboard.project.project import read_board
from tests import scripted_worker
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


def _draw(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.render_missing.trigger()


def _takes(window: MainWindow) -> list[int]:
    assert window.document is not None
    return [len(each.takes) for each in window.document.board.panels]


def test_a_story_becomes_a_drawn_board(planned: MainWindow, qtbot: QtBot) -> None:
    previews: list[str] = []
    planned.session.stepped.connect(lambda step: previews.append(step.job.panel))
    _draw(planned, qtbot)
    assert _takes(planned) == [1] * 6
    assert planned.document is not None
    on_disk = read_board(planned.document.folder)
    assert on_disk == planned.document.board
    assert len(previews) == 18
    assert len(planned.benchmark.measured) == 6
    assert [each.cold for each in planned.benchmark.measured] == [True, *[False] * 5]
    assert planned.benchmark.table.rowCount() == 6
    assert "not measured" not in planned.speed.mode.currentText()


def test_cancel_keeps_what_is_done_and_offers_to_go_on(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    with qtbot.waitSignal(window.session.panel_finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.cancel.trigger()
    done = sum(_takes(window))
    assert 1 <= done < 6
    assert window.messages.button.text() == "Go on"
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.messages.button.click()
    assert _takes(window) == [1] * 6


def test_pause_completes_the_panel_and_go_on_goes_on(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    window.actions_.render_missing.trigger()
    qtbot.waitUntil(lambda: window.session.state is State.DRAWING, timeout=LONG)
    with qtbot.waitSignal(window.session.panel_finished, timeout=LONG):
        window.actions_.pause.trigger()
    assert window.session.state is State.PAUSED
    assert window.actions_.pause.text() == "Go On"
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.pause.trigger()
    assert _takes(window) == [1] * 6


def test_killing_the_process_is_said_and_only_its_panel_starts_again(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    said: list[str] = []
    window.session.noticed.connect(said.append)
    with qtbot.waitSignal(window.session.panel_finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    assert window.session.process_id is not None
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        os.kill(window.session.process_id, signal.SIGKILL)
    assert _takes(window) == [1] * 6
    assert len(said) == 1 and "SIGKILL" in said[0]


def test_closing_in_mid_render_loses_nothing_and_reopening_goes_on(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    first = open_window(scripted_worker.slow)
    first.new_board()
    plan(first, qtbot)
    with qtbot.waitSignal(first.session.panel_finished, timeout=LONG):
        first.actions_.render_missing.trigger()
    first.close()
    assert first.isVisible() and first.session.is_running
    assert "being drawn" in first.messages.text
    first.messages.second_button.click()
    assert first.session.is_running
    first.close()
    first.messages.button.click()
    assert not first.isVisible() and not first.session.is_running
    second = open_window()
    second.open_first(None)
    done = sum(_takes(second))
    assert done >= 1
    assert second.messages.button.text() == "Go on"
    with qtbot.waitSignal(second.session.finished, timeout=LONG):
        second.messages.button.click()
    assert _takes(second) == [1] * 6


def test_a_panel_that_fails_says_why_and_the_others_are_drawn(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.failing)
    window.new_board()
    plan(window, qtbot)
    _draw(window, qtbot)
    assert _takes(window) == [1, 0, 1, 1, 1, 1]
    assert "panel 2 is black" in window.messages.text
    assert "panel 2 is black" in window.model.failure(window.model.panel(1))
    assert window.messages.button.text() == "Try again"


def test_a_model_that_cannot_be_loaded_is_a_sentence(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.broken)
    window.new_board()
    plan(window, qtbot)
    _draw(window, qtbot)
    assert "lacks its UNet" in window.messages.text
    assert window.session.state is State.IDLE


def test_re_roll_adds_a_take_with_another_seed_and_the_old_one_can_be_pinned(
    planned: MainWindow, qtbot: QtBot
) -> None:
    _draw(planned, qtbot)
    key = planned.model.panel(2).key
    planned.board.select([key])
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.inspector.reroll.click()
    assert planned.document is not None
    panel = planned.document.panel(key)
    assert panel is not None
    first, second = panel.takes
    assert first.seed != second.seed and panel.shown == second
    planned.inspector.takes.list.setCurrentRow(0)
    planned.inspector.takes.pin.click()
    panel = planned.document.panel(key)
    assert panel is not None and panel.shown == first
    planned.inspector.takes.newest.click()
    panel = planned.document.panel(key)
    assert panel is not None and panel.shown == second


@pytest.mark.parametrize("undone", ["delete", "merge", "duplicate"])
def test_undo_never_loses_a_picture(planned: MainWindow, qtbot: QtBot, undone: str) -> None:
    actions, keys = planned.actions_, [planned.model.panel(n).key for n in range(6)]
    planned.board.select(keys[1:3])
    getattr(actions, undone).trigger()
    _draw(planned, qtbot)  # after the edit, so that no earlier state knows these pictures
    drawn = _files(planned)
    actions.undo.trigger()
    assert planned.document is not None
    assert [each.key for each in planned.document.board.panels] == keys
    aside = {each.name for each in (planned.document.folder / "removed").iterdir()}
    assert drawn == _files(planned) | aside
    actions.redo.trigger()
    assert _files(planned) == drawn  # those of copies come back with the copies


def _files(window: MainWindow) -> set[str]:
    assert window.document is not None
    return {take.file for each in window.document.board.panels for take in each.takes}


def test_a_panel_that_is_drawn_cannot_leave_the_board(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    window.actions_.render_missing.trigger()
    window.board.select([window.model.panel(0).key])
    window.actions_.delete.trigger()
    assert window.model.rowCount() == 6
    assert "cancel the render first" in window.messages.text
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.cancel.trigger()


def test_a_changed_frame_keeps_the_pictures_and_offers_to_draw_again(
    planned: MainWindow, qtbot: QtBot
) -> None:
    _draw(planned, qtbot)
    planned.story.aspect.setCurrentText("2.39:1")
    planned.story.aspect.activated.emit(0)
    assert planned.document is not None
    assert planned.document.board.aspect == "2.39:1"
    assert _takes(planned) == [1] * 6
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.messages.button.click()
    assert _takes(planned) == [2] * 6


def test_a_locked_seed_stays_and_an_unlocked_one_changes(planned: MainWindow, qtbot: QtBot) -> None:
    _draw(planned, qtbot)
    keys = [planned.model.panel(row).key for row in (0, 1)]
    planned.board.select(keys[1:])
    assert planned.inspector.form.seed_lock.isChecked()
    planned.inspector.form.seed_lock.click()
    assert planned.document is not None
    assert read_board(planned.document.folder).panels[1].seed_locked is False
    planned.board.select(keys[:1])
    assert planned.inspector.form.seed_lock.isChecked()  # every panel has its own
    planned.board.select(keys)
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_selected.trigger()
    locked, unlocked = planned.document.board.panels[:2]
    assert locked.takes[0].seed == locked.takes[1].seed
    assert unlocked.takes[0].seed != unlocked.takes[1].seed


def test_one_click_draws_again_what_has_another_shape_and_nothing_else(
    planned: MainWindow, qtbot: QtBot
) -> None:
    _draw(planned, qtbot)
    assert planned.control.old_frames == []
    planned.story.aspect.setCurrentText("1:1")
    planned.story.aspect.activated.emit(0)
    assert "another shape: 6" in planned.messages.text
    planned.actions_.undo.trigger()
    assert not planned.messages.text  # it offered what would do nothing now
    planned.actions_.redo.trigger()
    planned.messages.hide()
    planned.board.select([planned.model.panel(0).key])
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_selected.trigger()
    assert len(planned.control.old_frames) == 5
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_old.trigger()
    assert _takes(planned) == [2] * 6
    assert planned.control.old_frames == []


def test_a_frame_too_large_for_the_memory_is_a_question(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.short_of_memory)
    window.new_board()
    plan(window, qtbot)
    _draw(window, qtbot)
    assert _takes(window) == [0] * 6
    assert "32 by 18" in window.messages.text
    assert window.messages.second_button.isVisible()
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.messages.button.click()
    assert window.choices.settings.smaller_if_needed
    assert _takes(window) == [1] * 6
