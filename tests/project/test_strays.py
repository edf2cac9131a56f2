"""Pictures that a crash or an edit by hand leaves behind are given to no panel of later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.project.project import Project
from storyboard.values.editing import added, changed, duplicated
from tests.boards import a_board, render

if TYPE_CHECKING:
    from pathlib import Path


def test_a_crash_between_copy_and_board_gives_no_later_panel_the_picture(tmp_path: Path) -> None:
    with Project.create(tmp_path / "board", a_board(3)) as project:
        take = render(project, "p2")
        project.copy_take(take, duplicated(project.board, ["p2"], ["p4"]), "p4")
    with Project.open(tmp_path / "board") as project:
        project.save(added(project.board, "p3", "p4"))
    with Project.open(tmp_path / "board") as project:
        assert [len(each.takes) for each in project.board.panels] == [0, 1, 0, 0]


def test_a_copy_is_whole_once_the_board_names_it(tmp_path: Path) -> None:
    with Project.create(tmp_path / "board", a_board(3)) as project:
        take = render(project, "p2")
        board = duplicated(project.board, ["p2"], ["p4"])
        copy = project.copy_take(take, board, "p4")
        panel = next(each for each in board.panels if each.key == "p4")
        project.save(changed(board, replace(panel, takes=(copy,))))
        assert project.is_whole(copy) and project.is_whole(take)
        assert copy.file != take.file


def test_the_keys_of_panels_that_were_deleted_by_hand_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "board"
    with Project.create(folder, a_board(3)) as project:
        render(project, "p3")
        assert project.lost_keys == frozenset()
    record = folder / "board.yaml"
    text = record.read_text(encoding="utf-8")
    last_line = text.rindex("\n", 0, len(text) - 1) + 1  # which says that it is whole
    record.write_text(text[: text.index("- key: p3")] + text[last_line:], encoding="utf-8")
    with Project.open(folder) as project:
        assert project.lost_keys == {"p3"}
