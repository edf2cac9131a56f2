"""The whole program under a Mac's rules: load, lock, every mode, every saving, previews, cancel."""

from __future__ import annotations

import io
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image

from config import SPEED_MODES
from storyboard.diffusion.device.policy import DevicePolicy, detect_policy
from storyboard.errors import RenderCancelled
from storyboard.techniques.acceleration import ACCELERATIONS
from storyboard.testing.rehearsal import Rehearsal
from tests.one_model import OneModel
from tests.requests import Lock, but, panel_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.request import PanelRequest
    from storyboard.values.stages import StepProgress

STEPS = 4  # enough for guidance that ends and for features that are reused


@pytest.fixture(scope="module")
def mac(model: str) -> Iterator[tuple[Rehearsal, OneModel]]:
    """The starter model on the rehearsed device, found there by the program itself."""
    with Rehearsal() as rehearsal:
        with OneModel(model) as generator:
            yield rehearsal, generator
        assert rehearsal.faults == []


@pytest.fixture
def lock(red: bytes) -> Lock:
    return Lock("Aigerim", (red,), 0.6)


@pytest.fixture
def panel(lock: Lock) -> PanelRequest:
    return panel_request(
        panel=1,
        prompt="a woman with red hair, yellow coat, wide shot, beach, day",
        negative_prompt="blurry",
        width=64,
        height=48,
        steps=STEPS,
        guidance_scale=6.5,
        seed=11,
        identities=(lock,),
    )


def pixels(png: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture, np.float32)


@pytest.mark.parametrize("mode", SPEED_MODES)
def test_every_mode_draws(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest, lock: Lock, mode: str
) -> None:
    rehearsal, generator = mac
    speed = SPEED_MODES[mode]
    held = replace(lock, scale=speed.ip_adapter_scale)
    before, emptied = dict(rehearsal.operators), rehearsal.emptied
    result = generator.render(
        but(panel, mode=mode, guidance_scale=speed.guidance_scale, identities=(held,), steps=2)
    )
    assert (result.device, result.dtype) == ("mps", "float16")
    assert pixels(result.media.png).std() > 5
    assert rehearsal.emptied > emptied  # the cache does not grow from panel to panel
    for own in ("_mps_convolution", "_scaled_dot_product_attention_math_for_mps"):
        assert rehearsal.operators[own] > before.get(own, 0)


@pytest.mark.parametrize("acceleration", ACCELERATIONS)
def test_every_acceleration_draws(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest, acceleration: str
) -> None:
    _, generator = mac
    assert pixels(generator.render(but(panel, acceleration=acceleration)).media.png).std() > 5


def test_a_panel_is_the_one_that_the_cpu_draws_in_fp32(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest, model: str
) -> None:
    """fp16, autocast and MPS's own operators change the rounding, not the picture."""
    _, rehearsed = mac
    found = pixels(rehearsed.render(panel).media.png)
    # Not the fixture `generator`: whoever asks for it first decides where it loads.
    with OneModel(model, policy=DevicePolicy("cpu", "float32")) as plain:
        drawn = plain.render(panel)
    assert drawn.device == "cpu"
    difference = np.abs(found - pixels(drawn.media.png)).mean()
    assert 0 < difference < 1


def test_without_an_identity_and_with_previews(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest
) -> None:
    _, generator = mac
    steps: list[StepProgress] = []
    generator.render(but(panel, identities=(), preview_every=1), steps.append)
    assert [each.preview is not None for each in steps] == [*[True] * (STEPS - 1), False]
    assert all(each.memory > 0 for each in steps)


def test_a_panel_is_judged(mac: tuple[Rehearsal, OneModel], panel: PanelRequest) -> None:
    _, generator = mac
    agreement = generator.render(but(panel, judged=True, steps=2)).agreement
    assert agreement is not None
    assert [name for name, _ in agreement.identities] == ["Aigerim"]
    assert agreement.prompt is not None


@pytest.mark.parametrize(
    ("network", "times", "width", "height"),
    [("unet", 2, 64, 48), ("vae.decoder", 1, 384, 224)],  # a smaller one has no tiles
)
def test_out_of_memory_is_survived(
    mac: tuple[Rehearsal, OneModel],
    panel: PanelRequest,
    network: str,
    times: int,
    width: int,
    height: int,
) -> None:
    """Encoders leave and come back, attention is cut, decoding is tiled: all on the device."""
    _, generator = mac
    calls = 0

    def full(*_: object) -> None:
        nonlocal calls
        calls += 1
        if calls <= times:
            raise RuntimeError("MPS backend out of memory (MPS allocated: 8.90 GB)")

    module = attrgetter(network)(generator.model.pipe)
    hook = module.register_forward_pre_hook(full)
    try:
        result = generator.render(but(panel, width=width, height=height, steps=1))
    finally:
        hook.remove()
    assert calls > times
    assert "memory" in " ".join(result.remarks)
    again = but(panel, prompt=f"a man with a hat, {network}", steps=2)
    assert pixels(generator.render(again).media.png).std() > 5


def test_two_characters_in_one_frame(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest, lock: Lock, blue: bytes
) -> None:
    _, generator = mac
    both = (lock, Lock("Dana", (blue,), 0.5))
    assert generator.render(but(panel, identities=both, steps=2)).media.png


def test_cancel_ends_within_a_step_and_the_next_panel_is_whole(
    mac: tuple[Rehearsal, OneModel], panel: PanelRequest
) -> None:
    rehearsal, generator = mac
    done: list[int] = []
    emptied = rehearsal.emptied
    with pytest.raises(RenderCancelled):
        generator.render(panel, lambda each: done.append(each.step), lambda: len(done) == 2)
    assert done == [1, 2]
    assert rehearsal.emptied > emptied
    again = generator.render(panel)
    assert again.media.png == generator.render(panel).media.png


def test_a_seed_gives_the_same_noise_as_on_the_cpu(
    mac: tuple[Rehearsal, OneModel],
) -> None:
    policy = detect_policy()
    assert policy.device == "mps"
    noise = torch.randn(4, generator=policy.generator(7)).to(policy.device)
    expected = torch.randn(4, generator=torch.Generator("cpu").manual_seed(7))
    assert torch.equal(noise.cpu(), expected)


def test_attention_in_chunks_is_ours_and_channels_may_come_last(
    mac: tuple[Rehearsal, OneModel], model: str, panel: PanelRequest
) -> None:
    """The settings that broke other programs on MPS: slicing with an adapter, and channels_last."""
    rehearsal, _ = mac
    with OneModel(model, channels_last=True, attention_slicing=True) as generator:
        assert generator.render(but(panel, steps=1)).media.png
        emptied = rehearsal.emptied
    assert rehearsal.emptied > emptied  # unloading gives the memory back
