"""The headcount: on a scripted sequence of pictures, and on the starter model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.checks.finder import shipped_finder
from storyboard.diffusion.parts.guard import Guarded, remark
from storyboard.diffusion.parts.recount import draw_counted
from storyboard.errors import InputError
from storyboard.project.recipe import Recipe, request_from
from storyboard.values.headcount import MOST_DRAWS, Headcount, seeds_after
from storyboard.values.judgement import Rescue, another_seed
from storyboard.values.model import ModelChoice
from tests.requests import but

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.message import Message
    from storyboard.values.request import PanelRequest

NAN = Rescue(("nan",), ("decoder in fp32",), 5, "off")
BLACK = Rescue(("black", "black"), (), 5, "off", flaw="black")


class Drawn:
    """Draws that show a number of people each, and what is told meanwhile."""

    def __init__(self, *people: int, rescues: dict[int, Rescue] | None = None) -> None:
        self.people, self.rescues = people, rescues or {}
        self.seeds: list[int] = []
        self.told: list[Message] = []

    def draw(self, request: PanelRequest) -> Guarded:
        number = len(self.seeds)
        self.seeds.append(request.sampling.seed)
        picture = torch.full((1, 1, 1, 1), float(number))
        return Guarded(picture, picture, self.rescues.get(number))

    def count(self, drawn: Guarded) -> tuple[int, int]:
        people = self.people[int(drawn.latents)]
        return people, people

    def __call__(self, request: PanelRequest) -> tuple[int, Rescue | None]:
        """Which draw was kept, and what the result says of it."""
        kept = draw_counted(request, self.draw, self.count, self.told.append)
        return int(kept.latents), kept.rescue


def asking(request: PanelRequest, people: int, draws: int = 4) -> PanelRequest:
    return replace(request, headcount=Headcount(people, draws))


def test_a_picture_that_is_right_is_drawn_once(request_: PanelRequest) -> None:
    drawn = Drawn(1)
    assert drawn(asking(request_, 1)) == (0, None)
    assert (drawn.seeds, drawn.told) == ([request_.sampling.seed], [])


def test_without_a_headcount_nobody_counts(request_: PanelRequest) -> None:
    assert Drawn()(request_) == (0, None)


def test_the_first_right_one_is_kept_with_its_seed(request_: PanelRequest) -> None:
    drawn = Drawn(2, 0, 1, 1)
    number, rescue = drawn(asking(request_, 1))
    assert (number, len(drawn.seeds), len(set(drawn.seeds))) == (2, 3, 3)
    assert rescue is not None
    assert (rescue.flaws, rescue.flaw) == (("many", "few"), "")
    assert (rescue.path, rescue.seed) == (("another seed",), drawn.seeds[2])
    assert str(drawn.told[0]) == ("people: 2 instead of 1; drawn again, 2 of 4")
    assert remark(rescue) == (
        "shows more people than were asked for; drawn again with another seed"
    )


def test_where_none_is_right_the_nearest_is_kept_and_told_of(request_: PanelRequest) -> None:
    drawn = Drawn(3, 2, 2)
    number, rescue = drawn(asking(request_, 0, 3))
    assert rescue is not None
    assert (number, rescue.flaw, rescue.seed) == (1, "many", drawn.seeds[1])
    assert remark(rescue) == (
        "shows more people than were asked for, 2 further draws too: look at it before you keep it"
    )
    alone, told = Drawn(0)(asking(request_, 1, 1))
    assert told is not None and (alone, told.flaw, told.path) == (0, "few", ())


def test_the_benefit_of_a_doubt_is_the_pictures(request_: PanelRequest) -> None:
    class Unsure(Drawn):
        """Draws that show one person, or two."""

        def count(self, drawn: Guarded) -> tuple[int, int]:
            return 1, 2

    for people in (1, 2):
        assert Unsure()(asking(request_, people))[1] is None
    for people, flaw in ((0, "many"), (3, "few")):
        _, rescue = Unsure()(asking(request_, people, 1))
        assert rescue is not None and rescue.flaw == flaw


def test_what_the_guard_did_is_told_too(request_: PanelRequest) -> None:
    number, rescue = Drawn(2, 1, rescues={1: NAN})(asking(request_, 1))
    assert rescue is not None and number == 1
    assert (rescue.flaws, rescue.flaw) == (("many", "nan"), "")
    assert (rescue.path, rescue.seed) == ((*NAN.path, "another seed"), NAN.seed)
    # A black picture is further from what was asked for than one of too many people.
    number, rescue = Drawn(0, 9, rescues={0: BLACK})(asking(request_, 1, 2))
    assert rescue is not None and (number, rescue.flaw, rescue.broken) == (1, "many", False)
    number, rescue = Drawn(1, rescues={0: BLACK})(asking(request_, 1, 1))
    assert rescue is not None and rescue.broken


def test_every_seed_that_may_be_kept_is_known() -> None:
    seeds = Headcount(1, 4).seeds(7)
    assert len(set(seeds)) == 4 and seeds[0] == 7
    assert {*seeds, *map(another_seed, seeds)} < seeds_after(7)
    assert len(seeds_after(7)) == 2 * MOST_DRAWS


def test_only_models_whose_people_can_be_counted_take_one(
    request_: PanelRequest, tiny_model: Path
) -> None:
    with LocalImageGenerator() as generator:
        assert generator.describe(ModelChoice("starter", "bundled")).countable
        assert not generator.describe(ModelChoice(str(tiny_model))).countable
        wanted = asking(replace(request_, choice=ModelChoice(str(tiny_model))), 1)
        with pytest.raises(InputError, match="cannot be counted: draw without a headcount"):
            generator.check(wanted)


def test_the_starter_draws_again_and_its_recipe_draws_the_same(request_: PanelRequest) -> None:
    # Nobody expects a seventh person: so every draw is wrong, and the first of the nearest stays.
    request = but(request_, steps=2, width=224, height=128, acceleration="off")
    wanted = asking(request, 7, 3)
    with LocalImageGenerator() as generator:
        result = generator.render(wanted, lambda _step: None, lambda: False)
        again = generator.render(wanted, lambda _step: None, lambda: False)
        assert result.media == again.media
        assert result.rescue is not None
        assert set(result.rescue.flaws) == {"few"} and len(result.rescue.flaws) == 3
        assert result.rescue.flaw == "few"
        assert result.times.of("count") > 0
        assert any("fewer people than were asked for" in each for each in result.remarks)
        recipe = Recipe.from_request(wanted, result)
        assert recipe.seed in Headcount(7, 3).seeds(request.sampling.seed)
        store = {each.sha: each for each in wanted.references}
        replayed = request_from(recipe, wanted.choice, store.__getitem__)
        assert replayed.headcount is None
        assert generator.render(replayed, lambda _: None, lambda: False).media == result.media
    assert shipped_finder() is shipped_finder()
