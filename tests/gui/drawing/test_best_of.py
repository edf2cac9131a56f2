"""Several takes of a panel in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.production.best_of import best_take, take_seeds
from storyboard.project.project import Project
from storyboard.values.editing import changed
from storyboard.values.judgement import Agreement
from tests import scripted_worker
from tests.boards import a_board, a_picture, a_recipe
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


def test_best_of_keeps_every_take_and_shows_the_best_one_undoably(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.judged)
    window.new_board()
    plan(window, qtbot)
    assert window.document is not None
    first = window.document.board.panels[0]
    menu = window.inspector.takes.best_of.menu()
    four = next(each for each in menu.actions() if each.data() == 4)
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        four.trigger()
    assert window.inspector.takes.best_of.isEnabled()
    qtbot.waitUntil(lambda: bool(window.document and window.document.board.panels[0].pinned))
    panel = window.document.board.panels[0]
    assert tuple(each.seed for each in panel.takes) == take_seeds(first.seed, 4)
    assert panel.shown == best_take(panel.takes)
    assert all(not each.takes for each in window.document.board.panels[1:])
    window.document.undo()
    undone = window.document.board.panels[0]
    assert (undone.pinned, undone.takes) == ("", panel.takes)


def test_a_panel_that_falls_out_of_line_is_marked_until_another_take_is_shown(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    folder = tmp_path / "board"
    with Project.create(folder, a_board(6)) as project:
        for number, cosine in enumerate((0.8, 0.79, 0.1, 0.82, 0.81, 0.8, 0.78), 1):
            key = f"p{number}" if number < 7 else "p3"
            recipe = replace(a_recipe(), agreement=Agreement((("Anna", cosine),), 0.1))
            project.add_take(key, a_picture(), replace(recipe.take(), seed=number))
        third = project.board.panels[2]
        project.pin("p3", third.takes[0].file)
    window = open_window()
    assert window.open_folder(folder) and window.document is not None
    board = window.document.board
    assert [bool(window.model.outliers(each)) for each in board.panels] == [
        number == 3 for number in range(1, 7)
    ]
    window.board.viewport().grab()
    told: list[int] = []
    window.model.dataChanged.connect(lambda first, last: told.append(first.row()))
    window.document.edit("unpin", changed(board, replace(board.panels[2], pinned="")))
    assert not any(window.model.outliers(each) for each in window.document.board.panels)
    assert told == [2]
