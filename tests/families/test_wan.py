"""Wan keeps the contract in both of its forms; halves, adapters and caches are counted besides."""

from __future__ import annotations

import functools
import json
import shutil
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families import family_of
from storyboard.diffusion.families.wan.architecture import A14B, TI2V, published
from storyboard.diffusion.families.wan.configs import HALVES
from storyboard.diffusion.families.wan.cost import counter_of
from storyboard.diffusion.families.wan.family import FAMILY
from storyboard.diffusion.families.wan.reading import memory_of
from storyboard.diffusion.families.wan.step_plan import high_steps, plan_of
from storyboard.diffusion.parts import clips
from storyboard.diffusion.parts.pictures import opened_png
from storyboard.errors import InputError, ModelError, RenderError
from storyboard.film.clip_file import frames_of
from storyboard.testing.rehearsal import Rehearsal
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import Animate, PanelRequest, Sampling
from tests.families.contract import FamilyContract
from tests.families.tiny_wan import a_panel, build_tiny_wan, write_adapter, write_halves
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from storyboard.values.card import ModelCard
    from storyboard.values.media import Media
    from storyboard.values.stages import StepProgress

SIDE = 32
"""Pixels: too few for noise to be told from a picture, which random weights draw."""
# diffusers ships no types for its constructors.
library: Any = diffusers

FIRST, LAST = Reference.of(a_panel()), Reference.of(a_panel(90))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of TI2V's form."""
    with quiet_libraries():
        return build_tiny_wan(tmp_path_factory.mktemp("ti2v"), halves=False)


@pytest.fixture(scope="session")
def halved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of A14B's form, with its transformers as GGUF beside, and an adapter."""
    folder = tmp_path_factory.mktemp("a14b")
    with quiet_libraries():
        build_tiny_wan(folder, halves=True)
    write_halves(folder, folder)
    write_adapter(folder)
    return folder


def clip(name: Path | str, steps: int = 3, frames: int = 5, **changes: Any) -> PanelRequest:
    """A request of the tiniest clip."""
    plain = PanelRequest(
        panel=1,
        choice=ModelChoice(str(name)),
        prompt="a red hat",
        negative_prompt="blurry",
        width=SIDE,
        height=SIDE,
        sampling=Sampling(steps, 5.0, seed=7),
        references=(FIRST,),
        task=Animate(FIRST.sha, frames, "12"),
    )
    return but(plain, **changes)


def pixels(media: Media) -> np.ndarray:
    assert media.clip
    size = media.width, media.height
    return np.stack([np.asarray(each, float) for each in frames_of(media.mp4, media.clip, size)])


