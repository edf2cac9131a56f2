"""The window before all of it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from gui.window.main_window import MainWindow
from gui.window.opening import Opening
from storyboard.project.project import Project
from tests import boards, scripted_worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


ROOT = Path(__file__).parents[3]


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that is shown, and has nothing but frames and story."""
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(scripted_worker.swift, store, tmp_path / "boards")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def _open(window: MainWindow, qtbot: QtBot) -> None:
    opening = Opening(window, None)
    with qtbot.waitSignal(opening.done, timeout=30_000):
        opening.begin()
    window.compute.may_count = False  # the tiny model is in no table; nobody waits for its count


def test_a_story_can_be_typed_at_once_and_becomes_a_board_of_its_own(
    bare: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(bare.story.editor, "A dog runs.")
    assert not bare.is_complete
    _open(bare, qtbot)
    assert bare.is_complete and bare.document is not None
    assert bare.document.board.story == "A dog runs."
    assert bare.story.editor.toPlainText() == "A dog runs."


def test_what_is_typed_before_the_last_board_is_open_joins_its_story(
    qtbot: QtBot, tmp_path: Path
) -> None:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = MainWindow(scripted_worker.swift, store, tmp_path / "boards")
    qtbot.addWidget(first)
    first.new_board()
    first.story.editor.setPlainText("Night falls.")
    first.close()
    second = MainWindow(scripted_worker.swift, store, tmp_path / "boards")
    qtbot.addWidget(second)
    second.show()
    QTest.keyClicks(second.story.editor, "A dog runs.")
    _open(second, qtbot)
    assert second.document is not None
    assert second.document.board.story == "Night falls.\n\nA dog runs."
    second.document.undo()
    assert second.document.board.story == "Night falls."
    second.close()


def test_plan_pressed_at_once_plans(bare: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(bare.story.editor, "A dog runs over a bridge.")
    QTest.mouseClick(bare.story.plan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bare.is_complete and bare.model.rowCount() > 0, timeout=30_000)


def test_a_window_closed_before_it_is_whole_leaves_nothing(bare: MainWindow) -> None:
    assert bare.furnish()  # only its first part
    bare.close()
    assert not bare.isVisible()


def test_a_window_that_is_left_at_once_ends_its_process_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "board"
    Project.create(folder, boards.a_board(0)).close()
    words = [sys.executable, "-m", "tests.soak.window", str(folder), str(tmp_path), "scripted"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ['{"event": "closed"}'])


_STEPS = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from gui.application import open_window, start

app, home = start([]), Path(sys.argv[1])
window = open_window(QSettings(str(home / "ini"), QSettings.Format.IniFormat), home)
window.story.editor.insertPlainText("a")
left = True
print("typed", *{"dataclasses", "pydantic", "yaml", "PIL", "numpy"} & set(sys.modules))
while left:
    before = set(sys.modules)
    left = window.furnish()
    come = set(sys.modules) - before
    print("step", "pydantic_settings" in come and any(each.startswith("gui.") for each in come))
print("whole", *{"numpy", "torch"} & set(sys.modules))
"""


def test_nothing_dear_is_imported_before_it_is_wanted(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STEPS, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    typed, *steps, whole = done.stdout.splitlines()
    assert (typed, whole) == ("typed", "whole"), done.stderr
    assert len(steps) > 10
    assert set(steps) == {"step False"}, "a part of the window waits for checked settings"
