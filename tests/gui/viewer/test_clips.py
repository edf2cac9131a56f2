"""Pictures that are made to move in the window, and clips that play in the viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from tests import scripted_worker
from tests.gui.conftest import plan
from tests.gui.viewing import LEFT, opened, takes_of, with_takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


@pytest.fixture
def window(open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    window = open_window(scripted_worker.animating)
    window.new_board()
    plan(window, qtbot)
    return with_takes(window)


def test_a_clip_is_made_plays_over_and_over_and_can_be_stepped_through(
    window: MainWindow, qtbot: QtBot
) -> None:
    actions = window.actions_
    # 1. Without a model that makes clips: said in a line.
    assert actions.animate.isEnabled() and actions.animate_all.isEnabled()
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        actions.animate.trigger()
    assert "no model is named that lets pictures move" in window.messages.text
    # 2. With one: a take, made from the one that was shown.
    assert window.choices.pick({"animate_model": "starter", "clip_frames": 4, "clip_fps": "24"})
    shown = takes_of(window)[-1]
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        actions.animate.trigger()
    clip = takes_of(window)[-1]
    assert clip.clip is not None and clip.clip.frames == 4 and clip.parent == shown.file
    # 3. The viewer plays it, again from the beginning after the end, until it is told to stop.
    viewer = opened(window, qtbot)
    bar = viewer.clip
    seen: list[int] = []
    assert viewer.take == clip and bar.isVisible() and bar.length.text() == "0.2 s"
    bar.slider.valueChanged.connect(seen.append)
    qtbot.waitUntil(lambda: seen.count(0) >= 2 and 3 in seen, timeout=LONG)
    QTest.mouseClick(bar.play, LEFT)
    assert not bar._clock.isActive() and bar.play.accessibleName() == "Play"
    before = viewer.stage.view.size_
    bar.slider.setValue(2)
    assert viewer.stage.view.size_ == before and viewer.stage.view.has_picture
    # 4. A picture has nothing to play; undo shows it again.
    actions.undo.trigger()
    assert viewer.take == shown and not bar.isVisible() and not bar._clock.isActive()


def test_every_picture_of_the_board_moves_at_once(window: MainWindow, qtbot: QtBot) -> None:
    assert window.choices.pick({"animate_model": "starter", "clip_frames": 2})
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.animate_all.trigger()
    last = [takes_of(window, number)[-1] for number in (0, 1)]
    assert all(each.clip is not None for each in last)
    assert takes_of(window, 2) == ()
