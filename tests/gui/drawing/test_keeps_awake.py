"""While the window draws the machine does not fall asleep; paused or done, it may."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from gui.drawing.keeps_awake import KeepsAwake
from gui.drawing.session_state import State
from storyboard.machine.wakefulness import Wakefulness

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from gui.drawing.session import RenderSession
    from gui.window.main_window import MainWindow


class _Session(QObject):
    state_changed = Signal()
    state = State.IDLE

    def go(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()


def test_it_holds_while_it_loads_and_draws_but_not_while_paused() -> None:
    session, wakefulness = _Session(), Wakefulness(("storyboard-has-no-such-program",))
    KeepsAwake(cast("RenderSession", session), wakefulness)
    held = []
    for state in State:
        session.go(state)
        held.append((state, wakefulness.is_held))
    asleep = {state for state, is_held in held if not is_held}
    assert asleep == {State.IDLE, State.PAUSED}
    session.go(State.IDLE)
    assert not wakefulness.is_held


def test_a_window_that_draws_asks_for_it(
    planned: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Wakefulness, "hold", lambda self: said.append("awake"))
    monkeypatch.setattr(Wakefulness, "release", lambda self: said.append("asleep"))
    with qtbot.waitSignal(planned.session.finished, timeout=30_000):
        planned.actions_.render_missing.trigger()
    assert said[0] == "awake" and said[-1] == "asleep"
