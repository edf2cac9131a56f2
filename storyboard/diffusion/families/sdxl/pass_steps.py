"""The steps of a pass over a picture: where they begin, and what stays outside of a mask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.scheduling import scheduler_for
from storyboard.diffusion.parts.pass_start import ending

if TYPE_CHECKING:
    import torch

    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.values.request import Sampling

__all__ = ["pass_scheduler", "stays_outside"]


def pass_scheduler(own: Any, sampling: Sampling, levels: int) -> Any:
    """The scheduler of a pass, fresh, with its noise levels set.

    Args:
        own: Scheduler of diffusers that the model came with.
        sampling: With the steps of the pass.
        levels: Steps of the whole way, of which the pass goes the last.
    """
    whole = scheduler_for(own, replace(sampling, steps=levels))
    scheduler = ending(whole, levels, sampling.steps)
    scheduler.set_timesteps(sampling.steps)
    return scheduler


def stays_outside(
    start: PassStart, noise: torch.Tensor, scheduler: Any, also: StepDone
) -> tuple[torch.Tensor, StepDone]:
    """What the pipeline is given to begin with, and what is done after every step.

    Args:
        start: Of the pass.
        noise: Of the latents' shape.
        scheduler: As `pass_scheduler` gives it.
        also: What is done after every step anyway.
    """
    # The same levels as the pipeline will set, which scales what it is given by the first. On the
    # CPU: schedulers look a level up by indexing, which waits for a GPU, and latents are small.
    device, clean, noise = start.clean.device, start.clean.cpu(), noise.cpu()

    def noisy(scheduler: Any, level: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = scheduler.add_noise(clean, noise, level.cpu())
        return made

    first = noisy(scheduler, scheduler.timesteps[:1]) / scheduler.init_noise_sigma
    if start.mask is None:
        return first.to(device), also
    mask = start.mask

    def step_done(pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
        given = also(pipe, step, given)
        left = pipe.scheduler.timesteps[(step + 1) * pipe.scheduler.order :][:1]
        still = (noisy(pipe.scheduler, left) if len(left) else clean).to(device)
        latents = given["latents"]
        mixed = mask * latents + (1 - mask) * still
        return given | {"latents": mixed.to(latents.dtype)}

    return first.to(device), step_done
