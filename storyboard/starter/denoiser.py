"""The denoiser's training: UNet, IP-Adapter and encoders together, on freshly painted pictures.

Where the program's own guidance will pull the picture apart is learned here too: the unconditional
half is the program's long negative prompt, and looks are told and shown at once, as it does.
"""

from __future__ import annotations

import random
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import torch
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from storyboard.starter.architecture import build_scheduler
from storyboard.starter.autoencoder import load_autoencoder, load_statistics
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.conditioning import Networks, load_tokenizer
from storyboard.starter.lessons import Lessons
from storyboard.starter.muon import build_optimizers
from storyboard.starter.painted import DESCRIBED, Painted
from storyboard.starter.pool import Pool
from storyboard.starter.precision import quick
from storyboard.starter.run import Run, load_average
from storyboard.starter.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from storyboard.starter.pool import Lot

__all__ = ["Learner", "load_networks", "train_denoiser"]

_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.008, 8e-4, 100
_GENTLE = ("networks.text_encoder", "networks.image_encoder")
_UNCONDITIONAL = 0.12
_NO_ADAPTER = 0.15
"""Share of the steps on which the adapter does no work at all."""
_NO_REFERENCE = 0.15
"""Share of the pictures whose image embedding is zero, as the guidance's other half has it."""
_ANONYMOUS = 0.35
"""Share of the captions with a reference that leave the looks to it."""
_LOWEST_SCALE = 0.35
_LESSONS = 0.03
"""What the encoders' lessons count beside the denoising."""
_SMOOTHING = 0.02


class Learner(nn.Module):
    """What the training's optimizers see: the networks and the heads of their lessons."""

    def __init__(self, networks: Networks) -> None:
        """Take the networks, with heads that know nothing yet."""
        super().__init__()
        self.networks = networks
        text, second = networks.text_encoder.config, networks.text_encoder_2.config
        self.lessons = Lessons(
            text.hidden_size + second.hidden_size,
            second.projection_dim,
            networks.image_encoder.config.projection_dim,
        )
        self._schedule: Any = DDPMScheduler.from_config(build_scheduler().config)

    def forward(self, lot: Lot, rng: random.Random) -> tuple[torch.Tensor, dict[str, float]]:
        """The loss of one batch, and what it is made of."""
        networks, device = self.networks, lot.latents.device
        count = len(lot.people)

        # 1. Noise at a random time.
        latents = lot.latents.float()
        noise = torch.randn_like(latents)
        timesteps = torch.randint(0, 1000, (count,), device=device)
        noisy = self._schedule.add_noise(latents, noise, timesteps)

        # 2. What the networks are told; the unconditional ones have neither looks nor picture.
        def by_chance(share: float) -> torch.Tensor:
            return torch.rand(count, device=device) < share

        adapter = rng.random() >= _NO_ADAPTER
        networks.set_adapter_scale(rng.uniform(_LOWEST_SCALE, 1.0) if adapter else 0.0)
        told = ~by_chance(_UNCONDITIONAL)
        shown = told & (lot.people > 0) & ~by_chance(_NO_REFERENCE if adapter else 1.0)
        described = ~(shown & by_chance(_ANONYMOUS))
        rows = torch.arange(count, device=device)
        column = torch.randint(0, DESCRIBED, (count,), device=device)
        others = lot.captions.shape[1] - DESCRIBED
        leaving = DESCRIBED + torch.randint(0, others, (count,), device=device)
        ids = lot.captions[rows, torch.where(described, column, leaving)]
        which = torch.randint(0, lot.negatives.shape[1], (count,), device=device)
        ids = torch.where(told.unsqueeze(1), ids, lot.negatives[rows, which])
        picture = torch.randint(0, lot.references.shape[1], (count,), device=device)

        # 3. The error of the prediction. Unweighted, a velocity gives the layout of the picture,
        #    which is decided in heavy noise, the same say as its edges; noise prediction, tried
        #    first, had learned edges but no places after the same time.
        with quick(device), _attention(device):
            conditions = networks.conditions(ids, lot.references[rows, picture], shown)
            predicted = networks.predict(noisy, timesteps, conditions, lot.size).float()
        velocity = self._schedule.get_velocity(latents, noise, timesteps)
        squared = (predicted - velocity).square()
        denoising = (squared * lot.weights.float()).mean()

        # 4. What the encoders were told must be in what they say.
        ends = (ids == networks.end_token).int().argmax(1)
        conditions = conditions.float()
        reading, shares = self.lessons(conditions, ends, told, described, shown, lot.answers)
        return denoising + _LESSONS * reading, {"loss": float(denoising.detach()), **shares}


def train_denoiser(
    folder: Path,
    minutes: float,
    seed: int,
    say: Callable[[str], None],
    *,
    device: str = "cpu",
    workers: int = 0,
    pictures: int = 32,
    save_every: float = 180.0,
) -> None:
    """Train for ``minutes``, going on from what ``folder`` holds, and save now and then.

    The UNet learns velocities (Salimans and Ho, arXiv 2202.00512). Each step draws one adapter
    scale for all its pictures, from 0.35 to 1 or none, so that the scale keeps a meaning.

    Args:
        folder: Tokenizer, autoencoder and checkpoint.
        minutes: Of this call.
        seed: Of what is painted and drawn.
        say: Takes a line of progress now and then.
        device: "cpu", "cuda" or "mps".
        workers: Processes that paint; with 0, training paints between its steps.
        pictures: Of native size in a batch, or as many others as cost the same.
        save_every: Seconds between two saves.
    """
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    rng = random.Random(f"denoiser {seed}")
    vae = load_autoencoder(folder).to(device)
    learner = Learner(Networks(load_tokenizer(folder / "tokenizer"))).to(device)
    run = Run(
        Checkpoint(folder / "denoiser.pt"),
        learner,
        build_optimizers(
            learner.named_parameters(),
            matrix_rate=_MATRIX_RATE,
            other_rate=_OTHER_RATE,
            gentle=_GENTLE,
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    most = 60_000 if device == "cuda" else 4_000
    pool = Pool(vae, load_statistics(folder), device, most)
    painted = Painted(folder / "tokenizer", seed + run.step, 32 if workers else 8)
    cells = pictures * 28 * 16

    # 2. Train against the clock.
    smoothed: dict[str, float] = {}
    with Supply(painted, workers, pool) as supply:
        supply.begin(4 * pictures)
        say(f"denoiser begins at step {run.step} with {pool.count} pictures")
        while not run.over:
            supply.fill()
            loss, parts = learner(pool.draw(cells, rng), rng)
            run.take_step(loss)
            for name, value in parts.items():
                before = smoothed.get(name, value)
                smoothed[name] = before + (value - before) * _SMOOTHING
            if run.step % 50 == 0:
                told = ", ".join(f"{name} {value:.4f}" for name, value in smoothed.items())
                spent = f"{run.clock.elapsed:.0f}s"
                say(f"denoiser step {run.step} {spent} {told}, painted {pool.taken}")
            run.save_every(save_every)
    run.save()


def load_networks(folder: Path) -> Networks:
    """The averaged weights of the last checkpoint in ``folder``, ready to use."""
    learner = Learner(Networks(load_tokenizer(folder / "tokenizer")))
    load_average(Checkpoint(folder / "denoiser.pt"), learner)
    return learner.networks.eval()


def _attention(device: torch.device) -> AbstractContextManager[None]:
    """Plain matrix products on a CPU: backward, its fused attention takes a fifth longer."""
    if device.type == "cpu":
        return sdpa_kernel(SDPBackend.MATH)
    return nullcontext()
