"""Several takes of a panel in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.best_of import best_take, take_seeds
from tests import scripted_worker
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.main_window import MainWindow

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
    enabled: list[bool] = []
    window.session.panel_finished.connect(
        lambda event: enabled.append(window.inspector.takes.best_of.isEnabled())
    )
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        four.trigger()
    assert enabled == [False] * 4
    assert window.inspector.takes.best_of.isEnabled()
    qtbot.waitUntil(lambda: bool(window.document and window.document.board.panels[0].pinned))
    panel = window.document.board.panels[0]
    assert tuple(each.seed for each in panel.takes) == take_seeds(first.seed, 4)
    assert panel.shown == best_take(panel.takes)
    assert all(not each.takes for each in window.document.board.panels[1:])
    window.document.undo()
    undone = window.document.board.panels[0]
    assert (undone.pinned, undone.takes) == ("", panel.takes)
