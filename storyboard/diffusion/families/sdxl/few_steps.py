"""The few-step adapters of SDXL: LoRA weights that teach it to draw in a handful of steps.

Each was distilled for a scheduler, a number of steps and a guidance; with others it draws mud. So
the catalogue sets them all, and what it does not know is refused.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.techniques.acceleration import Acceleration

__all__ = ["FEW_STEPS", "FewStepAdapter", "check_few_step", "read_few_step"]


@dataclass(frozen=True, slots=True)
class FewStepAdapter:
    """An adapter of the catalogue.

    Attributes:
        repository: Hub id.
        file: File name there.
        steps: Denoising steps.
        least_steps: Fewest steps that it can also be used with.
        most_steps: Most steps.
        guidance: Guidance scale; up to 1 nothing is guided and the negative prompt has no effect.
        least_guidance: Lowest guidance scale that it can be used with.
        most_guidance: Highest.
        scheduler: Class of diffusers.
        settings: What the scheduler is told beyond the model's own configuration.
        eta: Noise that the scheduler adds back, 0..1, for those that know it.
    """

    repository: str
    file: str
    steps: int
    least_steps: int
    most_steps: int
    guidance: float
    least_guidance: float
    most_guidance: float
    scheduler: str
    settings: tuple[tuple[str, object], ...] = ()
    eta: float = 0.0


_TRAILING = (("timestep_spacing", "trailing"),)


_DDIM = (*_TRAILING, ("clip_sample", False))  # its default would clip the latents to -1..1


def _lightning(steps: int) -> FewStepAdapter:
    """ByteDance/SDXL-Lightning (Lin, Wang, Yang, arXiv 2402.13929); settings of its model card."""
    return FewStepAdapter(
        "ByteDance/SDXL-Lightning",
        f"sdxl_lightning_{steps}step_lora.safetensors",
        steps,
        steps,
        steps,
        0.0,
        0.0,
        1.0,
        "EulerDiscreteScheduler",
        _TRAILING,
    )


def _hyper(steps: int) -> FewStepAdapter:
    """ByteDance/Hyper-SD (Ren et al., arXiv 2404.13686); settings of its model card."""
    return FewStepAdapter(
        "ByteDance/Hyper-SD",
        f"Hyper-SDXL-{steps}steps-lora.safetensors",
        steps,
        steps,
        steps,
        0.0,
        0.0,
        1.0,
        "DDIMScheduler",
        _DDIM,
    )


def _hyper_guided(steps: int) -> FewStepAdapter:
    """The same, distilled so that guidance and the negative prompt keep their effect."""
    return FewStepAdapter(
        "ByteDance/Hyper-SD",
        f"Hyper-SDXL-{steps}steps-CFG-lora.safetensors",
        steps,
        steps,
        steps,
        6.5,
        5.0,
        8.0,
        "DDIMScheduler",
        _DDIM,
    )


FEW_STEPS: Mapping[str, FewStepAdapter] = MappingProxyType(
    {
        "lightning-2": _lightning(2),
        "lightning-4": _lightning(4),
        "lightning-8": _lightning(8),
        # Luo et al., LCM-LoRA, arXiv 2311.05556.
        "lcm": FewStepAdapter(
            "latent-consistency/lcm-lora-sdxl",
            "pytorch_lora_weights.safetensors",
            4,
            2,
            8,
            1.0,
            0.0,
            2.0,
            "LCMScheduler",
        ),
        # One adapter for 1 to 8 steps, by trajectory consistency (TCD).
        "hyper-1": FewStepAdapter(
            "ByteDance/Hyper-SD",
            "Hyper-SDXL-1step-lora.safetensors",
            1,
            1,
            8,
            0.0,
            0.0,
            1.0,
            "TCDScheduler",
            eta=1.0,
        ),
        "hyper-2": _hyper(2),
        "hyper-4": _hyper(4),
        "hyper-8": _hyper(8),
        "hyper-8-cfg": _hyper_guided(8),
        "hyper-12-cfg": _hyper_guided(12),
    }
)
"""By the name that the user gives."""


def read_few_step(text: str) -> tuple[str, str]:
    """Read what the user asks for.

    Args:
        text: A name of `FEW_STEPS`; "owner/name/file.safetensors" of the hub; a file, if it is
            still called as on the hub; or "name=file" for one that was renamed.

    Returns:
        The catalogue's name, and the file, empty where it comes from the hub.

    Raises:
        InputError: The catalogue does not know it, and so not its scheduler and steps.
    """
    name, _, file = text.partition("=")
    if name in FEW_STEPS:
        return name, file
    for known, adapter in FEW_STEPS.items():
        if text == f"{adapter.repository}/{adapter.file}":
            return known, ""
        # LCM-LoRA is called as every LoRA of diffusers is: that name alone tells nothing.
        if Path(text).name == adapter.file and known != "lcm":
            return known, text
    near = difflib.get_close_matches(name[:60], FEW_STEPS, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise InputError(
        "few-step adapter {text} is not known, nor for which scheduler and steps it was"
        " made: {hint}choose {few_steps}, or write NAME=FILE",
        text=repr(text[:80]),
        hint=hint,
        few_steps=", ".join(FEW_STEPS),
    )


def check_few_step(
    name: str, *, steps: int, guidance_scale: float, acceleration: Acceleration
) -> None:
    """Refuse numbers that an adapter was not distilled for.

    Args:
        name: Of `FEW_STEPS`.
        steps: Denoising steps.
        guidance_scale: Classifier-free guidance.
        acceleration: What is to be left out besides.

    Raises:
        InputError: The combination is unknown; the message says why.
    """
    known = FEW_STEPS[name]
    if not known.least_steps <= steps <= known.most_steps:
        span = _span(known.least_steps, known.most_steps)
        raise InputError(
            "few-step adapter {name} was made for {span} steps, and {steps} are asked: use"
            " {made_for} steps, or no few-step adapter",
            name=name,
            span=span,
            steps=steps,
            made_for=known.steps,
        )
    if not known.least_guidance <= guidance_scale <= known.most_guidance:
        span = _span(known.least_guidance, known.most_guidance)
        raise InputError(
            "few-step adapter {name} was made for a guidance scale of {span}, and"
            " {guidance_scale} is asked: use {guidance}, or no few-step adapter",
            name=name,
            span=span,
            guidance_scale=f"{guidance_scale:g}",
            guidance=f"{known.guidance:g}",
        )
    if acceleration.saves_evaluations:
        raise InputError(
            "few-step adapter {name} leaves no step to save at, and acceleration"
            " {text} was never tried with it: use acceleration off",
            name=name,
            text=repr(acceleration.text[:60]),
        )


def _span(least: float, most: float) -> str:
    return f"{least:g}" if least == most else f"{least:g} to {most:g}"
