"""What the window tells of a project before anything is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.project.project import Project
from storyboard.values.annotations import Arrow
from tests.boards import a_board, a_picture, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from gui.window.main_window import MainWindow

ARROW = Arrow((0.1, 0.1), (0.9, 0.5), "#ff3b30", 0.01)


def half_drawn(folder: Path) -> Path:
    with Project.create(folder, a_board(3)) as project:
        render(project, "p2")
    return folder


def test_an_edit_by_hand_and_unknown_pictures_are_told_with_what_is_left_to_draw(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    folder = half_drawn(tmp_path / "board")
    record = folder / "board.yaml"
    record.write_text(record.read_text().replace("title: The", "title: My"))
    (folder / "panels" / "mine.png").write_bytes(a_picture())
    window = open_window()
    assert window.open_folder(folder)
    lines = window.messages.text.splitlines()
    assert len(lines) == 3
    assert "was edited since it was saved" in lines[0] and "snapshot" in lines[0]
    assert "holds pictures that the board does not know" in lines[1]
    assert "Panels without a picture: 2" in lines[2]
    assert window.messages.button.text() == "Go on"


def test_nothing_is_drawn_that_the_record_has_no_room_for(
    open_window: Callable[..., MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    assert window.open_folder(half_drawn(tmp_path / "board"))
    monkeypatch.setattr("storyboard.project.record_text.MAX_BYTES", 2000)
    window.actions_.render_missing.trigger()
    assert not window.session.is_running
    assert window.messages.text.count("\n") == 0 and "board" in window.messages.text
    assert window.document is not None
    assert [len(each.takes) for each in window.document.board.panels] == [0, 1, 0]


def test_a_copied_panel_keeps_what_is_drawn_above_its_picture(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    folder = half_drawn(tmp_path / "board")
    window = open_window()
    assert window.open_folder(folder) and window.document is not None
    document = window.document
    take = document.board.panels[1].takes[0]
    document.annotations.edit("Draw", take, (ARROW,))
    window.board.select(["p2"])
    window.actions_.duplicate.trigger()
    copy = document.board.panels[2].takes[0]
    assert copy.file != take.file and document.picture(copy).is_file()
    assert document.annotations.of(copy) == (ARROW,)
    # Each has its own from now on.
    document.annotations.edit("Erase", take, ())
    assert document.annotations.of(copy) == (ARROW,)
    window.close()
    again = open_window()
    assert again.open_folder(folder) and again.document is not None
    assert again.document.annotations.of(copy) == (ARROW,)
