"""Boards that come from elsewhere, opened in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.document import boards as on_disk
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def test_pictures_become_a_board_that_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "My drawings"
    folder.mkdir()
    for name, data in (
        ("b 2.png", boards.a_picture(64, 36, 40)),
        ("b 10.png", boards.a_picture(64, 36, 90)),
        ("b 3.png", b"no picture"),
    ):
        (folder / name).write_bytes(data)
    assert not on_disk.is_board(folder)
    window.dialogs.pictures_chosen.emit(folder)
    qtbot.waitUntil(
        lambda: window.document is not None and len(window.document.board.panels) == 3,
        timeout=20_000,
    )
    document = window.document
    assert document is not None and on_disk.is_board(document.folder)
    assert [each.shot.note for each in document.board.panels] == ["b 2", "b 3", "b 10"]
    assert [bool(each.shown) for each in document.board.panels] == [True, False, True]
    assert "b 3.png" in window.messages.text
    assert document.folder.name == "My drawings"

    # What is damaged says so, and the board that is open stays.
    (tmp_path / "x.zip").write_bytes(b"PK")
    window.arrivals.bring(tmp_path / "x.zip")
    qtbot.waitUntil(lambda: "x.zip is no zip archive" in window.messages.text, timeout=20_000)
    assert window.document is document
