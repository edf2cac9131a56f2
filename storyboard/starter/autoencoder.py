"""First stage of the training: the autoencoder, on crops of freshly painted scenes."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

import torch

from storyboard.starter.architecture import build_autoencoder
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.crops import painted_crops, painted_scene
from storyboard.starter.muon import build_optimizers
from storyboard.starter.picture_loss import picture_loss
from storyboard.starter.run import Run, load_average

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


__all__ = ["load_autoencoder", "reconstruction_psnr", "train_autoencoder"]

_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 2e-3, 50
_KL_WEIGHT = 4e-6
_SQUARED_WEIGHT = 8.0
"""Brings the squared error, a few thousandths, level with the absolute one."""
_SAVE_EVERY = 120.0


def train_autoencoder(folder: Path, minutes: float, seed: int, say: Callable[[str], None]) -> None:
    """Train until ``minutes`` are spent in all, resuming from ``folder``; saves every two minutes.

    The loss is that of pictures, and a KL term just strong enough to keep the latents in one range.
    """
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    model = build_autoencoder()
    run = Run(
        Checkpoint(folder / "autoencoder.pt"),
        model,
        build_optimizers(
            model.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    rng = random.Random(seed + run.step)

    # 2. Train against the clock.
    while not run.over:
        loss, error = _loss(model, painted_crops(rng))
        run.take_step(loss)
        if run.step % 50 == 0:
            psnr = 10 * math.log10(4 / max(error, 1e-9))
            say(f"autoencoder step {run.step} {run.clock.elapsed:.0f}s {psnr:.2f} dB")
        run.save_every(_SAVE_EVERY)
    run.save()


def load_autoencoder(folder: Path) -> Any:
    """The averaged weights of the last checkpoint in ``folder``, ready to use."""
    model = build_autoencoder()
    load_average(Checkpoint(folder / "autoencoder.pt"), model)
    return model.eval()


def load_statistics(folder: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and deviation of each raw latent channel, (channels,) each.

    Raises:
        FileNotFoundError: No autoencoder was trained in ``folder``.
    """
    state = Checkpoint(folder / "autoencoder.pt").load()
    if state is None:
        raise FileNotFoundError(folder / "autoencoder.pt")
    mean, std = state["statistics"]
    return mean, std


def reconstruction_psnr(model: Any, pictures: int = 64, seed: int = 7_000_000) -> float:
    """Mean PSNR in dB of held-out native-size scenes after encode and decode."""
    rng, total = random.Random(seed), 0.0
    for _ in range(pictures):
        picture = painted_scene(rng)
        with torch.inference_mode():
            again = model.decode(model.encode(picture).latent_dist.mode()).sample.clamp(-1, 1)
        total += 10 * math.log10(4 / float((picture - again).square().mean()))
    return total / pictures


def _loss(model: Any, crops: torch.Tensor) -> tuple[torch.Tensor, float]:
    with torch.autocast(crops.device.type, dtype=torch.bfloat16):
        posterior = model.encode(crops).latent_dist
        again = model.decode(posterior.sample()).sample.float()
    loss, error = picture_loss(crops - again, _SQUARED_WEIGHT)
    kl = posterior.kl().float().mean() / posterior.mean[0].numel()
    return loss + _KL_WEIGHT * kl, error
