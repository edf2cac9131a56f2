"""What the passes of every family must keep: part of the contract."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from storyboard.diffusion.families import family_of
from storyboard.errors import InputError, RenderCancelled
from storyboard.project.recipe import Recipe, request_from
from storyboard.techniques.faces import Faces, Person
from storyboard.techniques.hires import Hires
from storyboard.values.box import Box
from storyboard.values.reference import Reference
from storyboard.values.request import Finish
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Callable

    from local_image_generator import LocalImageGenerator
    from storyboard.values.card import ModelCard
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest

__all__ = ["PassesContract"]

_HIRES = Hires(scale=1.5, steps=2)
_BOXES = ((0.1, 0.2, 0.4, 0.7), (0.6, 0.25, 0.9, 0.75))
_FACES = Faces(_BOXES, steps=2, people=(Person("Mira", "a face"), Person("Ada", "another face")))
_TERA = 1e12


class PassesContract:
    """Of families whose card knows hires and faces."""

    @pytest.fixture(scope="class")
    @classmethod
    def passes(cls, card: ModelCard) -> None:
        if not {"hires", "faces"} <= card.techniques:
            pytest.skip("the family goes over no pictures")

    @pytest.fixture(scope="class")
    @classmethod
    def png(cls, made: Media) -> bytes:
        return made.png

    def test_a_hires_pass_makes_the_picture_larger_and_leaves_nothing_behind(
        self,
        passes: None,
        generator: LocalImageGenerator,
        request_: PanelRequest,
        png: bytes,
    ) -> None:
        result = generator.render(request_.using(_HIRES))
        shape = _pixels(result.media.png).shape
        assert shape == (request_.height * 3 // 2, request_.width * 3 // 2, 3)
        assert (result.width, result.height) == (request_.width, request_.height)
        assert generator.render(request_).media.png == png

    def test_a_face_pass_changes_its_boxes_and_no_other_pixel(
        self,
        passes: None,
        generator: LocalImageGenerator,
        request_: PanelRequest,
        png: bytes,
    ) -> None:
        before = _pixels(png)
        after = _pixels(generator.render(request_.using(_FACES)).media.png)
        changed = np.abs(after - before).max(axis=2) > 0
        for corners in _BOXES:
            left, top, right, bottom = Box(*corners).pixels(request_.width, request_.height)
            assert changed[top:bottom, left:right].mean() > 0.3
            changed[top:bottom, left:right] = False
        assert not changed.any()

    @pytest.mark.parametrize(("acceleration", "finishes"), [("off", True), ("balanced", False)])
    def test_the_cost_of_passes_is_what_a_counter_sees(
        self,
        passes: None,
        generator: LocalImageGenerator,
        card: ModelCard,
        request_: PanelRequest,
        png: bytes,
        finishes: bool,
        acceleration: str,
    ) -> None:
        if acceleration != "off" and "acceleration" not in card.techniques:
            pytest.skip("the family leaves nothing out")
        # Words that nobody has encoded yet.
        words = f"{acceleration} {finishes}"
        people = tuple(Person(each.name, f"{words} {each.prompt}") for each in _FACES.people)
        asked = but(request_, prompt=f"a boat {words}", acceleration=acceleration)
        asked = replace(asked, negative_prompt=f"noise {words}")
        asked = asked.using(_HIRES).using(replace(_FACES, people=people))
        if finishes:
            asked = _finishing(asked, png)
        steps: list[tuple[int, int]] = []
        plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
        with plain, FlopCounterMode(display=False) as counted:
            generator.render(asked, lambda each: steps.append((each.step, each.steps)))
        cost = family_of(asked.choice.name).cost(asked)
        assert cost.total * _TERA == pytest.approx(counted.get_total_flops(), rel=0.001)
        total = asked.steps_in_all
        assert steps == [(step, total) for step in range(1, total + 1)]
        assert len(card.step_work(asked)) == total

    def test_a_cancel_ends_within_a_step_of_a_pass(
        self, passes: None, generator: LocalImageGenerator, request_: PanelRequest
    ) -> None:
        asked = request_.using(_HIRES).using(_FACES)
        for last in (request_.sampling.steps + 1, request_.sampling.steps + 3):
            seen: list[int] = []
            with pytest.raises(RenderCancelled):
                generator.render(
                    asked,
                    lambda each, seen=seen: seen.append(each.step),  # type: ignore[misc]
                    lambda seen=seen, last=last: len(seen) >= last,  # type: ignore[misc]
                )
            assert seen == list(range(1, last + 1))

    def test_a_finished_picture_is_drawn_again_from_its_recipe(
        self,
        passes: None,
        generator: LocalImageGenerator,
        held: Callable[[float], PanelRequest],
        card: ModelCard,
        request_: PanelRequest,
        png: bytes,
    ) -> None:
        drawn = held(0.7) if card.identity else request_
        if "acceleration" in card.techniques:
            drawn = but(drawn, acceleration="balanced")
        for asked in (drawn.using(_HIRES).using(_FACES), _finishing(drawn.using(_FACES), png)):
            result = generator.render(asked)
            recipe = Recipe.from_request(asked, result)
            known = {each.sha: each for each in asked.references}
            again = request_from(recipe, asked.choice, known.__getitem__)
            assert again.techniques == asked.techniques
            assert again.task == asked.task
            assert generator.render(again).media.png == result.media.png
            assert Recipe.from_request(again, result).fingerprint == recipe.fingerprint

    def test_what_cannot_be_finished_is_refused_without_loading(
        self, passes: None, generator: LocalImageGenerator, request_: PanelRequest, png: bytes
    ) -> None:
        wide = replace(request_, width=3000)
        for asked in (_finishing(request_, png), wide.using(_HIRES)):
            with pytest.raises(InputError) as caught:
                generator.check(asked)
            assert len(str(caught.value).splitlines()) == 1


def _finishing(request: PanelRequest, png: bytes) -> PanelRequest:
    picture = Reference.of(png)
    references = (picture, *request.references)
    return replace(request, task=Finish(picture.sha), references=references)


def _pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.float32)
