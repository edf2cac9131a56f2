"""Passes over a picture: faces that are found, what short memory and a Mac's rules make of them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

import local_image_generator
from storyboard.diffusion.families.sdxl.samplers import SAMPLERS
from storyboard.diffusion.parts import pass_checks
from storyboard.errors import InputError
from storyboard.project.recipe import Recipe
from storyboard.techniques.faces import Faces, parse_faces
from storyboard.techniques.hires import Hires
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.box import Box
from storyboard.values.model import ModelChoice
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.request import PanelRequest

HIRES = Hires(steps=2)
FOUND = (
    Box(0.6, 0.2, 0.9, 0.7, 0.9),
    Box(0.1, 0.21234, 0.4, 0.7, 0.95),
    Box(0.4, 0.2, 0.5, 0.4, 0.2),
)


def pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as opened:
        return np.asarray(opened.convert("RGB"), dtype=np.float32)


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who finds three faces, of one of which it is not sure."""
    for module in (local_image_generator, pass_checks):
        monkeypatch.setattr(module, "face_finder", lambda _card: lambda _picture: FOUND)


def test_faces_that_were_found_are_in_the_recipe_and_found_no_more(
    generator: OneModel, request_: PanelRequest, finder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request_.using(Faces(steps=1))
    told: list[tuple[int, int]] = []
    result = generator.render(asked, lambda each: told.append((each.step, each.steps)))
    # 1. Those that it is sure of, and as many steps as they take.
    assert result.faces == ((0.1, 0.2123, 0.4, 0.7), (0.6, 0.2, 0.9, 0.7))
    assert told[-1] == (5, 5)
    # 2. The recipe says where they are; drawing it again asks nobody.
    recipe = Recipe.from_request(asked, result)
    faces = parse_faces(recipe.faces)
    assert faces is not None and faces.boxes == result.faces
    monkeypatch.setattr(local_image_generator, "face_finder", lambda _card: None)
    again = generator.render(asked.using(faces))
    assert again.media.png == result.media.png


def test_nobody_who_finds_faces_is_said_before_anything_is_drawn(
    generator: OneModel, request_: PanelRequest
) -> None:
    """The finder knows pictures like the starter's, and no others."""
    card = generator.generator.describe(ModelChoice("starter"))
    pass_checks.check_passes(request_.using(Faces()), card)
    with pytest.raises(InputError, match="say where they are"):
        pass_checks.check_passes(request_.using(Faces()), replace(card, countable=False))


def test_a_hires_pass_in_tiles_draws_nearly_the_same(
    generator: OneModel, request_: PanelRequest, lock: Lock, blue: bytes
) -> None:
    asked = but(request_, width=256, height=128, acceleration="balanced")
    asked = but(asked, identities=(lock, Lock("Other", (blue,), 0.5))).using(HIRES)
    before = pixels(generator.render(asked).media.png)
    foot = generator.model._foot
    foot.pass_tile, foot.tile = 16, 8
    try:
        after = pixels(generator.render(asked).media.png)
    finally:
        foot.pass_tile = foot.tile = 0
    assert 0 < np.abs(after - before).mean() < 6
    assert np.array_equal(pixels(generator.render(asked).media.png), before)


@pytest.mark.parametrize("sampler", [*SAMPLERS, ""])
def test_every_sampler_goes_over_pictures(
    generator: OneModel, request_: PanelRequest, sampler: str
) -> None:
    sampling = replace(request_.sampling, steps=2, sampler=sampler)
    small = replace(request_, width=64, height=48, sampling=sampling)
    asked = small.using(Hires(strength=0.2, steps=2))
    base = pixels(generator.render(asked.without("hires")).media.png)
    drawn = generator.render(asked).media.png
    with Image.open(io.BytesIO(drawn)) as opened:
        again = np.asarray(opened.convert("RGB").resize((64, 48)), dtype=np.float32)
    assert np.abs(again - base).mean() < 25  # noise on top of it would be 60 away


@pytest.fixture(scope="module")
def mac(model: str) -> Iterator[OneModel]:
    with Rehearsal() as rehearsal:
        with OneModel(model) as generator:
            yield generator
        assert rehearsal.faults == []


def test_both_passes_draw_under_a_macs_rules(
    mac: OneModel, request_: PanelRequest, lock: Lock
) -> None:
    faces = Faces(((0.2, 0.2, 0.5, 0.6),), steps=2)
    for hires in (HIRES, Hires(upscaler="latent", steps=2)):
        asked = but(request_, identities=(lock,), acceleration="balanced")
        result = mac.render(asked.using(hires).using(faces))
        assert (result.device, result.dtype) == ("mps", "float16")
        assert result.times.of("hires") > 0 and result.times.of("faces") > 0
        assert pixels(result.media.png).std() > 5


def test_what_is_coarse_stays_however_strong_the_pass_is(
    generator: OneModel, request_: PanelRequest
) -> None:
    before = generator.render(request_).media.png
    after = generator.render(request_.using(Hires(strength=0.9, steps=2))).media.png
    with Image.open(io.BytesIO(before)) as small, Image.open(io.BytesIO(after)) as large:
        coarse = [
            np.asarray(each.convert("RGB").resize((16, 12), Image.Resampling.BOX), dtype=np.float32)
            for each in (small, large)
        ]
    assert np.abs(coarse[1] - coarse[0]).mean() < 3
