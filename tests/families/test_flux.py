"""FLUX.1 keeps the contract; what differs where its transformer is told no guidance is held too."""

from __future__ import annotations

import io
import itertools
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families.flux.architecture import published
from storyboard.diffusion.families.flux.cost import counter_of
from storyboard.diffusion.families.flux.family import FAMILY
from storyboard.diffusion.families.flux.offers import OFFERS
from storyboard.diffusion.networks.flow_matching import SAMPLERS, SCHEDULES
from storyboard.diffusion.parts.pipeline_parts import memory_of
from storyboard.errors import InputError, ModelError, RenderError
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.model import ModelChoice
from storyboard.values.request import Edit, PanelRequest, Sampling
from tests.families.contract import FamilyContract
from tests.families.tiny_flux import FIRST_AUTHORS, build_tiny_flux, write_gguf
from tests.families.tiny_klein import FIRST_AUTHORS as KLEIN_LAYERS
from tests.families.tiny_lora import write_lora
from tests.families.tiny_zimage import FIRST_AUTHORS as ZIMAGE_LAYERS
from tests.requests import but

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.techniques.lora import Lora
    from storyboard.values.stages import StepProgress


Q8 = "gguf-q8_0"


@pytest.fixture(scope="session")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        return build_tiny_flux(tmp_path_factory.mktemp("dev"))


@pytest.fixture(scope="session")
def schnell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with quiet_libraries():
        return build_tiny_flux(tmp_path_factory.mktemp("schnell"), guided=False)


class TestDev(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, dev: Path) -> ModelChoice:
        return ModelChoice(str(dev))

    @pytest.fixture(scope="class")
    @classmethod
    def lora(cls, tmp_path_factory: pytest.TempPathFactory) -> Lora:
        return write_lora(tmp_path_factory.mktemp("lora") / "a.safetensors", FIRST_AUTHORS)


@pytest.fixture(scope="module")
def request_(dev: Path) -> PanelRequest:
    sampling = Sampling(3, 3.5, seed=7)
    return PanelRequest(1, ModelChoice(str(dev)), "a red hat", "", 96, 64, sampling)


@pytest.fixture(scope="module")
def gguf(dev: Path) -> Path:
    """The transformer quantised, in the folder that its other parts come from."""
    return write_gguf(dev, dev / "flux1-dev-Q8_0.gguf")


@pytest.mark.parametrize("told", [True, False])
def test_plain_diffusers_draws_the_same(
    dev: Path, schnell: Path, request_: PanelRequest, told: bool
) -> None:
    asked = replace(request_, choice=ModelChoice(str(dev if told else schnell)))
    plain = FAMILY.plain(asked.choice)
    expected = plain.draw(asked, lambda: False)
    for chunked in (False, True):
        with LocalImageGenerator(attention_slicing=chunked) as generator:
            assert _pixels(generator.render(asked).media.png) == _pixels(expected)


def test_a_negative_prompt_is_true_guidance_and_only_where_it_is_asked_for(
    dev: Path, schnell: Path, request_: PanelRequest
) -> None:
    without = replace(request_, choice=ModelChoice(str(schnell)))
    seen = []
    with LocalImageGenerator() as generator:
        for asked in (without, replace(without, negative_prompt="a cat")):
            other = replace(asked, sampling=replace(asked.sampling, guidance=7.0))
            once, twice = (generator.render(each).media.png for each in (asked, other))
            seen.append(once == twice)
        # schnell looks at no guidance until there is something to guide away from.
        assert seen == [True, False]
    plain = FAMILY.card(without.choice)
    assert not plain.reads_negative
    assert (plain.modes["FAST"].steps, FAMILY.card(request_.choice).modes["FAST"].steps) == (3, 16)


