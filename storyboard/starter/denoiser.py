"""Third stage of the training: UNet and IP-Adapter at once; the encoders stay as they are."""

from __future__ import annotations

import random
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import torch
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from torch.nn.attention import SDPBackend, sdpa_kernel

from storyboard.starter.architecture import build_scheduler
from storyboard.starter.captioner import NEGATIVE_PHRASES
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Networks, load_tokenizer
from storyboard.starter.dataset import latent_statistics
from storyboard.starter.encoder_training import load_lessons
from storyboard.starter.muon import build_optimizers
from storyboard.starter.run import Run, load_average

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from storyboard.starter.dataset import Batch, Shard

__all__ = ["load_networks", "train_denoiser"]

_CELLS = 32 * 28 * 16
"""Latent cells a step: 32 pictures of the native size, or as many small ones as cost the same."""
_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 1.5e-3, 100
_SAVE_EVERY = 180.0
_UNCONDITIONAL = 0.1
_NO_ADAPTER = 0.15
"""Share of the steps on which the adapter does no work at all."""
_NO_REFERENCE = 0.2
"""Share of the pictures whose image embedding is zero, as the guidance's other half has it."""
_ANONYMOUS = 0.6
"""Share of the captions with a reference that leave the looks to it."""
_LOWEST_SCALE = 0.4


def train_denoiser(
    folder: Path,
    shards: Sequence[Shard],
    minutes: float,
    seed: int,
    say: Callable[[str], None],
    device: str = "cpu",
) -> None:
    """Train until ``minutes`` are spent in all, resuming from ``folder``; saves every 3 minutes.

    The UNet learns velocities (Salimans and Ho, arXiv 2202.00512). Each step draws one adapter
    scale for all its pictures, from 0.4 to 1 or none, so that the scale keeps a meaning.
    """
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    networks = Networks(load_tokenizer(folder / "tokenizer"))
    load_lessons(folder, networks)
    networks.freeze_encoders()
    networks.to(device)
    run = Run(
        Checkpoint(folder / "denoiser.pt"),
        networks,
        build_optimizers(
            networks.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    noise_schedule: Any = DDPMScheduler.from_config(build_scheduler().config)
    mean, std = latent_statistics(shards)
    rng = random.Random(seed + run.step)
    weights = [len(shard.scenes) for shard in shards]
    smoothed = 0.0

    # 2. Train against the clock.
    while not run.over:
        batch = rng.choices(shards, weights)[0].batch(rng, _CELLS, mean, std)
        loss = _loss(networks, batch, noise_schedule, rng)
        run.take_step(loss)
        smoothed += (float(loss.detach()) - smoothed) * (0.01 if run.step > 100 else 0.1)
        if run.step % 50 == 0:
            say(f"denoiser step {run.step} {run.clock.elapsed:.0f}s loss {smoothed:.4f}")
        run.save_every(_SAVE_EVERY)
    run.save()


def load_networks(folder: Path) -> Networks:
    """The averaged weights of the last checkpoint in ``folder``, ready to use."""
    networks = Networks(load_tokenizer(folder / "tokenizer"))
    load_average(Checkpoint(folder / "denoiser.pt"), networks)
    return networks.eval()


def _loss(networks: Networks, batch: Batch, schedule: Any, rng: random.Random) -> torch.Tensor:
    device = next(networks.parameters()).device
    latents = batch.latents.to(device)
    count = len(latents)

    # 1. Noise at a random time.
    noise = torch.randn_like(latents)
    timesteps = torch.randint(0, schedule.config.num_train_timesteps, (count,), device=device)
    noisy = schedule.add_noise(latents, noise, timesteps)

    # 2. What the networks are told; the unconditional ones have neither words nor picture.
    adapter = rng.random() >= _NO_ADAPTER
    networks.set_adapter_scale(rng.uniform(_LOWEST_SCALE, 1.0) if adapter else 0.0)
    told = [rng.random() >= _UNCONDITIONAL for _ in batch.scenes]
    shown = [
        adapter and tells and bool(scene.people) and rng.random() >= _NO_REFERENCE
        for scene, tells in zip(batch.scenes, told, strict=True)
    ]
    captions = [
        batch.caption(index, rng, anonymous=seen and rng.random() < _ANONYMOUS)
        if tells
        else _unconditional(rng)
        for index, (tells, seen) in enumerate(zip(told, shown, strict=True))
    ]

    # 3. The error of the prediction. Unweighted, a velocity gives the layout of the picture, which
    #    is decided in heavy noise, the same say as its edges; noise prediction, tried first, had
    #    learned edges but no places after the same time.
    with torch.autocast(latents.device.type, dtype=torch.bfloat16), _attention(device):
        conditions = networks.conditions(captions, batch.references.to(device), shown)
        predicted = networks.predict(noisy, timesteps, conditions, batch.size).float()
    velocity = schedule.get_velocity(latents, noise, timesteps)
    squared = (predicted - velocity).square()
    loss: torch.Tensor = (squared * batch.weights.to(device)).mean()
    return loss


def _attention(device: torch.device) -> AbstractContextManager[None]:
    """Plain matrix products on a CPU: backward, its fused attention takes a fifth longer."""
    if device.type == "cpu":
        return sdpa_kernel(SDPBackend.MATH)
    return nullcontext()


def _unconditional(rng: random.Random) -> str:
    """The guidance's other half: an empty prompt or a negative one; neither says anything."""
    return "" if rng.random() < 0.4 else ", ".join(rng.sample(NEGATIVE_PHRASES, 6))
