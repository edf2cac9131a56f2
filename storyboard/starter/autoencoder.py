"""The autoencoder's training, on crops of freshly painted pictures."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from storyboard.starter.architecture import LATENT_CHANNELS, NATIVE_SIZE, build_autoencoder
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.gallery import Gallery
from storyboard.starter.muon import build_optimizers
from storyboard.starter.painted import Painted
from storyboard.starter.painter import paint
from storyboard.starter.picture_loss import picture_loss
from storyboard.starter.precision import quick
from storyboard.starter.run import Run, load_average
from storyboard.starter.sampling import sample_scene
from storyboard.starter.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


__all__ = [
    "load_autoencoder",
    "load_statistics",
    "painted_scene",
    "reconstruction_psnr",
    "train_autoencoder",
]

_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.01, 1e-3, 50
_KL_WEIGHT = 4e-6
_SQUARED_WEIGHT = 8.0
"""Brings the squared error, a few thousandths, level with the absolute one."""
_CROP = 128
_MEASURED = 128
"""Pictures from which the latents' statistics are taken."""


def train_autoencoder(
    folder: Path,
    minutes: float,
    seed: int,
    say: Callable[[str], None],
    *,
    device: str = "cpu",
    workers: int = 0,
    crops: int = 12,
    save_every: float = 180.0,
) -> None:
    """Train for ``minutes``, going on from what ``folder`` holds, and save now and then.

    The loss is that of pictures, and a KL term just strong enough to keep the latents in one range.
    The latents' statistics are saved with the weights.

    Args:
        folder: Tokenizer and checkpoint.
        minutes: Of this call.
        seed: Of what is painted.
        say: Takes a line of progress now and then.
        device: "cpu", "cuda" or "mps".
        workers: Processes that paint; with 0, training paints between its steps.
        crops: Crops in a batch.
        save_every: Seconds between two saves.
    """
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    model = build_autoencoder().to(device)
    checkpoint = Checkpoint(folder / "autoencoder.pt")
    run = Run(
        checkpoint,
        model,
        build_optimizers(
            model.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    gallery = Gallery(device, 24_000 if device == "cuda" else 600)
    painted = Painted(folder / "tokenizer", seed + run.step, 16 if workers else 4, plain=True)

    # 2. Train against the clock.
    with Supply(painted, workers, gallery) as supply:
        supply.begin(min(crops, 64))
        while not run.over:
            supply.fill()
            loss, error = _loss(model, gallery.crops(crops, _CROP))
            run.take_step(loss)
            if run.step % 50 == 0:
                psnr = 10 * math.log10(4 / max(float(error), 1e-9))
                say(f"autoencoder step {run.step} {run.clock.elapsed:.0f}s {psnr:.2f} dB")
            run.save_every(save_every)
    run.save()

    # 3. What the latents of its average are like.
    run.save(statistics=_statistics(load_autoencoder(folder), seed))


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


def painted_scene(rng: random.Random) -> torch.Tensor:
    """A scene of native size: (1, 3, height, width) in -1..1."""
    pixels = np.asarray(paint(sample_scene(rng), NATIVE_SIZE), dtype=np.float32)
    return (torch.from_numpy(pixels) / 127.5 - 1).permute(2, 0, 1).unsqueeze(0).contiguous()


def reconstruction_psnr(model: Any, pictures: int = 64, seed: int = 7_000_000) -> float:
    """Mean PSNR in dB of held-out native-size scenes after encode and decode."""
    rng, total = random.Random(seed), 0.0
    for _ in range(pictures):
        picture = painted_scene(rng)
        with torch.inference_mode():
            again = model.decode(model.encode(picture).latent_dist.mode()).sample.clamp(-1, 1)
        total += 10 * math.log10(4 / float((picture - again).square().mean()))
    return total / pictures


def _statistics(model: Any, seed: int) -> list[torch.Tensor]:
    rng = random.Random(f"statistics {seed}")
    with torch.inference_mode():
        latents = [model.encode(painted_scene(rng)).latent_dist.mode() for _ in range(_MEASURED)]
    values = torch.cat([each[0].flatten(1) for each in latents], dim=1)
    assert len(values) == LATENT_CHANNELS
    return [values.mean(1).clone(), values.std(1).clone()]


def _loss(model: Any, crops: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    with quick(crops.device):
        posterior = model.encode(crops).latent_dist
        again = model.decode(posterior.sample()).sample.float()
    loss, error = picture_loss(crops - again, _SQUARED_WEIGHT)
    kl = posterior.kl().float().mean() / posterior.mean[0].numel()
    return loss + _KL_WEIGHT * kl, error
