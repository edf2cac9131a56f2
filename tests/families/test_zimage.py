"""Z-Image keeps the contract; words are as many as they are, and guidance begins above 0."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.zimage.family import FAMILY
from storyboard.errors import InputError, ModelError
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling
from tests.families.contract import FamilyContract
from tests.families.stored import check_stored, pixels
from tests.families.tiny_flux import write_gguf
from tests.families.tiny_lora import write_lora
from tests.families.tiny_zimage import FIRST_AUTHORS, build_tiny_zimage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.techniques.lora import Lora

library: Any = diffusers


@pytest.fixture(scope="session")
def zimage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        return build_tiny_zimage(tmp_path_factory.mktemp("zimage"))


class TestZImage(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, zimage: Path) -> ModelChoice:
        return ModelChoice(str(zimage))

    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls, tmp_path_factory: pytest.TempPathFactory) -> Lora:
        return write_lora(tmp_path_factory.mktemp("lora") / "a.safetensors", FIRST_AUTHORS)


@pytest.fixture(scope="module")
def request_(zimage: Path) -> PanelRequest:
    sampling = Sampling(2, 0.0, seed=7)
    return PanelRequest(1, ModelChoice(str(zimage)), "a red hat", "", 96, 64, sampling)


@pytest.fixture(scope="module")
def generator() -> Iterator[LocalImageGenerator]:
    with LocalImageGenerator() as loaded:
        yield loaded


@pytest.mark.parametrize("guidance", [0.0, 2.0])
def test_plain_diffusers_draws_the_same(
    generator: LocalImageGenerator, zimage: Path, request_: PanelRequest, guidance: float
) -> None:
    asked = replace(request_, sampling=replace(request_.sampling, guidance=guidance))
    if guidance:
        asked = replace(asked, negative_prompt="a hat that is blue and of quite another length")
    with quiet_libraries():
        # From the folder itself: its own tokenizer and template, and none of ours.
        pipe = library.ZImagePipeline.from_pretrained(zimage, torch_dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        drawn = pipe(
            prompt=asked.prompt,
            negative_prompt=asked.negative_prompt or None,
            width=asked.width,
            height=asked.height,
            num_inference_steps=asked.sampling.steps,
            guidance_scale=guidance,
            generator=torch.Generator("cpu").manual_seed(asked.sampling.seed),
        ).images[0]
    assert np.array_equal(pixels(generator.render(asked).media.png), np.asarray(drawn))


def test_every_sampler_that_is_offered_draws(
    generator: LocalImageGenerator, request_: PanelRequest
) -> None:
    menu = generator.describe(request_.choice).sampling
    offered = [each.name for each in menu.samplers if not each.refused]
    assert offered == ["Euler", "Euler stochastic", "LCM", "UniPC"]
    pictures = {
        name: generator.render(
            replace(request_, sampling=replace(request_.sampling, steps=3, sampler=name))
        ).media.png
        for name in offered
    }
    assert pictures["Euler"] != pictures["UniPC"] != pictures["LCM"] != pictures["Euler"]


def test_a_quantised_transformer_draws_nearly_the_same(
    generator: LocalImageGenerator, zimage: Path, request_: PanelRequest
) -> None:
    check_stored(generator, zimage, request_)


def test_under_a_macs_rules(request_: PanelRequest) -> None:
    with Rehearsal() as rehearsal:
        with LocalImageGenerator() as generator:
            found = generator.render(replace(request_.sampled(steps=2), preview_every=1))
        assert rehearsal.faults == []
    assert (found.device, found.dtype) == ("mps", "bfloat16")


def test_what_cannot_be_used_is_said_in_a_line_before_anything_is_loaded(
    zimage: Path, request_: PanelRequest, tmp_path: Path
) -> None:
    half, deaf, spelling = (tmp_path / name for name in ("half", "deaf", "spelling"))
    shutil.copytree(zimage, half, ignore=lambda *_: {"text_encoder"})
    for spoilt, config, change in (
        (deaf, "text_encoder/config.json", {"hidden_size": 64}),
        (spelling, "tokenizer/tokenizer.json", {"added_tokens": []}),
    ):
        shutil.copytree(zimage, spoilt)
        place = spoilt / config
        place.write_text(json.dumps(json.loads(place.read_text()) | change))
    foreign = write_gguf(zimage, tmp_path / "wan.gguf", prefix="blk.")
    other = tmp_path / "other"
    other.mkdir()
    (other / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    misplaced = write_gguf(zimage, other / "z.gguf")
    for name, told in (
        (str(half), "lacks text_encoder/config.json"),
        (str(deaf), "texts of another width than the text encoder writes"),
        (str(spelling), "lacks <|im_start|>, by which a prompt is wrapped".replace("|", r"\|")),
        (str(foreign), "no checkpoint of a model that is known"),
        (str(misplaced), "other is a FluxPipeline: a ZImagePipeline is needed"),
    ):
        with pytest.raises(ModelError, match=told) as caught:
            LocalImageGenerator().render(replace(request_, choice=ModelChoice(name)))
        assert len(str(caught.value).splitlines()) == 1
    stored = replace(request_.choice, storage="fp16")
    for asked, told in (
        (replace(request_, prompt="the hat " * 20_000), "tokens, .* reads 512"),
        (replace(request_, negative_prompt="a cat"), "reads no negative prompt: leave it out"),
        (replace(request_, choice=stored), "leaves its range: choose bf16"),
    ):
        with pytest.raises(InputError, match=told):
            LocalImageGenerator().check(asked)


def test_the_published_model_is_known_without_its_files() -> None:
    card = FAMILY.card(ModelChoice("zimage"))
    assert (card.native_pixels, card.modes["BALANCED"].steps) == (1024 * 1024, 8)
    request = PanelRequest(1, ModelChoice("zimage"), "a red hat", "", 1024, 576, Sampling(8, 0, 1))
    assert len(FAMILY.cost(request).steps) == 8
