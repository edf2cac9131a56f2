"""Starts of the program as a person starts it: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtWidgets import QLabel

from gui.window.main_window import MainWindow
from gui.window.opening import Opening
from tests import scripted_worker
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

_LONGEST = 60.0  # seconds, on a machine that does much else


def _start(home: Path) -> str:
    """Start the program, wait for a board on the disk, and end it.

    Returns:
        What went wrong; empty where a board was opened.
    """
    home.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    said = home / "said"
    with said.open("wb") as out:
        program = subprocess.Popen(
            [sys.executable, "-m", "gui"],
            cwd=ROOT,
            env=kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
            stdout=out,
            stderr=out,
        )
    until = time.monotonic() + _LONGEST
    opened = False
    while not opened and program.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
        records = [each.read_text("utf-8") for each in home.rglob("board.yaml")]
        opened = any("\npanels:\n" in each for each in records)
        if b"Error" in said.read_bytes():
            break
    for child in psutil.Process(program.pid).children(recursive=True):
        child.kill()
    program.terminate()
    program.wait()
    words = said.read_text("utf-8", "replace")
    return "" if opened and "Error" not in words else f"opened: {opened}; said: {words}"


@pytest.mark.parametrize("count", [2, pytest.param(200, marks=pytest.mark.soak)])
def test_every_start_opens_a_board(tmp_path: Path, count: int) -> None:
    faults = [fault for n in range(count) if (fault := _start(tmp_path / str(n)))]
    assert not faults, f"{len(faults)} of {count} starts failed; the first: {faults[0]}"


def test_an_opening_that_fails_says_so_in_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtCore import QSettings

    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(scripted_worker.swift, store, tmp_path / "boards")
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setitem(
        sys.modules, "storyboard.planning.drafting", None
    )  # an installation with a hole
    opening = Opening(window, None)
    with qtbot.captureExceptions() as raised:
        opening.begin()
        qtbot.waitUntil(lambda: window.is_broken, timeout=30_000)
    assert raised and raised[0][0] is ModuleNotFoundError
    texts = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert any("could not be opened" in each and "drafting" in each for each in texts)
    assert not window.story.plan.isEnabled()
    window.close()
    assert not window.isVisible()
