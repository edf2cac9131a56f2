"""Pictures finished by a workflow, asked for in the menu of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.project.recipe_file import read_recipe
from tests import scripted_worker
from tests.gui.conftest import plan
from tests.gui.viewing import takes_of, with_takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


@pytest.fixture
def window(open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    window = open_window(scripted_worker.finishing)
    window.new_board()
    plan(window, qtbot)
    return with_takes(window)


def test_a_workflow_of_the_menu_makes_a_take_and_undo_shows_the_one_before(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 1. The menu has them all; their times come from a process that nobody waits for here.
    monkeypatch.setattr(window.finish_menu, "_count", lambda *_: None)
    menu = window.actions_.finish
    menu.aboutToShow.emit()
    named = {str(each.data()): each for each in menu.actions()}
    assert {"quick", "quality", "best"} <= named.keys()
    window.finish_menu._seconds["quick"] = 40.0
    assert window.finish_menu._titled("quick") == "Quick, about 40 s a panel"
    # 2. What is chosen is drawn, of the panels that have a picture.
    window.board.select(["p01", "p03"])
    _, shown = takes_of(window)
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        named["quick"].trigger()
    assert len(takes_of(window)) == 3, window.messages.text
    finished = takes_of(window)[-1]
    assert finished.parent == shown.file
    assert window.document is not None
    recipe = read_recipe(window.document.picture(finished))
    assert recipe.finish and recipe.hires == "1.5,steps=6" and not recipe.faces
    assert "Undo shows the one before" in window.messages.text
    panel = window.document.panel("p01")
    assert panel is not None and panel.shown == finished
    window.actions_.undo.trigger()
    panel = window.document.panel("p01")
    assert panel is not None and panel.shown == shown


def test_panels_without_a_picture_are_not_finished(window: MainWindow) -> None:
    window.finish_menu.finish(["p03"], "quick")
    assert "no picture yet" in window.messages.text
    window.finish_menu.finish(["p01"], "none")
    assert "there is no workflow" in window.messages.text
