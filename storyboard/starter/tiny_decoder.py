"""Last stage of the training: a tiny decoder for drafts, which undoes the finished autoencoder.

AutoencoderTiny (O. Boer Bohan, TAESD, https://github.com/madebyollin/taesd) with 24 channels and no
block at full resolution: 118,000 weights. It learns from painted scenes and their latents, so it
belongs to one autoencoder and has to be trained again after it.
"""

from __future__ import annotations

import math
import random
import shutil
from typing import TYPE_CHECKING, Any

import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny

from storyboard.starter.architecture import LATENT_CHANNELS, VAE_MULTIPLE
from storyboard.starter.autoencoder import load_autoencoder, load_statistics, painted_scene
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.export import fold_statistics
from storyboard.starter.gallery import Gallery
from storyboard.starter.muon import build_optimizers
from storyboard.starter.painted import Painted
from storyboard.starter.picture_loss import picture_loss
from storyboard.starter.run import Run, load_average
from storyboard.starter.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "TINY_FOLDER",
    "build_tiny_decoder",
    "tiny_loss",
    "tiny_optimizers",
    "tiny_psnr",
    "train_tiny_decoder",
]

TINY_FOLDER = "vae_tiny"
"""Where the program looks for it in a model's folder."""

_WIDTH, _BLOCKS = 24, (2, 2, 1, 1, 0)
_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 2e-3, 50
_CROP = 128
_EDGE = VAE_MULTIPLE
"""Pixels at a crop's edges that do not count: their latents know what lies beyond the crop."""


def build_tiny_decoder() -> Any:
    """An untrained decoder from (16, H/16, W/16) to (3, H, W) in -1..1.

    The class has an encoder too, which nobody uses here: one channel wide, and all zeros.
    """
    tiny: Any = AutoencoderTiny
    model = tiny(
        latent_channels=LATENT_CHANNELS,
        encoder_block_out_channels=(1,) * len(_BLOCKS),
        num_encoder_blocks=(0,) * len(_BLOCKS),
        decoder_block_out_channels=(_WIDTH,) * len(_BLOCKS),
        num_decoder_blocks=_BLOCKS,
    )
    for weight in model.encoder.parameters():
        torch.nn.init.zeros_(weight)
    return model


def train_tiny_decoder(
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
    """Train for ``minutes``, then write the decoder into ``folder``, for the export.

    Args:
        folder: Where the checkpoints of the autoencoder and of this network live.
        minutes: Of this call.
        seed: Of weights and pictures.
        say: Told how it goes.
        device: "cpu", "cuda" or "mps".
        workers: Processes that paint; with 0, training paints between its steps.
        crops: Crops in a batch.
        save_every: Seconds between two saves.

    Raises:
        FileNotFoundError: No autoencoder was trained in ``folder``.
    """
    # 1. The autoencoder as it will ship, and what was learned about it before.
    torch.manual_seed(seed)
    vae = load_autoencoder(folder)
    fold_statistics(vae, *load_statistics(folder))
    vae.to(device)
    model = build_tiny_decoder().to(device)
    checkpoint = Checkpoint(folder / "tiny_decoder.pt")
    optimizers = tiny_optimizers(model)
    run = Run(checkpoint, model.decoder, optimizers, minutes=minutes, warm_up=_WARM_UP)
    gallery = Gallery(device, 24_000 if device == "cuda" else 600)
    painted = Painted(folder / "tokenizer", seed + run.step, 16 if workers else 4, plain=True)

    # 2. Train against the clock.
    with Supply(painted, workers, gallery) as supply:
        supply.begin(min(crops, 64))
        while not run.over:
            supply.fill()
            pictures = gallery.crops(crops, _CROP)
            with torch.no_grad():
                latents = _latents(vae, pictures)
            loss, error = tiny_loss(model, latents, pictures)
            run.take_step(loss)
            if run.step % 100 == 0:
                psnr = 10 * math.log10(4 / max(float(error), 1e-9))
                say(f"tiny decoder step {run.step} {run.clock.elapsed:.0f}s {psnr:.2f} dB")
            run.save_every(save_every)
    run.save()

    # 3. The averaged weights, for the model.
    load_average(checkpoint, model.decoder)
    model.cpu()
    _write(model, folder)
    say(f"wrote {folder / TINY_FOLDER}, {tiny_psnr(model, vae.cpu()):.2f} dB")


@torch.no_grad()
def tiny_psnr(model: Any, vae: Any, pictures: int = 8, seed: int = 7_000_000) -> float:
    """Mean PSNR in dB of held-out scenes, encoded by ``vae`` and decoded by ``model``."""
    rng, total = random.Random(seed), 0.0
    for _ in range(pictures):
        picture = painted_scene(rng)
        again = model.decode(_latents(vae, picture)).sample.clamp(-1, 1)
        total += 10 * math.log10(4 / float((picture - again).square().mean()))
    return total / pictures


def tiny_optimizers(model: Any) -> tuple[torch.optim.Optimizer, torch.optim.Optimizer]:
    """The optimizers of the decoder; what they must know of its layers they know by name."""
    last = f"layers.{len(model.decoder.layers) - 1}."
    named = [
        (name.replace("layers.0.", "conv_in.").replace(last, "conv_out."), weight)
        for name, weight in model.decoder.named_parameters()
    ]
    return build_optimizers(named, matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE)


def _latents(vae: Any, pictures: torch.Tensor) -> torch.Tensor:
    """Latents as the UNet makes them; the exported autoencoder's are normalised already."""
    latents: torch.Tensor = vae.encode(pictures).latent_dist.mode() * vae.config.scaling_factor
    return latents


def tiny_loss(
    model: Any, latents: torch.Tensor, crops: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The pictures' loss, away from the crops' edges.

    Args:
        model: Of `build_tiny_decoder`.
        latents: (n, 16, height / 16, width / 16), as the UNet makes them.
        crops: What they were encoded from: (n, 3, height, width) in -1..1.

    Returns:
        The loss, and the mean squared error.
    """
    again = model.decode(latents).sample
    return picture_loss((crops - again)[:, :, _EDGE:-_EDGE, _EDGE:-_EDGE])


def _write(model: Any, folder: Path) -> None:
    """Put the decoder into a folder of its own: whole, or not at all."""
    half = folder / f"{TINY_FOLDER}.half"
    shutil.rmtree(half, ignore_errors=True)
    model.half().save_pretrained(half, safe_serialization=True)
    model.float()
    shutil.rmtree(folder / TINY_FOLDER, ignore_errors=True)
    half.rename(folder / TINY_FOLDER)
