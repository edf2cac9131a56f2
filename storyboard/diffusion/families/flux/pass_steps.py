"""The steps of a pass over a picture: where they begin, and what stays outside of a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.steps import StepDone

__all__ = ["going_over"]


def going_over(
    pipe: Any, scheduler: Any, start: PassStart, noise: torch.Tensor
) -> tuple[torch.Tensor, StepDone | None]:
    """What the pipeline is given to begin with, and what is done after every step.

    Args:
        pipe: Of FLUX.1.
        scheduler: Of the pass.
        start: Of the pass.
        noise: 1 x tokens x channels of a token.
    """
    from diffusers.pipelines.flux.pipeline_flux import calculate_shift

    # 1. The same levels as the pipeline will set, of which the first says how much noise there is.
    size = start.clean.shape
    told = scheduler.config
    shift = calculate_shift(
        noise.shape[1],
        told.get("base_image_seq_len", 256),
        told.get("max_image_seq_len", 4096),
        told.get("base_shift", 0.5),
        told.get("max_shift", 1.15),
    )
    scheduler.set_timesteps(sigmas=[1.0], device=noise.device, mu=shift)
    level = float(scheduler.sigmas[0])
    still = pipe._pack_latents(start.clean.contiguous(), *size).to(noise)
    first = level * noise + (1 - level) * still
    if start.mask is None:
        return first, None
    # 2. Outside of the mask the picture is put back, with the noise that is left.
    mask = pipe._pack_latents(start.mask.expand(size).contiguous(), *size).to(noise)

    def step_done(pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
        left = float(pipe.scheduler.sigmas[step + 1])
        kept = left * noise + (1 - left) * still
        return given | {"latents": mask * given["latents"] + (1 - mask) * kept}

    return first, step_done
