"""Last stage of the training: a tiny decoder for drafts, which undoes the finished autoencoder.

AutoencoderTiny (O. Boer Bohan, TAESD, https://github.com/madebyollin/taesd) with 24 channels and no
block at full resolution: 118,000 weights. It learns from painted scenes and their latents, so it
belongs to one autoencoder; the checkpoint carries the first digits of that autoencoder's hash.
"""

from __future__ import annotations

import hashlib
import math
import random
import shutil
from typing import TYPE_CHECKING, Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny

from storyboard.starter.architecture import LATENT_CHANNELS, VAE_MULTIPLE
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.crops import painted_crops, painted_scene
from storyboard.starter.export import write_manifest
from storyboard.starter.muon import build_optimizers
from storyboard.starter.picture_loss import picture_loss
from storyboard.starter.run import Run, load_average

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
_SAVE_EVERY = 60.0
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
    folder: Path, target: Path, minutes: float, seed: int, say: Callable[[str], None]
) -> None:
    """Train until ``minutes`` are spent in all, then write the decoder into the finished model.

    Args:
        folder: Where the checkpoint lives; the run resumes from it.
        target: The exported model, for example ``assets/models/starter``: its autoencoder makes
            the latents, and its folder gets `TINY_FOLDER` and a new manifest.
        minutes: Of training, earlier runs included.
        seed: Of weights and scenes.
        say: Told how it goes.

    Raises:
        FileNotFoundError: ``target`` has no autoencoder yet.
    """
    # 1. The autoencoder as it ships, and what was learned about it before.
    weights = target / "vae" / "diffusion_pytorch_model.safetensors"
    digits = hashlib.sha256(weights.read_bytes()).hexdigest()[:8]
    loader: Any = AutoencoderKL
    vae = loader.from_pretrained(target / "vae", local_files_only=True).float().eval()
    torch.manual_seed(seed)
    model = build_tiny_decoder()
    optimizers = tiny_optimizers(model)
    checkpoint = Checkpoint(folder / f"tiny_decoder-{digits}.pt")
    run = Run(checkpoint, model.decoder, optimizers, minutes=minutes, warm_up=_WARM_UP)
    rng = random.Random(seed + run.step)

    # 2. Train against the clock.
    while not run.over:
        crops = painted_crops(rng)
        with torch.no_grad():
            latents = _latents(vae, crops)
        loss, error = tiny_loss(model, latents, crops)
        run.take_step(loss)
        if run.step % 100 == 0:
            psnr = 10 * math.log10(4 / max(error, 1e-9))
            say(f"tiny decoder step {run.step} {run.clock.elapsed:.0f}s {psnr:.2f} dB")
        run.save_every(_SAVE_EVERY)
    run.save()

    # 3. The averaged weights go into the model.
    load_average(checkpoint, model.decoder)
    _write(model, target)
    say(f"wrote {target / TINY_FOLDER}, {tiny_psnr(model, vae):.2f} dB")


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


def tiny_loss(model: Any, latents: torch.Tensor, crops: torch.Tensor) -> tuple[torch.Tensor, float]:
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


def _write(model: Any, target: Path) -> None:
    """Put the decoder into a model's folder: whole, or not at all."""
    half = target / f"{TINY_FOLDER}.half"
    shutil.rmtree(half, ignore_errors=True)
    model.half().save_pretrained(half, safe_serialization=True)
    model.float()
    shutil.rmtree(target / TINY_FOLDER, ignore_errors=True)
    half.rename(target / TINY_FOLDER)
    write_manifest(target)
