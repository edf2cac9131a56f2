"""What the system hands over is opened: by a double click, a drop on the icon, an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtGui import QFileOpenEvent

from gui.application import Application, end_with
from gui.document import boards
from gui.window.main_window import MainWindow
from gui.window.opening import Opening
from storyboard.planning.drafting import empty_board
from storyboard.project.project import Project
from tests import scripted_worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SCRIPT = "INT. KITCHEN - NIGHT\n\nMira lights a lamp.\n"


@pytest.fixture
def opened(qapp: Application, qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[MainWindow, Opening]]:
    """A window that is about to be made whole, as the program makes it."""
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(scripted_worker.swift, store, tmp_path / "boards")
    window.show()
    opening = Opening(window, None)
    qapp.file_wanted.connect(opening.open)
    opening.begin()
    yield window, opening
    qapp.file_wanted.disconnect(opening.open)
    window.close()
    end_with(window, 0)


def _hand_over(path: Path) -> None:
    """As macOS does, which sends the event to the application."""
    app = Application.instance()
    assert app is not None
    QCoreApplication.postEvent(app, QFileOpenEvent(str(path)))


def _is_read(window: MainWindow, words: str) -> bool:
    return window.is_complete and words in window.story.editor.toPlainText()


def test_a_script_that_comes_before_the_window_is_whole_is_opened_first(
    opened: tuple[MainWindow, Opening], qtbot: QtBot, tmp_path: Path
) -> None:
    window, _ = opened
    script = tmp_path / "lamp.fountain"
    script.write_text(SCRIPT, "utf-8")
    _hand_over(script)
    qtbot.waitUntil(lambda: _is_read(window, "lights a lamp"), timeout=20_000)
    assert window.document is not None
    assert len(list((tmp_path / "boards").iterdir())) == 1  # no example was laid out beside it


def test_a_board_stays_as_it_is_when_a_script_comes(window: MainWindow, tmp_path: Path) -> None:
    window.story.editor.setPlainText("A story that is being written.")
    assert window.document is not None
    before = window.document.folder
    script = tmp_path / "lamp.fountain"
    script.write_text(SCRIPT, "utf-8")
    window.open_path(script)
    assert window.document.folder != before and _is_read(window, "lights a lamp")
    assert window.document.board.title == "lamp"
    window.open_path(script)  # again, and into a third one: the second has a story now
    assert len(list((tmp_path / "boards").iterdir())) == 3
    window.open_path(before)
    assert window.document.folder == before and _is_read(window, "being written")


def test_a_package_opens_as_the_project_that_it_is(window: MainWindow, tmp_path: Path) -> None:
    package = tmp_path / "Sea.storyboard"
    Project.create(package, empty_board("Sea")).close()
    window.open_path(package)
    assert window.document is not None and window.document.folder == package
    assert window.document.board.title == "Sea"


def test_the_built_app_on_a_mac_makes_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert boards.free_folder(tmp_path, "Sea").name == "Sea"
    monkeypatch.setattr(boards, "is_package_known", lambda: True)
    first = boards.free_folder(tmp_path, "Sea")
    first.mkdir()
    assert (first.name, boards.free_folder(tmp_path, "Sea").name) == (
        "Sea.storyboard",
        "Sea 2.storyboard",
    )


def test_what_is_not_there_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(tmp_path / "gone.fountain")
    assert "gone.fountain" in window.messages.text
