"""Which panels show something else than they are asked to by now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from config import Settings
from storyboard.production.best_of import take_seeds
from storyboard.production.production import Production
from storyboard.production.subject import changed_panels
from storyboard.project.project import Project
from storyboard.project.recipe_file import read_recipe
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.rendering.executor import InProcessExecutor
from storyboard.values.board import OWN
from storyboard.values.card import ModelCard
from storyboard.values.change import Changed
from storyboard.values.judgement import another_seed
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, ShotSize
from tests.boards import a_board
from tests.production.test_production import WordCounter
from tests.requests import HOLDS, WORDS
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.project.recipe import Recipe
    from storyboard.values.board import Storyboard, Take

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8, HOLDS)
STYLE = Settings().style, Settings().negative_prompt


def draw(project: Project, **changes: Any) -> None:
    settings = Settings.model_validate(changes)
    enhancer = PromptEnhancer(WordCounter(), style=settings.style, negative_prompt="blurry")
    made = Production(project, settings, enhancer, MODEL)
    made.queue(InProcessExecutor(ScriptedGenerator(MODEL)), lambda event: None).run()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", a_board(3)) as project:
        draw(project)
        yield project


def with_shot(board: Storyboard, number: int, **changes: Any) -> Storyboard:
    panels = list(board.panels)
    panel = panels[number - 1]
    panels[number - 1] = replace(panel, shot=replace(panel.shot, **changes))
    return replace(board, panels=tuple(panels))


def with_panel(board: Storyboard, number: int, **changes: Any) -> Storyboard:
    panels = list(board.panels)
    panels[number - 1] = replace(panels[number - 1], **changes)
    return replace(board, panels=tuple(panels))


def changed(board: Storyboard) -> list[int]:
    return [each.number for each in changed_panels(board, *STYLE)]


def test_a_board_that_was_drawn_is_unchanged_whatever_draws_it_next(project: Project) -> None:
    assert changed(project.board) == []
    draw(project, mode="QUALITY", guidance_scale=7.0, acceleration="off", use_identity_lock=False)
    assert changed(project.board) == []


@pytest.mark.parametrize(
    "change",
    [
        {"prompt_action": "running"},
        {"size": ShotSize.CLOSE_UP},
        {"angle": CameraAngle.LOW},
        {"setting": "castle"},
        {"time_of_day": "night"},
        {"characters": ()},
    ],
)
def test_what_the_picture_shows_counts(project: Project, change: dict[str, Any]) -> None:
    assert changed(with_shot(project.board, 2, **change)) == [2]


def test_what_is_only_printed_does_not(project: Project) -> None:
    printed = with_shot(
        project.board,
        2,
        action="Other words.",
        note="later",
        duration=9.0,
        move=CameraMove.PAN,
        dialogue=(DialogueLine("Anna", "No."),),
        scene=5,
    )
    assert changed(printed) == []

    def recipe_of(take: Take) -> Recipe:
        return read_recipe(project.picture(take))

    (found,) = changed_panels(printed, *STYLE, recipe_of)
    assert (found.number, found.what) == (2, Changed.WORDS)


def test_looks_references_frame_and_style_change_every_panel_they_are_in(project: Project) -> None:
    board = project.board
    (anna,) = board.characters
    for other in (
        replace(anna, traits=(("hair", "grey hair"),)),
        replace(anna, references=(*anna.references, "other.png")),
    ):
        assert changed(replace(board, characters=(other,))) == [1, 2, 3]
    assert changed(replace(board, aspect="2.39:1")) == [1, 2, 3]
    assert changed(replace(board, aspect="16x9")) == []
    assert [each.number for each in changed_panels(board, "oil", STYLE[1])] == [1, 2, 3]


def test_a_seed_counts_where_it_is_the_panels_own(project: Project) -> None:
    board = project.board
    seed = board.panels[0].takes[0].seed
    assert changed(with_panel(board, 1, seed=seed + 1)) == [1]
    assert changed(with_panel(board, 1, seed=seed + 1, seed_locked=False)) == []
    assert changed(with_panel(board, 1, seed=seed + 1, pinned=board.panels[0].takes[0].file)) == []
    # Best of several, and the guard, take seeds that follow from the panel's own.
    for each in (seed, *take_seeds(seed, 9)):
        follows = another_seed(each)
        for drawn in (each, follows):
            take = replace(board.panels[0].takes[0], seed=drawn)
            assert changed(with_panel(board, 1, takes=(take,))) == []


def test_a_pinned_take_of_older_words_is_told_as_such(project: Project) -> None:
    board = with_shot(project.board, 2, setting="castle")
    old = board.panels[1].takes[0]
    pinned = with_panel(board, 2, pinned=old.file)
    assert [each.what for each in changed_panels(pinned, *STYLE)] == [Changed.PICTURE]
    project.save(with_panel(board, 2, takes=()))
    draw(project)
    new = project.board.panels[1].takes[-1]
    both = with_panel(project.board, 2, takes=(old, new), pinned=old.file)
    assert [each.what for each in changed_panels(both, *STYLE)] == [Changed.PINNED]
    assert changed(with_panel(both, 2, pinned="")) == []


def test_an_own_picture_shows_what_its_author_wanted(project: Project) -> None:
    mine = replace(project.board.panels[1].takes[0], mode=OWN)
    board = with_shot(with_panel(project.board, 2, takes=(mine,)), 2, setting="castle")
    assert changed(board) == []


def test_takes_of_older_versions_say_it_by_their_recipe(project: Project) -> None:
    board = project.board
    for number in (1, 2, 3):
        old = replace(board.panels[number - 1].takes[0], subject="", asked="")
        board = with_panel(board, number, takes=(old,))
    assert changed(with_shot(board, 2, setting="castle")) == []

    def recipe_of(take: Take) -> Recipe:
        return read_recipe(project.picture(take))

    assert changed_panels(board, *STYLE, recipe_of) == ()
    (found,) = changed_panels(with_shot(board, 2, setting="castle"), *STYLE, recipe_of)
    assert (found.number, found.what) == (2, Changed.PICTURE)
