"""Half precision on a CPU: what it changes, and that the model's own decoder stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from storyboard.diffusion.device.findings import CHANNELS_LAST
from storyboard.diffusion.device.policy import DevicePolicy, choose_policy
from storyboard.techniques.acceleration import Acceleration
from tests.diffusion.plain import pixels
from tests.one_model import OneModel
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.request import PanelRequest

QUICK = DevicePolicy("cpu", "float32", bf16_instructions=True)
SLOW = DevicePolicy("cpu", "float32")


@pytest.fixture(scope="module")
def starter() -> Iterator[OneModel]:
    with OneModel("starter", policy=QUICK) as loaded:
        yield loaded


def _panel(request_: PanelRequest, acceleration: str) -> PanelRequest:
    return but(request_, width=224, height=128, steps=3, acceleration=acceleration)


def _mean_distance(one: bytes, other: bytes) -> float:
    return float(np.abs(pixels(one).astype(float) - pixels(other).astype(float)).mean())


def test_half_precision_is_the_same_picture_to_the_eye(
    starter: OneModel, request_: PanelRequest
) -> None:
    full = starter.render(_panel(request_, "off"))
    half = starter.render(_panel(request_, "off,precision=half"))
    assert 0 < _mean_distance(full.media.png, half.media.png) < 4
    assert starter.render(_panel(request_, "off,precision=half")).media.png == half.media.png
    # The model's own decoder has lost no digit by it.
    assert starter.render(_panel(request_, "off")).media.png == full.media.png


@pytest.mark.parametrize("preset", ["balanced", "max"])
def test_the_presets_compute_in_half_precision(
    starter: OneModel, request_: PanelRequest, preset: str
) -> None:
    quick = starter.render(_panel(request_, preset))
    assert quick.media.png == starter.render(_panel(request_, f"{preset},precision=half")).media.png
    assert quick.media.png != starter.render(_panel(request_, f"{preset},precision=own")).media.png


@pytest.mark.parametrize("off", [(), (CHANNELS_LAST,)])
def test_the_decoder_in_half_precision_keeps_the_layout_that_is_right(off: tuple[str, ...]) -> None:
    with OneModel("starter", policy=replace(QUICK, switched_off=off)) as ours:
        loaded: Any = ours.model
        decoder = loaded._decoders.of(Acceleration(precision="half")).autoencoder
        weight = decoder.decoder.conv_in.weight
        assert weight.dtype == torch.bfloat16
        assert weight.is_contiguous(memory_format=torch.channels_last) is (not off)


def test_a_cpu_without_the_instructions_computes_as_ever(request_: PanelRequest) -> None:
    with OneModel("starter", policy=SLOW) as ours:
        full = ours.render(_panel(request_, "off"))
        assert ours.render(_panel(request_, "off,precision=half")).media.png == full.media.png


def test_what_half_precision_spoils_the_own_decoder_saves(
    starter: OneModel, request_: PanelRequest
) -> None:
    half = starter.render(_panel(request_, "off,precision=half"))
    model: Any = starter.model
    spoiled: list[torch.dtype] = []

    def nan(_: object, __: object, decoded: torch.Tensor) -> torch.Tensor:
        spoiled.append(decoded.dtype)
        return decoded * torch.nan

    hook = model._decoders._half.autoencoder.decoder.register_forward_hook(nan)
    try:
        rescued = starter.render(_panel(request_, "off,precision=half"))
    finally:
        hook.remove()
    assert spoiled == [torch.bfloat16]
    assert rescued.rescue is not None
    assert rescued.rescue.path == ("decoder in fp32",)
    # The latents were drawn in half precision and are kept; only the decoder is another.
    assert 0 < _mean_distance(rescued.media.png, half.media.png) < 1


def test_only_a_cpu_is_asked_for_its_instructions() -> None:
    cpu = choose_policy(mps=False, cuda=False, fp16_autocast=True, thread=1, bf16_instructions=True)
    assert cpu.quick_in_bf16
    assert not replace(cpu, dtype="bfloat16").quick_in_bf16
    for mps, cuda in ((True, False), (False, True)):
        gpu = choose_policy(
            mps=mps, cuda=cuda, fp16_autocast=True, thread=1, bf16_instructions=True
        )
        assert not gpu.quick_in_bf16
