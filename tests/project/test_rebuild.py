from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ProjectError
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed
from storyboard.project.record import NewerRecordError
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.board import Storyboard


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", boards.a_board()) as opened:
        yield opened


def rendered(project: Project) -> Storyboard:
    boards.render(project, "p1", 1)
    boards.render(project, "p1", 2)
    boards.render(project, "p3", 3)
    project.close()
    return project.board


@pytest.mark.parametrize("damage", [None, b"", b"format: 1\npanels: [", b"\xff\xfe\x00"])
def test_a_lost_record_is_rebuilt_from_snapshot_and_pictures(
    project: Project, damage: bytes | None
) -> None:
    board = rendered(project)
    record = project.folder / "board.yaml"
    record.unlink()
    if damage is not None:
        record.write_bytes(damage)
    with pytest.raises(ProjectError, match="storyboard restore") as caught:
        Project.open(project.folder)
    assert "\n" not in str(caught.value)
    with Project.recover(project.folder) as again:
        assert again.board == board
    kept = [each.read_bytes() for each in project.folder.glob("board-damaged-*.yaml")]
    assert kept == ([] if damage is None else [damage])
    assert read_board(project.folder) == board


def test_a_lost_record_is_rebuilt_from_the_pictures_alone(project: Project) -> None:
    board = rendered(project)
    (project.folder / "board.yaml").unlink()
    shutil.rmtree(project.folder / "snapshots")
    one, _, three = board.panels
    with Project.recover(project.folder) as again:
        assert again.board == replace(board, panels=(one, three))


def test_a_whole_record_is_not_rebuilt(project: Project) -> None:
    board = rendered(project)
    with Project.recover(project.folder) as again:
        assert again.board == board
    record = project.folder / "board.yaml"
    newer = record.read_text().replace("format: 2", "format: 9")
    record.write_text(newer)
    for verb in (Project.open, Project.recover):
        with pytest.raises(NewerRecordError, match=r"board\.yaml has format 9.*update Storyboard"):
            verb(project.folder)
    assert record.read_text() == newer


def test_nothing_to_rebuild_from_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="neither a snapshot nor a panel"):
        Project.recover(tmp_path)
    with pytest.raises(ProjectError, match="no project folder"):
        Project.recover(tmp_path / "gone")


def test_a_clock_that_goes_back_reorders_nothing(project: Project) -> None:
    seeds = (9, 8, 7)
    for index, seed in enumerate(seeds):
        recipe = replace(
            boards.a_recipe(project.board, "p1", seed), created=f"20{30 - index}-01-01T00:00:00Z"
        )
        project.add_take("p1", embed(boards.a_picture(), recipe), boards.a_take(recipe))
    project.close()
    (project.folder / "board.yaml").unlink()
    shutil.rmtree(project.folder / "snapshots")
    with Project.recover(project.folder) as again:
        assert tuple(take.seed for take in again.board.panels[0].takes) == seeds
