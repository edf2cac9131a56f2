"""A window without a screen, whose process draws flat colours or with the tiny model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniaudio
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from gui.application import Application, end_with
from gui.window.main_window import MainWindow
from storyboard.planning.planner import plan as plan_story
from storyboard.sound import loudspeaker
from tests import scripted_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from storyboard.rendering.panel_generator import MakeGenerator

STORY = (
    "Mira walks along the beach at sunset. She sees a light in the old lighthouse. "
    "Night falls and the storm begins. Mira climbs the stairs. "
    "Inside the lighthouse the lamp is out. In the morning the sea is calm."
)


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    """The program's own application, which hears what macOS wants opened."""
    return Application


@pytest.fixture(autouse=True, scope="session")
def _loaded_grammar() -> None:
    """A window loads it in a thread, and makes no prompts before."""
    plan_story("A man walks.", panels=1)


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch, tiny_model: Path) -> None:
    monkeypatch.setenv("STORYBOARD_MODEL", str(tiny_model))
    monkeypatch.setenv("STORYBOARD_NUM_INFERENCE_STEPS", "3")


@pytest.fixture(autouse=True)
def _no_device_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sound is played into nothing, in real time."""
    monkeypatch.setattr(loudspeaker, "BACKENDS", [miniaudio.Backend.NULL])


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Open windows on one home and one store, as one user does; all are closed at the end."""
    opened: list[MainWindow] = []

    def make(generator: MakeGenerator = scripted_worker.swift) -> MainWindow:
        store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(generator, store, tmp_path / "boards")
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.complete()
        return window

    yield make
    for window in opened:
        if window.is_complete:
            window.session.close()  # else the window would ask whether to stop drawing
        window.close()
        end_with(window, 0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.processEvents()
    left = [each for each in app.topLevelWidgets() if each.isVisible()]
    assert not left, f"the test left behind: {left}"


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """A window with an empty board."""
    window = open_window()
    window.new_board()
    return window


@pytest.fixture
def planned(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with a story in six shots."""
    plan(window, qtbot)
    return window


def plan(window: MainWindow, qtbot: QtBot, story: str = STORY) -> None:
    """Write a story and press Plan."""
    window.story.editor.setPlainText(story)
    with qtbot.waitSignal(window.planning.planned, timeout=20_000):
        window.story.plan.click()
