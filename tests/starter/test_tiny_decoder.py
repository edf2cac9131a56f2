from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, cast

import diffusers
import pytest
import torch

from storyboard.diffusion.families.sdxl.tiny_decoder import FOLDER
from storyboard.diffusion.weights.place import STARTER
from storyboard.starter.autoencoder import painted_scene
from storyboard.starter.tiny_decoder import (
    TINY_FOLDER,
    build_tiny_decoder,
    tiny_loss,
    tiny_optimizers,
    train_tiny_decoder,
)

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = 250_000
"""Bytes in fp16: with it the model's folder stays below 24 MB."""


def test_it_fits_beside_the_model_and_enlarges_sixteenfold() -> None:
    tiny = build_tiny_decoder()
    assert 2 * sum(weight.numel() for weight in tiny.parameters()) < BUDGET
    assert tiny.decode(torch.zeros(1, 16, 2, 3)).sample.shape == (1, 3, 32, 48)
    assert TINY_FOLDER == FOLDER


def test_it_learns_what_a_latent_looks_like() -> None:
    torch.manual_seed(0)
    tiny, loader = build_tiny_decoder(), cast("Any", diffusers).AutoencoderKL
    vae = loader.from_pretrained(STARTER / "vae", local_files_only=True).float().eval()
    rng = random.Random(0)
    crops = torch.cat([painted_scene(rng)[:, :, 100:196, 150:246] for _ in range(4)])
    with torch.no_grad():
        latents = vae.encode(crops).latent_dist.mode()
    optimizers = tiny_optimizers(tiny)
    losses = []
    for _ in range(30):
        loss, _ = tiny_loss(tiny, latents, crops)
        tiny.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for optimizer in optimizers:
            optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.6 * losses[0]


def test_it_wants_an_autoencoder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="autoencoder"):
        train_tiny_decoder(tmp_path, 0.01, 0, print)
