"""FLUX.2 klein keeps the contract, edits with several references, and holds people and things."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.flux2.family import FAMILY
from storyboard.diffusion.families.flux2.pictures import MOST, seen_pictures
from storyboard.errors import InputError, ModelError
from storyboard.techniques.identity import Identity
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import Draw, Edit, PanelRequest, Sampling
from tests.families.contract import FamilyContract
from tests.families.stored import check_stored, pixels
from tests.families.tiny_klein import FIRST_AUTHORS, build_tiny_klein
from tests.families.tiny_lora import write_lora
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.techniques.lora import Lora

library: Any = diffusers
WIDTH, HEIGHT = 128, 96


@pytest.fixture(scope="session")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        return build_tiny_klein(tmp_path_factory.mktemp("klein"))


class TestBase(FamilyContract):
    """The base models, which are guided and read a negative prompt."""

    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, tmp_path_factory: pytest.TempPathFactory) -> ModelChoice:
        with quiet_libraries():
            folder = build_tiny_klein(tmp_path_factory.mktemp("base"), distilled=False)
        return ModelChoice(str(folder))

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
def request_(klein: Path) -> PanelRequest:
    sampling = Sampling(2, 1.0, seed=7)
    return PanelRequest(1, ModelChoice(str(klein)), "a red hat", "", WIDTH, HEIGHT, sampling)


@pytest.fixture(scope="module")
def edit(request_: PanelRequest, picture: Reference) -> PanelRequest:
    task = Edit(picture.sha, "make it night")
    return replace(request_, prompt="make it night", task=task, references=(picture,))


@pytest.mark.parametrize("edits", [False, True])
def test_plain_diffusers_draws_the_same(
    generator: LocalImageGenerator,
    klein: Path,
    request_: PanelRequest,
    edit: PanelRequest,
    picture: Reference,
    edits: bool,
) -> None:
    asked = edit if edits else request_
    with quiet_libraries(), Image.open(io.BytesIO(picture.picture)) as before:
        # From the folder itself: its own tokenizer, template, head and all layers.
        pipe = library.Flux2KleinPipeline.from_pretrained(klein, torch_dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        drawn = pipe(
            image=[before] if edits else None,
            prompt=asked.prompt,
            width=asked.width,
            height=asked.height,
            num_inference_steps=asked.sampling.steps,
            guidance_scale=asked.sampling.guidance,
            generator=torch.Generator("cpu").manual_seed(asked.sampling.seed),
        ).images[0]
    assert np.array_equal(pixels(generator.render(asked).media.png), np.asarray(drawn))


def test_references_beside_the_edited_picture_cost_what_a_counter_sees(
    generator: LocalImageGenerator, edit: PanelRequest, picture: Reference
) -> None:
    hat = Reference.of(_png(Image.new("RGB", (200, 70), "green")))
    held = but(
        edit, identities=(Lock("hat", (hat.picture,), 1.0), Lock("Mira", (hat.picture,), 1.0))
    )
    held = replace(held, references=(picture, hat), task=edit.task)
    sizes = [each.size for each in seen_pictures(held, 16)]
    assert sizes == [(WIDTH, HEIGHT), (160, 64), (160, 64)]  # no smaller than is looked at
    alone, beside = (generator.render(each).media.png for each in (edit, held))
    assert alone != beside
    new = replace(held, prompt="make it a new night")
    plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    counter = torch.utils.flop_counter.FlopCounterMode(display=False)
    with plain, counter as counted:
        generator.render(new)
    assert FAMILY.cost(new).total * 1e12 == pytest.approx(counted.get_total_flops(), rel=0.001)
    # Of more than are looked at, everybody's first come before anybody's second.
    several = tuple(_png(Image.new("RGB", (64, 64 + place))) for place in range(5))
    crowd = but(edit, identities=(Lock("Mira", several, 1.0), Lock("hat", (hat.picture,), 1.0)))
    crowd = replace(crowd, references=(*crowd.references, picture), task=edit.task)
    whose = [each.whose for each in seen_pictures(crowd, 16)]
    assert len(whose) == MOST
    assert whose[:4] == ["the panel", "Mira", "hat", "Mira"]
    # Who only counts gives no pictures.
    counted = but(edit, identities=(), task=Draw())
    counted = replace(counted, techniques=(Identity("", 1.0, ("0", "1")),))
    assert [each.size for each in seen_pictures(counted, 16)] == [(HEIGHT, HEIGHT)] * 2


def test_a_mask_keeps_every_pixel_outside(
    generator: LocalImageGenerator, edit: PanelRequest, picture: Reference
) -> None:
    drawn = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(drawn).rectangle((64, 0, WIDTH, HEIGHT), fill="white")
    mask = Reference.of(_png(drawn))
    task = Edit(picture.sha, "make it night", mask.sha)
    masked = replace(edit, task=task, references=(picture, mask))
    found, before = pixels(generator.render(masked).media.png), pixels(picture.picture)
    white = pixels(mask.picture)[..., 0] > 0
    assert np.array_equal(found[~white], before[~white])
    assert (found[white] != before[white]).mean() > 0.5


def test_a_quantised_transformer_draws_nearly_the_same(
    generator: LocalImageGenerator, klein: Path, request_: PanelRequest
) -> None:
    check_stored(generator, klein, request_)


def test_under_a_macs_rules(edit: PanelRequest) -> None:
    with Rehearsal() as rehearsal:
        with LocalImageGenerator() as generator:
            found = generator.render(edit.sampled(steps=1))
        assert rehearsal.faults == []
    assert (found.device, found.dtype) == ("mps", "bfloat16")


def test_what_cannot_be_used_is_said_in_a_line_before_anything_is_loaded(
    klein: Path, request_: PanelRequest, edit: PanelRequest, tmp_path: Path
) -> None:
    shallow, told_guidance = tmp_path / "shallow", tmp_path / "dev"
    for spoilt, config, change in (
        (shallow, "text_encoder/config.json", {"num_hidden_layers": 20}),
        (told_guidance, "transformer/config.json", {"guidance_embeds": True}),
    ):
        shutil.copytree(klein, spoilt)
        place = spoilt / config
        place.write_text(json.dumps(json.loads(place.read_text()) | change))
    for name, told in (
        (str(shallow), "it has 20 layers, and layer 27 is looked at"),
        (str(told_guidance), "guidance_embeds is True"),
    ):
        with pytest.raises(ModelError, match=told) as caught:
            LocalImageGenerator().render(replace(request_, choice=ModelChoice(name)))
        assert len(str(caught.value).splitlines()) == 1
    small = _png(Image.new("RGB", (10, 10)))
    for asked, told in (
        (replace(edit, prompt="the hat " * 20_000), "tokens, .* reads 512"),
        (replace(request_, negative_prompt="a cat"), "reads no negative prompt: leave it out"),
        (but(request_, identities=(Lock("Mira", (small,), 1.0),)), "of Mira has 10x10 pixels"),
    ):
        with pytest.raises(InputError, match=told):
            LocalImageGenerator().check(asked)


def test_the_published_model_is_known_without_its_files() -> None:
    card = FAMILY.card(ModelChoice("flux2"))
    assert (card.native_pixels, card.modes["BALANCED"].steps) == (1024 * 1024, 4)


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
