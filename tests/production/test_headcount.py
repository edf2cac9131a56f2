from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from config import Settings
from storyboard.production.headcount import people_shown
from storyboard.project.project import Project
from storyboard.values.character import Character
from storyboard.values.headcount import Headcount
from storyboard.values.shot import Shot, ShotSize
from tests.boards import a_board
from tests.production.test_production import MODEL, production

if TYPE_CHECKING:
    from pathlib import Path

ANNA = Character("Anna", (("person", "woman"), ("age", "young")))
CAST = (ANNA, Character("Olaf", (("person", "old man"),)), Character("Rex", (("person", "dog"),)))


def shown(action: str, *names: str) -> int | None:
    shot = Shot(1, 1, ShotSize.FULL, action, action, "village", "day", characters=names)
    return people_shown(shot, CAST)


@pytest.mark.parametrize(
    ("people", "action", "names"),
    [
        (1, "walking along the beach", ("Anna",)),
        (1, "Anna waits in the hamlet, thinking of the market", ("Anna",)),
        (1, "the woman waits", ("Anna",)),
        (2, "standing side by side", ("Anna", "Olaf")),
        (0, "the village lies abandoned", ()),
        (0, "nobody is there", ()),
        (0, "a dog barking at the horse", ()),
        (None, "walking through a crowd of people", ("Anna",)),
        (None, "talking to a stranger", ("Anna",)),
        (None, "the children are running", ()),
        (None, "the villagers sleep", ()),
        (None, "soldiers march", ("soldiers",)),
        (None, "running home", ("Anna", "Rex")),
        (None, "keeping watch", ("Anna", "Olaf", "Mira")),
    ],
)
def test_people_are_counted_where_the_words_are_certain(
    people: int | None, action: str, names: tuple[str, ...]
) -> None:
    assert shown(action, *names) == people


def test_only_where_people_can_be_counted_a_number_is_asked_for(tmp_path: Path) -> None:
    able = replace(MODEL, countable=True)
    board = a_board(4)
    told: list[tuple[str, tuple[str, ...]]] = [
        ("climbing stairs", ("Anna",)),
        ("the stairs", ()),
        ("talking", ("Anna", "Olaf")),
        ("talking to the crowd", ("Anna",)),
    ]
    panels = tuple(
        replace(each, shot=replace(each.shot, prompt_action=action, characters=names))
        for each, (action, names) in zip(board.panels, told, strict=True)
    )
    with Project.create(tmp_path / "board", replace(board, panels=panels)) as project:
        asked = [job.request.headcount for job in production(project, model=able).jobs]
        draws = Settings().people_draws
        one, nobody, two = Headcount(1, draws), Headcount(0, draws), Headcount(2, 1)
        assert asked == [one, one, nobody, two, None]  # the character sheet first
        off = production(project, Settings(people_draws=1), able)
        for made in (off, production(project)):
            assert {job.request.headcount for job in made.jobs} == {None}
