from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any, cast

import diffusers
import pytest
import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.files import STARTER
from storyboard.diffusion.families.sdxl.tiny_decoder import FOLDER
from storyboard.diffusion.weights.checksums import check_manifest
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.crops import painted_crops
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


def test_a_stage_trains_goes_on_and_writes_it_into_the_model(tmp_path: Path) -> None:
    target, work = tmp_path / "model", tmp_path / "work"
    target.mkdir()
    shutil.copytree(STARTER / "vae", target / "vae")
    said: list[str] = []
    with quiet_libraries():
        train_tiny_decoder(work, target, 0.01, 0, said.append)
        train_tiny_decoder(work, target, 0.01, 0, said.append)  # nothing is left to do
    (file,) = work.glob("tiny_decoder-*.pt")
    state = Checkpoint(file).load()
    assert state is not None
    assert state["step"] > 0
    assert "wrote" in said[-1]
    assert (target / FOLDER / "config.json").is_file()
    check_manifest(target, "again")


def test_it_learns_what_a_latent_looks_like() -> None:
    torch.manual_seed(0)
    tiny, loader = build_tiny_decoder(), cast("Any", diffusers).AutoencoderKL
    vae = loader.from_pretrained(STARTER / "vae", local_files_only=True).float().eval()
    crops = painted_crops(random.Random(0))[:4, :, :96, :96]
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


def test_it_wants_a_finished_model(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="vae"):
        train_tiny_decoder(tmp_path, tmp_path / "model", 0.01, 0, print)
