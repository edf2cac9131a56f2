"""The main way through the window with real diffusers in the real render process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.generator import local_generator
from storyboard.project.project import Project
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 180_000


def test_story_plan_sheet_draw_cancel_re_roll(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(local_generator)
    window.new_board()
    window.story.panels.setValue(2)
    plan(window, qtbot)
    document = window.document
    assert document is not None

    # 1. A character sheet and nothing else.
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.cast.sheet.click()
    assert len(document.board.characters[0].references) == 1
    assert not any(each.takes for each in document.board.panels)
    process = window.session.process_id

    # 2. The board, with previews, by the same process.
    previews: list[bytes] = []
    window.session.stepped.connect(lambda step: previews.append(step.progress.preview))
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    assert [len(each.takes) for each in document.board.panels] == [1, 1], window.messages.text
    assert any(previews)
    assert window.session.process_id == process

    # 3. A cancelled second take leaves the first one alone.
    window.board.select([document.board.panels[0].key])
    with qtbot.waitSignal(window.session.stepped, timeout=LONG):
        window.inspector.reroll.click()
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.cancel.trigger()
    folder, board = document.folder, document.board
    assert board.panels[0].takes
    window.close()
    with Project.open(folder) as project:
        assert project.board == board
        assert not project.missing()
