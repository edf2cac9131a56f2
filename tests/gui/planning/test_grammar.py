"""The window never waits for what reads the grammar of stories."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.planning import grammar as grammar_room
from storyboard.project.recipe_file import read_recipe
from storyboard.story.grammar import english
from storyboard.story.grammar.loading import NotLoadedError, OnceLoaded, set_patient
from storyboard.story.grammar.parse import parse_english

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

_ACTION = "A heron wades through the reeds."


@pytest.fixture
def arrival(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Until this event the English grammar is not loaded; it never comes on the main thread."""
    loaded, arrives = english._english(), threading.Event()

    def load() -> english._English:
        assert threading.current_thread() is not threading.main_thread()
        arrives.wait()
        return loaded

    monkeypatch.setattr(english, "_english", OnceLoaded(load))
    yield arrives
    arrives.set()


def test_prompts_are_made_when_the_grammar_is_there_and_are_no_step_of_undo(
    arrival: threading.Event, open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.new_board()
    window.actions_.add.trigger()
    document = window.document
    assert document is not None

    def prompt() -> str:
        assert window.document is not None
        return window.document.board.panels[0].shot.prompt_action

    field = window.inspector.form.action
    field.setFocus()
    QTest.keyClicks(field, _ACTION)
    assert document.board.panels[0].shot.action == _ACTION
    assert prompt() == ""
    steps = document.stack.count()
    with qtbot.waitSignal(window.grammar.loaded, timeout=20_000):
        arrival.set()
    assert prompt() == "a heron wading through the reeds"
    assert document.stack.count() == steps
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, " at dawn.")
    while document.board.panels[0].shot.action != _ACTION:
        window.actions_.undo.trigger()
    assert prompt() == "a heron wading through the reeds"


def test_a_thread_that_does_not_wait_is_told_so(arrival: threading.Event) -> None:
    set_patient(False)
    try:
        with pytest.raises(NotLoadedError):
            parse_english("A stork wades through the reeds.")
    finally:
        set_patient(True)


def test_a_panel_that_is_drawn_before_shows_its_action(
    arrival: threading.Event, open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.new_board()
    window.actions_.add.trigger()
    QTest.keyClicks(window.inspector.form.action, "An otter swims.")
    with qtbot.waitSignal(window.session.finished, timeout=2000, raising=False) as early:
        window.actions_.render_missing.trigger()
    arrival.set()
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=60_000)
    assert not early.signal_triggered
    document = window.document
    assert document is not None
    (panel,) = document.board.panels
    assert panel.shown is not None
    assert "an otter swimming" in read_recipe(document.picture(panel.shown)).prompt


def test_a_window_is_closed_while_the_grammar_is_being_loaded(
    arrival: threading.Event, open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.new_board()
    qtbot.wait(2 * grammar_room.REST)
    closed = window.close()
    arrival.set()  # whatever is wrong, the thread can end
    assert closed and not window.isVisible()