def test_every_sampler_and_schedule_draws_a_picture_of_its_own(request_: PanelRequest) -> None:
    pictures, refused = {}, []
    with LocalImageGenerator() as generator:
        for sampler, schedule in itertools.product(SAMPLERS, SCHEDULES):
            sampling = replace(request_.sampling, sampler=sampler, schedule=schedule)
            asked = replace(request_, sampling=sampling)
            try:
                generator.check(asked)
            except InputError as error:
                assert "does not go with" in str(error)
                refused.append((sampler, schedule))
                continue
            pictures[sampler, schedule] = generator.render(asked).media.png
        older = replace(request_.sampling, sampler="euler-stochastic", schedule="Beta")
        again = generator.render(replace(request_, sampling=older)).media.png
    assert again == pictures["Euler stochastic", "beta"]
    assert len(pictures) == 3 * 4 + 3
    for sampler in SAMPLERS:
        own = [each for (name, _), each in pictures.items() if name == sampler]
        assert len(set(own)) == len(own)
    assert {each for each, _ in refused} == {"UniPC", "DPM++ 2M", "DPM++ 2S"}


def test_a_quantised_transformer_draws_nearly_the_same(gguf: Path, request_: PanelRequest) -> None:
    quantised = replace(request_, choice=ModelChoice(str(gguf)))
    with LocalImageGenerator() as generator:
        found = generator.render(quantised)
        whole = generator.render(request_)
    assert found.model_hash != whole.model_hash
    difference = np.subtract(
        *(np.asarray(_pixels(each.media.png), float) for each in (found, whole))
    )
    assert 0 < np.abs(difference).mean() < 2


@pytest.mark.parametrize(("kind", "storage"), [("LoRA", ""), ("LoHa", Q8)])
def test_a_lora_stands_on_stored_weights_as_on_whole_ones(
    gguf: Path, request_: PanelRequest, tmp_path: Path, kind: str, storage: str
) -> None:
    strength = {"LoRA": 0.3, "LoHa": 0.7}[kind]
    lora = write_lora(tmp_path / "a.safetensors", FIRST_AUTHORS, kind, strength)
    model = request_.choice.name if storage else str(gguf)
    drawn: list[np.ndarray] = []
    with LocalImageGenerator() as generator:
        for choice in (request_.choice, ModelChoice(model, "", storage)):
            once = request_.sampled(steps=1)
            for asked in (once, but(once, loras=(lora,))):
                png = generator.render(replace(asked, choice=choice)).media.png
                drawn.append(np.asarray(_pixels(png), float))
    plain, taught, stored, stored_taught = drawn
    assert abs(taught - plain).mean() > 1
    # No further apart than the weights alone put the pictures, up to what rounding hides.
    assert abs(stored_taught - taught).mean() <= abs(stored - plain).mean() + 0.2


def test_a_lora_of_another_family_is_named_before_anything_is_loaded(
    request_: PanelRequest, tmp_path: Path
) -> None:
    for name, layers, told in (
        ("klein", KLEIN_LAYERS, "it was made for FLUX.2"),
        ("zimage", ZIMAGE_LAYERS, "it was made for Z-Image"),
        (
            "sdxl",
            {"lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k": (64, 2048)},
            "it was made for SDXL",
        ),
    ):
        lora = write_lora(tmp_path / f"{name}.safetensors", layers)
        with pytest.raises(ModelError, match=told) as caught:
            LocalImageGenerator().check(but(request_, loras=(lora,)))
        assert len(str(caught.value).splitlines()) == 1


