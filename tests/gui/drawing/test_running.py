"""A run under somebody's hands: cancelled while loading, added to, left, and nothing lost by it."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.drawing.session_state import State
from storyboard.generator import local_generator
from tests import scripted_worker
from tests.gui.conftest import STORY, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 120_000


class _Silent:
    """A server that takes every connection and never says a word."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._taken: list[socket.socket] = []
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    @property
    def callers(self) -> int:
        return len(self._taken)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        for each in (*self._taken, self._socket):
            each.close()

    def _take(self) -> None:
        while True:
            try:
                self._taken.append(self._socket.accept()[0])
            except OSError:
                return


@pytest.fixture
def silent() -> Iterator[_Silent]:
    server = _Silent()
    yield server
    server.close()


def _press_draw(window: MainWindow) -> None:
    button = window.speed.draw
    QTest.mouseClick(
        button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 4, button.height() // 2)
    )


def _takes(window: MainWindow) -> list[int]:
    assert window.document is not None
    return [len(each.takes) for each in window.document.board.panels]


def test_a_server_that_never_answers_holds_up_neither_cancel_nor_quitting(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    silent: _Silent,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.port}")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("STORYBOARD_MODEL", "nobody/nothing")
    window = open_window(local_generator)
    window.new_board()
    plan(window, qtbot)
    _press_draw(window)
    assert window.actions_.cancel.isEnabled()  # from the first instant
    assert not silent.callers
    qtbot.waitUntil(lambda: silent.callers > 0, timeout=LONG)
    window.actions_.cancel.trigger()
    assert not window.actions_.cancel.isEnabled()
    qtbot.waitUntil(lambda: window.session.state is State.IDLE, timeout=5_000)
    before = silent.callers
    _press_draw(window)
    qtbot.waitUntil(lambda: silent.callers > before, timeout=LONG)
    window.close()
    window.messages.button.click()
    assert not window.isVisible() and not window.session.is_running


