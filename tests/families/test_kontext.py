"""Kontext keeps the contract, edits a picture with and without a mask, and holds people."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families import family_of
from storyboard.errors import InputError
from storyboard.production.requests import Requests
from storyboard.project.project import Project
from storyboard.project.recipe import Recipe, request_from
from storyboard.prompts.enhancer import prompt_writer
from storyboard.settings.layers import load_settings
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import Edit, PanelRequest, Sampling
from tests.boards import a_board
from tests.families.contract import FamilyContract
from tests.families.tiny_flux import FIRST_AUTHORS, WINDOW, build_tiny_flux
from tests.families.tiny_lora import write_lora
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.techniques.lora import Lora

library: Any = diffusers
WIDTH, HEIGHT = 128, 96


@pytest.fixture(scope="session")
def kontext(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        folder = tmp_path_factory.mktemp("kontext")
        return build_tiny_flux(folder, pipeline="FluxKontextPipeline")


class TestKontext(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, kontext: Path) -> ModelChoice:
        return ModelChoice(str(kontext))

    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls, tmp_path_factory: pytest.TempPathFactory) -> Lora:
        return write_lora(tmp_path_factory.mktemp("lora") / "a.safetensors", FIRST_AUTHORS)


@pytest.fixture(scope="module")
def generator() -> Iterator[LocalImageGenerator]:
    with LocalImageGenerator() as loaded:
        yield loaded


@pytest.fixture(scope="module")
def picture() -> Reference:
    drawn = Image.new("RGB", (WIDTH, HEIGHT), "skyblue")
    ImageDraw.Draw(drawn).rectangle((20, 30, 60, 90), fill="darkred")
    return Reference.of(_png(drawn))


@pytest.fixture(scope="module")
def mask() -> Reference:
    drawn = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(drawn).rectangle((64, 0, WIDTH, HEIGHT), fill="white")
    return Reference.of(_png(drawn))


@pytest.fixture(scope="module")
def edit(kontext: Path, picture: Reference) -> PanelRequest:
    return PanelRequest(
        panel=1,
        choice=ModelChoice(str(kontext)),
        prompt="make it night",
        negative_prompt="",
        width=WIDTH,
        height=HEIGHT,
        sampling=Sampling(3, 2.5, seed=7),
        references=(picture,),
        task=Edit(picture.sha, "make it night"),
    )


@pytest.fixture(scope="module")
def masked(edit: PanelRequest, picture: Reference, mask: Reference) -> PanelRequest:
    task = Edit(picture.sha, "make it night", mask.sha)
    return replace(edit, task=task, references=(picture, mask))


def test_an_edit_is_that_of_plain_diffusers(
    generator: LocalImageGenerator, kontext: Path, edit: PanelRequest
) -> None:
    expected = _plain(library.FluxKontextPipeline, kontext, edit)
    assert np.array_equal(_pixels(generator.render(edit).media.png), expected)


def test_a_mask_keeps_every_pixel_outside_and_inside_it_is_that_of_plain_diffusers(
    generator: LocalImageGenerator,
    kontext: Path,
    masked: PanelRequest,
    picture: Reference,
    mask: Reference,
) -> None:
    found = _pixels(generator.render(masked).media.png)
    before, white = _pixels(picture.picture), _pixels(mask.picture)[..., 0] > 0
    assert np.array_equal(found[~white], before[~white])
    with Image.open(io.BytesIO(mask.picture)) as drawn:
        expected = _plain(
            library.FluxKontextInpaintPipeline, kontext, masked, mask_image=drawn, strength=1.0
        )
    deep = np.zeros_like(white)
    deep[:, 64 + 16 :] = True
    assert np.array_equal(found[deep], expected[deep])


def test_an_edit_costs_what_a_counter_sees_and_its_recipe_draws_it_again(
    generator: LocalImageGenerator, masked: PanelRequest
) -> None:
    held = but(masked, identities=(Lock("Mira", (masked.references[0].picture,), 0.5),))
    held = replace(held, references=masked.references)  # the same picture serves both
    generator.load(held.choice)
    plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    counter = torch.utils.flop_counter.FlopCounterMode(display=False)
    with plain, counter as counted:
        generator.render(replace(held, prompt="a new night"))
    result = generator.render(replace(held, prompt="a new night"))
    cost = family_of(held.choice.name).cost(held)
    assert cost.total * 1e12 == pytest.approx(counted.get_total_flops(), rel=0.001)
    recipe = Recipe.from_request(replace(held, prompt="a new night"), result)
    known = {each.sha: each for each in held.references}
    again = request_from(recipe, held.choice, known.__getitem__)
    assert again.task == held.task
    assert generator.render(again).media.png == result.media.png
    assert isinstance(again.task, Edit)
    unmasked = replace(again, task=replace(again.task, mask=""))
    assert Recipe.from_request(unmasked, result).fingerprint != recipe.fingerprint


def test_production_asks_for_an_edit_with_the_traits_first(
    generator: LocalImageGenerator, edit: PanelRequest, picture: Reference, tmp_path: Path
) -> None:
    wanted = {"model": edit.choice.name, "num_inference_steps": 2}
    settings = load_settings(wanted, environ={}).settings
    card = generator.describe(edit.choice)
    with Project.create(tmp_path / "board", a_board(2)) as project:
        requests = Requests(project, settings, prompt_writer(card, settings), card)
        panel = project.board.panels[0]
        asked = requests.edit(panel, 1, picture, "make it night")
        assert asked.prompt == f"{requests.prompt(panel).traits}: make it night"
    assert asked.task == edit.task
    assert asked.negative_prompt == ""  # the program's own is left out: it would double the steps
    found = generator.render(asked)
    assert (found.width, found.height) == (asked.width, asked.height)


def test_under_a_macs_rules(masked: PanelRequest) -> None:
    with Rehearsal() as rehearsal:
        with LocalImageGenerator() as generator:
            found = generator.render(masked.sampled(steps=1))
        assert rehearsal.faults == []
    assert (found.device, found.dtype) == ("mps", "bfloat16")


def test_what_cannot_be_used_is_said_before_anything_is_loaded(
    edit: PanelRequest, masked: PanelRequest
) -> None:
    small = Reference.of(_png(Image.new("RGB", (10, 10))))
    wide = Reference.of(_png(Image.new("L", (300, 100))))
    broken = Reference.of(b"no picture")
    assert isinstance(masked.task, Edit)
    for asked, told in (
        (_editing(edit, small), "the picture to edit has 10x10 pixels"),
        (_editing(edit, broken), "the picture to edit cannot be read"),
        (replace(edit, references=()), "the picture to edit is missing"),
        (
            replace(
                masked,
                task=replace(masked.task, mask=wide.sha),
                references=(*edit.references, wide),
            ),
            "the mask is 300x100 and the picture 128x96",
        ),
        (but(edit, identities=(Lock("Mira", (small.picture,), 0.5),), task=edit.task), "10x10"),
        (replace(edit, prompt="the hat " * 20_000), f"tokens, .* reads {WINDOW}"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            LocalImageGenerator().check(asked)
        assert len(str(caught.value).splitlines()) == 1
    starter = replace(edit, choice=ModelChoice("starter"))
    with pytest.raises(InputError, match=r"cannot edit pictures: choose .*Kontext"):
        LocalImageGenerator().check(starter)


def _editing(request: PanelRequest, picture: Reference) -> PanelRequest:
    return replace(request, task=Edit(picture.sha, "night"), references=(picture,))


def _plain(pipeline: Any, model: Path, request: PanelRequest, **more: Any) -> np.ndarray:
    """What the documentation's script draws."""
    with quiet_libraries():
        pipe = pipeline.from_pretrained(model, torch_dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        assert isinstance(request.task, Edit)
        with Image.open(io.BytesIO(request.picture(request.task.picture))) as picture:
            drawn = pipe(
                image=picture,
                prompt=request.prompt,
                width=request.width,
                height=request.height,
                max_area=request.width * request.height,
                _auto_resize=False,
                num_inference_steps=request.sampling.steps,
                guidance_scale=request.sampling.guidance,
                max_sequence_length=WINDOW,
                generator=torch.Generator("cpu").manual_seed(request.sampling.seed),
                **more,
            ).images[0]
    return np.asarray(drawn)


def _pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"))


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