def test_where_only_one_large_part_fits_they_are_read_in_turn(
    request_: PanelRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalImageGenerator() as generator:
        expected = generator.render(request_).media.png
    policy = DevicePolicy("cpu", "float32")
    files = FAMILY.files_of(request_.choice, (), policy)
    whole = memory_of(files, ("transformer", "vae", "text_encoder", "text_encoder_2"), policy)
    monkeypatch.setattr(DevicePolicy, "free_bytes", lambda _: whole - 1)
    with LocalImageGenerator() as generator:
        for _ in range(2):
            found = generator.render(request_)
        assert found.media.png == expected
        assert "in turn" in " ".join(found.remarks)
    monkeypatch.setattr(DevicePolicy, "free_bytes", lambda _: whole // 3)
    with pytest.raises(RenderError, match=r"GB of memory, and 0\.0 GB are free: close other"):
        LocalImageGenerator().render(request_)


def test_under_a_macs_rules(request_: PanelRequest) -> None:
    steps: list[StepProgress] = []
    with Rehearsal() as rehearsal:
        asked = replace(request_.sampled(steps=2), preview_every=1)
        with LocalImageGenerator() as generator:
            found = generator.render(asked, steps.append)
        assert rehearsal.faults == []
    assert (found.device, found.dtype) == ("mps", "bfloat16")
    assert [each.preview is not None for each in steps] == [True, False]


def test_what_cannot_be_used_is_said_in_a_line_before_anything_is_loaded(
    dev: Path, schnell: Path, gguf: Path, request_: PanelRequest, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    shutil.copytree(dev, half, ignore=lambda folder, names: {"text_encoder_2", gguf.name})
    endless, flat, bare = (tmp_path / name for name in ("endless", "flat", "bare"))
    for spoilt, config, change in (
        (endless, "text_encoder/config.json", {"eos_token_id": None}),
        (flat, "scheduler/scheduler_config.json", {"base_image_seq_len": 4096}),
        (bare, "scheduler/scheduler_config.json", {"max_shift": None}),
    ):
        shutil.copytree(dev, spoilt)
        place = spoilt / config
        place.write_text(json.dumps(json.loads(place.read_text()) | change))
    other = write_gguf(dev, tmp_path / "other.gguf", architecture="llama", prefix="blk.")
    around = tmp_path / "schnell"
    shutil.copytree(schnell, around)
    foreign = shutil.copy(gguf, around / "flux1-schnell.gguf")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(gguf.read_bytes()[:-100])
    for name, told in (
        (str(half), "lacks text_encoder_2/config.json"),
        (str(endless), "text_encoder/config.json .*eos_token_id"),
        (str(flat), "shifts from 4096 to 4096 tokens"),
        (str(bare), "scheduler_config.json .*max_shift"),
        (str(other), "no checkpoint of a model that is known"),
        (str(foreign), "is not told its guidance"),
        (str(cut), "is damaged or no GGUF file"),
    ):
        with pytest.raises(ModelError, match=told) as caught:
            LocalImageGenerator().render(replace(request_, choice=ModelChoice(name)))
        assert len(str(caught.value).splitlines()) == 1
    for asked, told in (
        (replace(request_, prompt="the hat " * 20_000), "has 60001 tokens, .* reads 128"),
        (_sampled(request_, sampler="heun"), "sampler 'heun' is not known: .*Euler"),
        (_sampled(request_, sampler="unipc", schedule="karras"), "does not go with"),
        (replace(request_, task=Edit("ab", "night")), "cannot edit pictures"),
    ):
        with pytest.raises(InputError, match=told):
            LocalImageGenerator().check(asked)


def test_a_licence_that_forbids_commercial_use_is_said_with_the_download(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notices: list[str] = []

    def fetch(_repository: str, *rest: object) -> Path:
        notices.append(str(rest[-1]))
        raise ModelError("no network")

    monkeypatch.setattr("storyboard.diffusion.networks.pipeline_files.fetch", fetch)
    for offer in OFFERS:
        with pytest.raises(ModelError, match="no network"):
            FAMILY.files_of(ModelChoice(offer.name), (), DevicePolicy("cpu", "float32"))
    assert notices == ["", "FLUX.1 [dev] Non-Commercial License, not for commercial use"]


def test_the_published_models_are_known_without_their_files() -> None:
    """Black Forest Labs give 12 billion parameters; TFLOP are those of docs/models.md."""
    counter = counter_of(published(guided=True))
    assert counter.parameters("transformer") == pytest.approx(11.9e9, rel=0.01)
    assert counter.parameters("text_encoder_2") == pytest.approx(4.76e9, rel=0.01)
    assert counter.transformer(1024, 1024) == pytest.approx(74.38e12, rel=0.001)
    assert FAMILY.card(ModelChoice("flux")).native_pixels == 1024 * 1024
    dev = next(each for each in OFFERS if each.name.endswith("dev"))
    assert dev.step * 1e12 == pytest.approx(counter.transformer(1024, 1024), rel=0.001)
    whole = counter.parameters("transformer") + counter.parameters("vae")
    assert dev.draws == pytest.approx(2 * whole, rel=0.01)


def _sampled(request: PanelRequest, sampler: str, schedule: str = "") -> PanelRequest:
    sampling = replace(request.sampling, sampler=sampler, schedule=schedule)
    return replace(request, sampling=sampling)


def _pixels(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB")
