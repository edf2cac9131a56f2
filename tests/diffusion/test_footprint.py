"""What is predicted about memory, held to exact counts of the bytes that are alive."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.architecture import architecture_of, sdxl
from storyboard.diffusion.families.sdxl.counting import build_network
from storyboard.diffusion.families.sdxl.footprint import denoise_peak
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE, install_attention
from storyboard.diffusion.parts.autoencoder_memory import decode_peak
from storyboard.testing.live_bytes import LiveBytes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

META = "meta"
SMALL = SCORES_BUDGET // 8
WIDE = (72, 128)  # latents of 1024x576


@cache
def network(model: str, name: str) -> Any:
    shapes = sdxl() if model == "sdxl" else architecture_of(model)
    with quiet_libraries():
        return build_network(shapes, name).half().eval()


@cache
def evaluated(model: str, size: tuple[int, int], budget: int) -> int:
    """Peak of a guided evaluation in fp16, attention as a device without a fused kernel does it."""
    unet = network(model, "unet")
    install_attention(unet, budget)
    shapes = sdxl() if model == "sdxl" else architecture_of(model)
    added = {
        "text_embeds": half(2, json.loads(shapes.text[1])["projection_dim"]),
        "time_ids": half(2, 6),
    }
    with unfused(), torch.no_grad(), LiveBytes() as live:
        unet(
            half(2, unet.config.in_channels, *size),
            torch.empty((), device=META),
            half(2, 77, unet.config.cross_attention_dim),
            added_cond_kwargs=added,
        )
    return int(live.peak)


def decoded(model: str, size: tuple[int, int], budget: int) -> int:
    vae = network(model, "vae")
    install_attention(vae, budget)
    with unfused(), torch.no_grad(), LiveBytes() as live:
        vae.decode(half(1, vae.config.latent_channels, *size))
    return int(live.peak)


def half(*shape: int) -> torch.Tensor:
    return torch.empty(*shape, device=META, dtype=torch.float16)


def unfused() -> AbstractContextManager[None]:
    return sdpa_kernel(SDPBackend.MATH)


COUNTED = [
    ("sdxl", WIDE, WHOLE),
    ("sdxl", WIDE, SCORES_BUDGET),
    ("sdxl", WIDE, SMALL),
    ("starter", WIDE, WHOLE),
    ("starter", WIDE, SMALL),
]


@pytest.mark.parametrize(("model", "size", "budget"), COUNTED)
def test_the_peak_of_an_evaluation_is_foreseen(
    model: str, size: tuple[int, int], budget: int
) -> None:
    peak = evaluated(model, size, budget)
    assert peak <= denoise_peak(network(model, "unet"), *size, 2, budget, fused=False) <= 2 * peak


@pytest.mark.parametrize("model", ["sdxl", "starter"])
def test_the_peak_of_decoding_is_foreseen(model: str) -> None:
    vae = network(model, "vae")
    for size in (WIDE, (16, 28)):
        peak = decoded(model, size, SMALL)
        assert peak <= 1.05 * decode_peak(vae, *size, SMALL, fused=False)
        assert decode_peak(vae, *size, SMALL, fused=True) <= 1.5 * peak


def test_attention_in_pieces_lowers_the_peak_by_these_factors() -> None:
    """The numbers of docs/performance.md: SDXL, guided, fp16."""

    def factor(size: tuple[int, int], budget: int) -> float:
        return evaluated("sdxl", size, WHOLE) / evaluated("sdxl", size, budget)

    assert factor(WIDE, SCORES_BUDGET) == pytest.approx(2.5, abs=0.1)
    assert factor(WIDE, SMALL) == pytest.approx(5.4, abs=0.1)


def test_what_is_gone_is_not_counted() -> None:
    with LiveBytes() as live:
        first = torch.zeros(1000, dtype=torch.uint8)
        view = first[:10]
        second = first + 1
        del first
        assert live.now == 2000  # the view keeps the whole storage
        del view
        assert live.now == 1000
        second.add_(1)
        assert live.now == 1000
    assert (live.peak, live.largest) == (2000, 1000)