def test_cancelled_while_loading_and_drawn_again_at_once(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stall = tmp_path / "stall"
    stall.touch()
    monkeypatch.setenv(scripted_worker.STALL, str(stall))
    window = open_window(scripted_worker.stalling)
    window.new_board()
    plan(window, qtbot)
    _press_draw(window)
    assert window.actions_.cancel.isEnabled() and not window.actions_.pause.isEnabled()
    qtbot.waitUntil(lambda: window.session.process_id is not None, timeout=LONG)
    window.actions_.cancel.trigger()
    assert window.session.state is State.STOPPING
    assert window.model.place_in_queue(window.model.panel(0)) == -1
    stall.unlink()
    _press_draw(window)
    assert window.model.place_in_queue(window.model.panel(0)) == 0
    qtbot.waitUntil(lambda: _takes(window) == [1] * 6, timeout=LONG)
    qtbot.waitUntil(lambda: window.session.state is State.IDLE, timeout=LONG)


def test_more_panels_join_a_run_and_none_is_drawn_twice(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    said: list[str] = []
    window.session.stepped.connect(lambda step: said.append(window.speed.status.text()))
    window.board.select([window.model.panel(row).key for row in (4, 1)])
    window.actions_.render_selected.trigger()
    qtbot.waitUntil(lambda: window.session.state is State.DRAWING, timeout=LONG)
    window.actions_.render_missing.trigger()
    window.actions_.render_missing.trigger()
    assert "waiting to be drawn already" in window.messages.text
    assert window.session.total == 6
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.story.editor.setFocus()
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.new_board()  # asks, and aborts nothing
        assert window.messages.second_button.hasFocus()
        QTest.keyClick(window.messages.second_button, Qt.Key.Key_Space)
        assert window.story.editor.hasFocus()  # whoever was writing goes on
    assert _takes(window) == [1] * 6
    assert any(each.startswith("panel 6 of 6") for each in said)
    assert not window.session.is_running


def test_planning_again_asks_where_there_is_work_on_the_board(
    planned: MainWindow, qtbot: QtBot
) -> None:
    def write(story: str) -> None:
        planned.story.editor.setPlainText(story)
        with qtbot.waitSignal(planned.planning.planned, timeout=20_000):
            planned.story.plan.click()

    # 1. What the planner has made and nobody has touched goes without a question.
    write(STORY.replace("beach", "river"))
    assert not planned.messages.text and planned.planner.dialog is None
    # 2. Pictures stay until the answer.
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_missing.trigger()
    assert planned.document is not None
    before = planned.document.board.panels
    write("A dog sleeps in the snow. A cat watches it from the roof.")
    assert planned.planner.dialog is not None
    assert "leave: 6" in planned.planner.dialog.counts.text()
    assert planned.document.board.panels == before
    planned.planner.dialog.keep.click()
    assert planned.document.board.panels == before
    # 3. After a yes the old board is one undo away.
    planned.story.plan.click()
    qtbot.waitUntil(lambda: planned.planner.dialog is not None, timeout=20_000)
    assert planned.planner.dialog is not None
    planned.planner.dialog.change.click()
    assert planned.document.board.panels != before
    planned.actions_.undo.trigger()
    assert planned.document.board.panels == before
    assert all(planned.document.picture(each.takes[0]).is_file() for each in before)


def test_a_copy_keeps_picture_and_seed_and_neither_takes_the_others(
    planned: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_missing.trigger()
    document = planned.document
    assert document is not None
    first = document.board.panels[0]
    planned.board.select([first.key])
    planned.actions_.duplicate.trigger()
    copy = document.board.panels[1]
    assert (copy.seed, copy.shot.action) == (first.seed, first.shot.action)
    assert first.shown is not None and copy.shown is not None
    original, own = document.picture(first.shown), document.picture(copy.shown)
    assert original != own and own.is_file()
    for gone, stays in ((first.key, own), (copy.key, original)):
        planned.board.select([gone])
        planned.actions_.delete.trigger()
        assert stays.is_file()
        planned.actions_.undo.trigger()
    assert original.is_file() and own.is_file()
    planned.actions_.undo.trigger()
    assert original.is_file() and not own.exists()
    planned.actions_.redo.trigger()
    assert own.is_file()


def test_a_refused_re_roll_leaves_the_panel_as_it_was(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    planned = open_window(scripted_worker.slow)
    planned.new_board()
    plan(planned, qtbot)
    document = planned.document
    assert document is not None
    key = document.board.panels[0].key
    planned.board.select([key])
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_selected.trigger()
    before = document.panel(key)
    assert before is not None and len(before.takes) == 1
    # 1. Stopped before its picture is there: the old seed, and nothing to be drawn again.
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.reroll.trigger()
        planned.actions_.cancel.trigger()
    assert document.panel(key) == before
    assert not planned.control.changed
    # 2. Drawn: a seed of its own, which stays.
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.reroll.trigger()
    after = document.panel(key)
    assert after is not None and after.seed != before.seed and len(after.takes) == 2


def test_the_scale_stays_with_a_new_panel_and_follows_the_frame_back(planned: MainWindow) -> None:
    before = planned.board.gridSize()
    planned.story.aspect.setCurrentText("1:1")
    planned.story.aspect.activated.emit(0)
    assert planned.board.gridSize() != before
    planned.actions_.undo.trigger()
    assert planned.board.gridSize() == before
    for _ in range(4):
        planned.actions_.add.trigger()
    assert planned.board.gridSize() == before


def test_recent_boards_go_by_their_titles(planned: MainWindow) -> None:
    assert planned.document is not None
    folder = planned.document.folder
    planned.story.title.selectAll()
    QTest.keyClicks(planned.story.title, "The Lamp & the Sea")
    planned.new_board()
    planned.new_board()
    texts = {each.text(): each.toolTip() for each in planned.actions_.recent.actions()}
    assert texts["The Lamp && the Sea"] == str(folder)
    assert len(texts) == 3  # two are called alike, and their folders tell them apart
