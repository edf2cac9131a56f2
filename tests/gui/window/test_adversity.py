"""What goes wrong around the window ends in a sentence in it, and no board is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from gui.document.boards import create
from storyboard.planning.drafting import empty_board
from storyboard.project.project import read_board
from tests import scripted_worker
from tests.gui.conftest import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


def _drop(files: list[Path], on: QWidget) -> None:
    """Drop files on a widget, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(on, QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), copy, data, left, none))


def _unwritable(folder: Path) -> Path:
    """A folder in which nothing can be made, whoever runs the tests."""
    folder.mkdir()
    folder.chmod(0o500)
    if not os.access(folder, os.W_OK):
        return folder
    # The superuser may write anywhere but in a file.
    folder.rmdir()
    folder.write_text("", encoding="utf-8")
    return folder


def test_a_home_without_write_rights_is_a_sentence_and_the_open_board_stays(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    board = create(tmp_path, empty_board("Elsewhere"))
    folder = board.folder
    board.close()
    home = _unwritable(tmp_path / "boards")
    window = open_window()
    assert window.home == home and window.open_folder(folder)
    plan(window, qtbot)
    before = window.document
    window.actions_.new.trigger()
    assert str(home) in window.messages.text
    assert window.document is before and window.model.rowCount() == 6
    window.actions_.example.trigger()
    assert str(home) in window.messages.text
    assert window.document is before and window.model.rowCount() == 6


def test_an_output_disk_that_is_unplugged_in_mid_run_loses_no_board(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window(scripted_worker.slow)
    window.new_board()
    plan(window, qtbot)
    document = window.document
    assert document is not None
    folder = document.folder
    with qtbot.waitSignal(window.session.panel_finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    elsewhere = folder.with_name("unplugged")
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        folder.rename(elsewhere)
    assert str(folder) in window.messages.text
    assert window.model.rowCount() == 6
    # What is edited meanwhile stays in the window, and is on the disk once that is back.
    window.board.select([window.model.panel(5).key])
    window.actions_.delete.trigger()
    assert window.model.rowCount() == 5 and not document.is_saved
    assert "kept in the window" in window.messages.text
    elsewhere.rename(folder)
    with qtbot.waitSignal(document.saved, timeout=10_000):
        pass
    assert read_board(folder) == document.board
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    assert not window.control.missing
    assert read_board(folder) == document.board


def test_a_text_dropped_on_the_story_is_the_story(window: MainWindow, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("A dog runs over the bridge.", encoding="utf-8")
    _drop([story], window.story.editor.viewport())
    assert window.document is not None
    assert window.document.board.story == "A dog runs over the bridge."


@pytest.mark.parametrize(
    ("name", "content"),
    [("story.txt", b"\x00\x01\x02\xff" * 20), ("page.pdf", b"%PDF-1.7\n\x00")],
)
def test_a_dropped_file_that_is_no_text_is_a_sentence(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    before = planned.story.editor.toPlainText()
    _drop([file], planned.story.editor.viewport())
    qtbot.waitUntil(lambda: f"{name} is" in planned.messages.text, timeout=20_000)
    assert planned.story.editor.toPlainText() == before


def test_a_picture_of_two_hundred_megapixels_dropped_on_the_cast_is_a_sentence(
    planned: MainWindow, tmp_path: Path
) -> None:
    from PIL import Image

    file = tmp_path / "huge.png"
    Image.new("1", (20_000, 10_000)).save(file)
    planned.docks.cast.raise_()
    QApplication.processEvents()
    _drop([file], planned.cast.references.viewport())
    assert "megapixels" in planned.messages.text and str(file) in planned.messages.text
    assert planned.document is not None
    assert not planned.document.board.characters[0].references


@pytest.mark.parametrize("record", [b"panels: [", b"\x00\xff\xfe", b"", b"format: 999\n"])
def test_a_corrupt_project_is_a_sentence_and_the_open_board_stays(
    planned: MainWindow, tmp_path: Path, record: bytes
) -> None:
    before = planned.document
    broken = tmp_path / "broken"
    (broken / "panels").mkdir(parents=True)
    (broken / "board.yaml").write_bytes(record)
    assert not planned.open_folder(broken)
    assert "board.yaml" in planned.messages.text
    assert "Traceback" not in planned.messages.text
    assert planned.document is before and planned.model.rowCount() == 6
    assert (broken / "board.yaml").read_bytes() == record


def test_a_board_that_the_disk_refuses_is_not_closed_unasked(
    planned: MainWindow, tmp_path: Path
) -> None:
    document = planned.document
    assert document is not None
    folder, elsewhere = document.folder, tmp_path / "unplugged"
    folder.rename(elsewhere)
    planned.board.select([planned.model.panel(0).key])
    planned.actions_.delete.trigger()
    assert not planned.close()
    assert planned.isVisible() and "refuses" in planned.messages.text
    planned.actions_.new.trigger()
    assert planned.document is document and "refuses" in planned.messages.text
    elsewhere.rename(folder)
    assert planned.close()
    assert read_board(folder) == document.board and len(document.board.panels) == 5


def test_a_board_that_is_gone_for_good_can_be_closed_all_the_same(
    planned: MainWindow, tmp_path: Path
) -> None:
    document = planned.document
    assert document is not None
    document.folder.rename(tmp_path / "unplugged")
    planned.story.editor.setPlainText("A dog runs.")
    assert not planned.close()
    planned.messages.button.click()
    assert not planned.isVisible()


def test_who_agreed_to_leave_for_a_board_that_cannot_be_opened_is_asked_again(
    planned: MainWindow, tmp_path: Path
) -> None:
    document = planned.document
    assert document is not None
    elsewhere = tmp_path / "unplugged"
    document.folder.rename(elsewhere)
    planned.story.editor.setPlainText("A dog runs.")
    assert not planned.open_folder(tmp_path / "nowhere")
    planned.messages.button.click()  # closes it all the same, but there is nothing to open
    assert planned.document is document
    assert not planned.close()
    assert planned.isVisible() and "refuses" in planned.messages.text
    elsewhere.rename(document.folder)
    assert planned.close()
    assert read_board(document.folder).story == "A dog runs."


def test_a_last_board_that_cannot_be_opened_is_a_sentence_and_no_example(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    first = open_window()
    first.new_board()
    second = open_window()
    second.open_first(None)  # it is open in the first
    assert "already open" in second.messages.text
    assert second.document is None
    assert len(list((tmp_path / "boards").iterdir())) == 1
    assert second.speed.mode.currentText() and second.speed.model.currentText()
    second.story.editor.setPlainText("A dog runs.")
    QTest.mouseClick(second.empty.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert second.document is not None and second.document.board.story == "A dog runs."


def test_a_text_dropped_on_a_window_without_a_board_makes_one(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = open_window()
    story = tmp_path / "story.txt"
    story.write_text("A dog runs over the bridge.", encoding="utf-8")
    _drop([story], window.story.editor.viewport())
    assert window.document is not None
    assert window.document.board.story == "A dog runs over the bridge."


def test_a_model_that_only_the_board_names_is_a_question_with_a_button(
    open_window: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_ALLOW_DOWNLOAD", "false")
    window = open_window(scripted_worker.not_here)
    window.new_board()
    plan(window, qtbot)
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.actions_.render_missing.trigger()
    assert "a/b" in window.messages.text and "--" not in window.messages.text
    with qtbot.waitSignal(window.session.finished, timeout=LONG):
        window.messages.button.click()
    assert window.choices.settings.allow_download
    assert not window.control.missing


def test_a_defect_in_the_session_is_a_sentence_too(planned: MainWindow) -> None:
    planned.session._ended.emit(planned.session._run_number, None, None)
    QApplication.processEvents()
    assert "broke off" in planned.messages.text
