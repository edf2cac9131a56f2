"""A planner that takes its time: closing the window does not wait for a language model."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from config import Settings
from gui.planning.planning import Planning
from storyboard.planning.drafting import empty_board
from tests.planning.test_local_planner import STORY, completion, scene, server

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from storyboard.planning.returning import Merge


def test_closing_does_not_wait_for_a_model_and_what_is_said_is_told(qtbot: QtBot) -> None:
    begun, gone = threading.Event(), threading.Event()

    def slow(_: dict[str, Any]) -> tuple[int, bytes]:
        begun.set()
        gone.wait(60)
        return completion(scene())

    planning = Planning()
    boards: list[Merge] = []
    planning.planned.connect(boards.append)
    with (
        server(completion(scene())) as (url, _),
        qtbot.waitSignal(planning.told, timeout=20_000),
    ):
        settings = Settings(panels=3, planner=f"local:{url}")
        planning.plan(empty_board("T"), STORY, settings, ())
    assert boards[0].board.panels[2].shot.prompt_action == "opening a door"
    with server(slow) as (url, _):
        try:
            settings = Settings(panels=3, planner=f"local:{url}")
            planning.plan(empty_board("T"), STORY, settings, ())
            qtbot.waitUntil(begun.is_set, timeout=20_000)
            planning.close()
            assert not gone.is_set()
        finally:
            gone.set()
