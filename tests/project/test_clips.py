"""Clips are takes: a film beside the picture that stands for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ProjectError
from storyboard.project.project import Project
from storyboard.project.project_view import ProjectView
from storyboard.project.recipe import Recipe
from storyboard.project.recipe_file import embed
from storyboard.values.media import Clip, Media, MediaKind
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.board import Take

FILM = b"a film of 25 frames"
LENGTH = Clip(25, "24000/1001")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", boards.a_board()) as opened:
        yield opened


def filmed(project: Project, key: str = "p1") -> Take:
    made = replace(boards.a_result(b""), media=Media(boards.a_picture(), 64, 36, LENGTH, FILM))
    recipe = Recipe.from_request(boards.a_request(), made, project.board, key, boards.CREATED)
    png = embed(made.media.png, recipe)
    board = project.add_take(key, png, recipe.take(), made.media.mp4)
    return next(panel.takes[-1] for panel in board.panels if panel.key == key)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_clip_is_a_take_with_its_film_beside_its_picture(project: Project) -> None:
    take = filmed(project)
    assert (take.kind, take.clip, take.model) == (MediaKind.FILM, LENGTH, "starter")
    assert (take.width, take.height, round(LENGTH.seconds, 4)) == (64, 36, 1.0427)
    assert project.film(take).read_bytes() == FILM and project.is_whole(take)
    assert names(project.folder / "panels") == sorted(take.files)
    picture = boards.render(project, "p1", seed=6)
    assert (picture.kind, picture.files) == (MediaKind.PICTURE, (picture.file,))
    with pytest.raises(ProjectError, match="cannot be the name"):
        project.film(picture)
    project.close()
    with Project.open(project.folder) as again:
        assert again.board.panels[0].takes == (take, picture)


def test_the_film_goes_with_its_picture_and_comes_back(project: Project) -> None:
    take, full = filmed(project), project.board
    project.save(boards.without_takes(full))
    assert names(project.folder / "panels") == []
    assert names(project.folder / "removed") == sorted(take.files)
    other = filmed(project)
    assert set(other.files).isdisjoint(take.files)  # the names stay taken
    project.save(full)
    assert project.film(take).read_bytes() == FILM


def test_a_clip_that_a_crash_kept_from_the_record_is_found(project: Project) -> None:
    take = filmed(project)
    project.save(replace(project.board, title="later"))
    project.close()
    (project.folder / "board.yaml").unlink()
    with Project.recover(project.folder) as again:
        assert again.board.panels[0].takes == (take,)
    # A crash between film and picture leaves a film that nobody names: it is in nobody's way.
    project.folder.joinpath("panels", take.file).unlink()
    assert ProjectView.look(project.folder).unknown == ()


def test_a_copy_of_a_clip_has_a_film_of_its_own(project: Project) -> None:
    take = filmed(project)
    copy = project.copy_take(take, project.board, "p2")
    panels = [
        replace(each, takes=(copy,)) if each.key == "p2" else each for each in project.board.panels
    ]
    project.save(replace(project.board, panels=tuple(panels)))
    assert copy.clip == LENGTH and set(copy.files).isdisjoint(take.files)
    assert project.film(copy).read_bytes() == FILM
    assert project.film(take).read_bytes() == FILM