class _ClipContract(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def request_(cls, choice: ModelChoice, card: ModelCard) -> PanelRequest:
        asked = clip(choice.name)
        assert asked.width % card.multiple == 0
        return asked


class TestTI2V(_ClipContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, whole: Path) -> ModelChoice:
        return ModelChoice(str(whole))


class TestA14B(_ClipContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, halved: Path) -> ModelChoice:
        return ModelChoice(str(halved))


@pytest.fixture(scope="module")
def generator() -> Iterator[LocalImageGenerator]:
    with LocalImageGenerator(attention_slicing=False) as made:
        yield made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often transformers and their blocks compute, by class; of the halves by number."""
    counted: Counter[str] = Counter()
    block = diffusers.models.transformers.transformer_wan.WanTransformerBlock
    network = diffusers.WanTransformer3DModel
    seen: list[int] = []
    for kind in (network, block):
        forward = kind.forward

        @functools.wraps(forward)
        def counting(
            self: Any, *args: Any, kind: Any = kind, forward: Any = forward, **more: Any
        ) -> Any:
            if kind is network:
                if id(self) not in seen:
                    seen.append(id(self))
                counted[f"half {seen.index(id(self)) + 1}"] += 1
            else:
                counted["blocks"] += 1
            return forward(self, *args, **more)

        monkeypatch.setattr(kind, "forward", counting)
    return counted


@pytest.mark.parametrize("form", ["whole", "halved"])
def test_plain_diffusers_draws_the_same_frames(
    form: str,
    request: pytest.FixtureRequest,
    generator: LocalImageGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder: Path = request.getfixturevalue(form)
    asked = clip(folder)
    if form == "halved":  # which can end as it is told, too
        task = Animate(FIRST.sha, 5, "12", LAST.sha)
        asked = replace(asked, references=(FIRST, LAST), task=task)
    drawn: list[bytes] = []

    def keep(frames: Iterable[bytes], *_: object) -> bytes:
        drawn.extend(frames)
        return b"film"

    monkeypatch.setattr(clips, "clip_film", keep)
    found = generator.render(asked).media
    model: Any = generator._loaded.model  # type: ignore[union-attr]
    with quiet_libraries():
        pipe: Any = library.WanImageToVideoPipeline.from_pretrained(folder)
    pipe.set_progress_bar_config(disable=True)
    pictures = [
        opened_png(each.picture).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        for each in asked.references
    ]
    frames = pipe(
        image=pictures[0],
        last_image=pictures[1] if len(pictures) > 1 else None,
        # Its own way to encode a text asks for a package that is not installed.
        prompt_embeds=model._prompts.of(asked.prompt),
        negative_prompt_embeds=model._prompts.of(asked.negative_prompt),
        width=SIDE,
        height=SIDE,
        num_frames=5,
        num_inference_steps=3,
        guidance_scale=5.0,
        generator=torch.Generator("cpu").manual_seed(7),
    ).frames[0]
    expected = (frames * 255).round()
    assert np.abs(np.asarray(opened_png(found.png), float) - expected[0]).max() <= 1
    held = np.frombuffer(b"".join(drawn), np.uint8).reshape(expected.shape)
    assert np.abs(held - expected).max() <= 1
    assert found.clip is not None and (found.clip.frames, found.clip.fps) == (5, "12")


def test_the_last_picture_is_looked_at(halved: Path, generator: LocalImageGenerator) -> None:
    asked = clip(halved)
    ended = replace(asked, references=(FIRST, LAST), task=Animate(FIRST.sha, 5, "12", LAST.sha))
    free, led = (pixels(generator.render(each).media) for each in (asked, ended))
    assert np.abs(free[-1] - led[-1]).mean() > np.abs(free[0] - led[0]).mean()


@pytest.mark.parametrize("storage", ["folder", "gguf"])
def test_a_few_step_adapter_takes_two_steps_of_each_half(
    storage: str, halved: Path, calls: Counter[str]
) -> None:
    name = halved if storage == "folder" else halved / "wan-HighNoise-Q8_0.gguf"
    adapter = f"wan-lightning-4={halved / 'high_noise_model.safetensors'}"
    asked = but(clip(halved, steps=4, guidance_scale=1.0), few_step=adapter)
    asked = replace(asked, choice=ModelChoice(str(name)))
    with LocalImageGenerator(attention_slicing=False) as fresh:
        plain = fresh.render(replace(asked, techniques=())).media
        calls.clear()
        found = fresh.render(asked)
        assert {key: calls[key] for key in calls if key != "blocks"} == {"half 3": 2, "half 4": 2}
        again = replace(asked, prompt="a boat")
        maths = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
        with maths, FlopCounterMode(display=False) as counted:
            fresh.render(again)
    assert found.media != plain
    assert family_of(str(name)).cost(again).total * 1e12 == pytest.approx(
        counted.get_total_flops(), rel=0.001
    )
    assert family_of(str(name)).few_step(asked.few_step).steps == 4  # type: ignore[arg-type]


def test_quantised_halves_draw_nearly_the_same(
    halved: Path, generator: LocalImageGenerator
) -> None:
    asked = clip(halved)
    plain = generator.render(asked)
    low = replace(asked, choice=ModelChoice(str(halved / "wan-LowNoise-Q8_0.gguf")))
    found = generator.render(low)
    assert found.model_hash != plain.model_hash
    assert 0 < np.abs(pixels(found.media) - pixels(plain.media)).mean() < 3


def test_caches_save_what_they_say(
    halved: Path, generator: LocalImageGenerator, calls: Counter[str]
) -> None:
    asked = clip(halved, steps=8, guidance_scale=1.0)
    blocks = {}
    for way in ("off", "every=2", "every=3,first=2,last=1", "cache=1.0"):
        calls.clear()
        generator.render(but(asked, acceleration=way))
        blocks[way] = calls["blocks"]
    layers = 2
    for way in ("off", "every=2", "every=3,first=2,last=1"):
        plan = plan_of(but(asked, acceleration=way), high_steps(8, 5.0, 0.9))
        assert blocks[way] == layers * plan.evaluations
    # Three steps of one half and five of the other: each begins with one that is whole.
    assert (blocks["off"], blocks["every=2"]) == (16, 10)
    # The first layer is always computed; how many of the others are is the clip's own matter.
    assert 8 < blocks["cache=1.0"] < 16


@pytest.mark.parametrize("steps", [1, 4, 7, 20])
def test_the_halves_change_over_where_the_scheduler_does(steps: int) -> None:
    scheduler: Any = library.UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0
    )
    scheduler.set_timesteps(steps)
    for boundary in (0.5, 0.875, 0.9):
        high = sum(bool(each >= boundary * 1000) for each in scheduler.timesteps)
        assert high_steps(steps, 5.0, boundary) == high
    assert high_steps(steps, 5.0, None) == steps


def test_where_memory_is_short_the_halves_are_read_in_turn(
    halved: Path, generator: LocalImageGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = clip(halved)
    expected = generator.render(asked).media
    policy = DevicePolicy("cpu", "float32")
    files = FAMILY.files_of(asked.choice, (), policy)
    parts = {part: memory_of(files, part, policy) for part in ("vae", "text_encoder", *HALVES)}
    some = parts["vae"] + parts[HALVES[0]] + 1
    monkeypatch.setattr(DevicePolicy, "free_bytes", lambda _: some)
    with LocalImageGenerator(attention_slicing=False) as fresh:
        for _ in range(2):
            found = fresh.render(asked)
        pipe = fresh._loaded.model.pipe  # type: ignore[union-attr]
        assert pipe.transformer is None and pipe.text_encoder is None
    assert found.media == expected
    assert "the two halves of the model are read in turn" in " ".join(found.remarks)
    monkeypatch.setattr(DevicePolicy, "free_bytes", lambda _: parts["vae"])
    with pytest.raises(RenderError, match="GB are free: close other"):
        LocalImageGenerator().render(asked)


def test_what_the_published_models_compute() -> None:
    for name, parameters, once in ((A14B, 14.29, 365.6), (TI2V, 5.0, 70.1)):
        counter = counter_of(published(name))
        assert counter.parameters("transformer") / 1e9 == pytest.approx(parameters, rel=0.001)
        assert counter.parameters("text") / 1e9 == pytest.approx(5.681, rel=0.001)
        card = FAMILY.card(ModelChoice(name))
        assert card.clip is not None and card.tasks == {Animate.name}
        size = (832, 480) if name == A14B else (1280, 704)
        assert size[0] * size[1] == card.native_pixels
        assert counter.transformer(*size, 25) / 1e12 == pytest.approx(once, rel=0.001)


def test_under_a_macs_rules(whole: Path) -> None:
    steps: list[StepProgress] = []
    with Rehearsal() as rehearsal:
        asked = replace(clip(whole, steps=2), preview_every=1)
        with LocalImageGenerator() as generator:
            found = generator.render(asked, steps.append)
        assert rehearsal.faults == []
    assert (found.device, found.dtype) == ("mps", "bfloat16")
    assert [each.preview is not None for each in steps] == [True, False]


def test_what_cannot_be_used_is_said_in_a_line_before_anything_is_loaded(
    whole: Path, halved: Path, tmp_path: Path
) -> None:
    spoilt = {}
    for name, config, change in (
        ("words", "model_index.json", {"_class_name": "WanPipeline", "expand_timesteps": False}),
        ("deep", "transformer/config.json", {"num_layers": 5000}),
        ("others", "vae/config.json", {"latents_std": [1.0, 0.0, 1.0, 1.0]}),
        ("seen", "transformer/config.json", {"in_channels": 16}),
    ):
        spoilt[name] = tmp_path / name
        shutil.copytree(whole, spoilt[name])
        place = spoilt[name] / config
        place.write_text(json.dumps(json.loads(place.read_text()) | change))
    alone = shutil.copy(halved / "wan-HighNoise-Q8_0.gguf", tmp_path)
    unnamed = shutil.copy(halved / "wan-HighNoise-Q8_0.gguf", tmp_path / "wan.gguf")
    broken: tuple[tuple[Path | str, str], ...] = (
        (spoilt["words"], "WanPipeline"),
        (spoilt["deep"], "num_layers is 5000"),
        (spoilt["others"], "means and deviations"),
        (spoilt["seen"], "does not begin with a picture"),
        (alone, "put wan-LowNoise-Q8_0.gguf beside it"),
        (unnamed, "does not say which"),
    )
    for model, told in broken:
        with pytest.raises(ModelError, match=told) as caught:
            LocalImageGenerator().render(clip(model))
        assert len(str(caught.value).splitlines()) == 1
    small = Reference.of(b"no picture")
    adapter = f"wan-lightning-4={halved / 'high_noise_model.safetensors'}"
    for asked, told in (
        (clip(whole, frames=400), "makes 121 frames at most, and 400 are asked"),
        (replace(clip(whole), task=Animate("ab" * 32, 5, "12")), "to animate is missing"),
        (
            replace(clip(whole), references=(small,), task=Animate(small.sha, 5, "12")),
            "cannot be read",
        ),
        (
            replace(
                clip(whole), references=(FIRST, LAST), task=Animate(FIRST.sha, 5, "12", LAST.sha)
            ),
            "leave the last picture out",
        ),
        (but(clip(halved, steps=8), few_step=adapter), "made for 4 steps, and 8 are asked"),
        (but(clip(halved, steps=4), few_step=adapter), "without guidance"),
        (but(clip(whole), acceleration="decoder=tiny"), "has no tiny decoder"),
    ):
        with pytest.raises(InputError, match=told) as refused:
            LocalImageGenerator().check(asked)
        assert len(str(refused.value).splitlines()) == 1
    with pytest.raises(ModelError, match="in two halves, and this model has one"):
        fast = clip(whole, steps=4, guidance_scale=1.0)
        LocalImageGenerator().render(
            replace(fast, techniques=but(clip(halved), few_step=adapter).techniques)
        )
