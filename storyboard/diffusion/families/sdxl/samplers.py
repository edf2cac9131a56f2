"""The samplers and schedules of SDXL: what people call them, and what diffusers does for each.

The table follows "k-diffusion" in the documentation of diffusers (api/schedulers/overview): names
of other programs, the class, and its settings. No torch is imported here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.values.passes import levels_of
from storyboard.values.sampling_menu import MEASURED, Sampler, SamplingMenu, Schedule, own_levels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.techniques.acceleration import Acceleration
    from storyboard.techniques.few_step import FewStep
    from storyboard.values.request import PanelRequest, Sampling

__all__ = [
    "SAMPLERS",
    "SCHEDULES",
    "SamplerClass",
    "check_pass_steps",
    "check_sampling",
    "order_of",
    "published_levels",
    "sampling_menu",
]


@dataclass(frozen=True, slots=True)
class SamplerClass:
    """What stands behind a sampler's name.

    Attributes:
        sampler: As people choose it.
        scheduler: Class of diffusers.
        settings: What it is told beyond the model's own configuration, which may be that of any
            other class and must leave nothing behind.
        native: Schedules that the class makes by itself. The others are made by the class for Euler
            steps, and given to it level by level.
        whole: Whether it goes by the numbers of whole timesteps, so that no levels can be given.
        ends_at_zero: Whether its last step may end without noise; else it stops at the least level
            that the model was trained on, as the class does by itself.
        most_steps: Most steps it can take; 0 for any number.
    """

    sampler: Sampler
    scheduler: str
    settings: tuple[tuple[str, object], ...] = ()
    native: frozenset[str] = frozenset()
    whole: bool = False
    ends_at_zero: bool = True
    most_steps: int = 0


_SPACED = frozenset({"trailing", "leading", "linspace"})
_CURVED = frozenset({"karras", "exponential", "beta"})


def _multistep(algorithm: str) -> tuple[tuple[str, object], ...]:
    return (
        ("algorithm_type", algorithm),
        ("solver_order", 2),
        ("solver_type", "midpoint"),
        ("lower_order_final", True),
        ("euler_at_final", False),
    )


_ROWS = (
    SamplerClass(Sampler("Euler"), "EulerDiscreteScheduler", native=_SPACED | _CURVED),
    SamplerClass(
        Sampler("Euler a", ("euler ancestral",), random=True),
        "EulerAncestralDiscreteScheduler",
        native=_SPACED,
    ),
    SamplerClass(
        Sampler("DPM++ 2M"),
        "DPMSolverMultistepScheduler",
        _multistep("dpmsolver++"),
        _SPACED | _CURVED,
    ),
    SamplerClass(
        Sampler("DPM++ 2M SDE", random=True),
        "DPMSolverMultistepScheduler",
        _multistep("sde-dpmsolver++"),
        _SPACED | _CURVED,
    ),
    SamplerClass(
        Sampler("DPM++ SDE", random=True),
        "DPMSolverSinglestepScheduler",
        _multistep("sde-dpmsolver++"),
        _CURVED,
    ),
    SamplerClass(
        Sampler("UniPC", ("uni_pc",)),
        "UniPCMultistepScheduler",
        (("solver_type", "bh2"), ("solver_order", 2), ("lower_order_final", True)),
        _SPACED | _CURVED,
    ),
    SamplerClass(
        Sampler("DDIM"),
        "DDIMScheduler",
        (("clip_sample", False),),  # its default would clip the latents to -1..1
        _SPACED,
        whole=True,
    ),
    SamplerClass(Sampler("Heun", order=2), "HeunDiscreteScheduler", native=_SPACED | _CURVED),
    SamplerClass(Sampler("LMS"), "LMSDiscreteScheduler", native=_SPACED | _CURVED),
    SamplerClass(
        Sampler("DEIS"),
        "DEISMultistepScheduler",
        (("algorithm_type", "deis"), ("solver_type", "logrho"), ("solver_order", 2)),
        _SPACED | _CURVED,
        ends_at_zero=False,
    ),
    SamplerClass(Sampler("LCM", random=True), "LCMScheduler", whole=True, most_steps=50),
    SamplerClass(Sampler("TCD", random=True), "TCDScheduler", whole=True, most_steps=50),
)

SAMPLERS: Mapping[str, SamplerClass] = MappingProxyType({each.sampler.name: each for each in _ROWS})
"""By name, in the order in which they are offered."""

_LINSPACE = ("timestep_spacing", "linspace")

SCHEDULES: Mapping[str, tuple[tuple[str, object], ...]] = MappingProxyType(
    {
        "normal": (),
        # Curves over the whole range of noise, as their authors mean them: from the first timestep
        # to the last, which is what linspace spans.
        "karras": (("use_karras_sigmas", True), _LINSPACE),
        "exponential": (("use_exponential_sigmas", True), _LINSPACE),
        "beta": (("use_beta_sigmas", True), _LINSPACE),
        "trailing": (("timestep_spacing", "trailing"),),
        "leading": (("timestep_spacing", "leading"), ("steps_offset", 1)),
        "linspace": (_LINSPACE,),
        "optimal": (),
    }
)
"""What a scheduler is told for each; "normal" is the model's own, "optimal" gives it levels."""

_ALSO = {"trailing": ("sgm uniform", "simple"), "optimal": ("align your steps", "ays")}

_FEW_STEP_LEVELS = 50
"""Noise levels that samplers of distilled models are made for (``original_inference_steps``)."""

_ALIGNED = (14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029)
"""Sabour, Fidler, Kreis: Align Your Steps, arXiv 2404.14507; their levels of 10 steps for SDXL, the
last before zero included. For other numbers they say to interpolate in the logarithm."""


@cache
def sampling_menu() -> SamplingMenu:
    """What can be chosen for a model of this family on this machine."""
    samplers = tuple(each.sampler for each in SAMPLERS.values())
    schedules = tuple(Schedule(name, _ALSO.get(name, ())) for name in (*SCHEDULES, MEASURED))
    return SamplingMenu(
        samplers, schedules, _conflict, takes_levels=True, first_levels=published_levels
    )


def order_of(sampler: str) -> int:
    """Evaluations that a step takes; of the model's own sampler 1.

    Raises:
        InputError: There is no such sampler.
    """
    return sampling_menu().sampler(sampler).order if sampler else 1


def check_sampling(
    sampling: Sampling, acceleration: Acceleration, menu: SamplingMenu, few_step: FewStep | None
) -> None:
    """Refuse a sampler and a schedule that cannot be drawn with.

    Raises:
        InputError: A name that is none, or a combination that does not go; the message says why.
    """
    if not sampling.sampler and not sampling.schedule:
        return
    if few_step is not None:
        raise InputError(
            "few-step adapter {few_step} was made for a sampler and a schedule of its own:"
            " leave sampler and schedule out",
            few_step=few_step.text,
        )
    sampling = menu.named(sampling)
    asked = " / ".join(each for each in (sampling.sampler, sampling.schedule) if each)
    reason = menu.why_not(sampling)
    if reason is not None:
        raise InputError("{asked}: {reason}", asked=asked, reason=reason)
    row = SAMPLERS.get(sampling.sampler)
    if row is None:
        return
    if row.most_steps and sampling.steps > row.most_steps:
        raise InputError(
            "{asked}: it takes at most {most} steps, and {steps} are asked",
            asked=asked,
            most=row.most_steps,
            steps=sampling.steps,
        )
    if row.sampler.order != 1 and acceleration.saves_evaluations:
        raise InputError(
            "{asked}: it evaluates the network twice a step, and acceleration {acceleration} was"
            " made for once: use acceleration off",
            asked=asked,
            acceleration=acceleration.text,
        )


def check_pass_steps(request: PanelRequest) -> None:
    """Refuse passes whose whole way has more noise levels than the sampler knows.

    Raises:
        InputError: It has.
    """
    row = SAMPLERS.get(sampling_menu().named(request.sampling).sampler)
    most = row.most_steps if row is not None else 0
    if request.few_step is not None:
        most = _FEW_STEP_LEVELS
    for each in (request.hires, request.faces):
        if each is not None and 0 < most < levels_of(each.strength, each.steps):
            raise InputError(
                "{name}: {steps} steps at strength {strength} are the last of {levels} noise"
                " levels, and this sampler knows {most}: ask for fewer steps or more strength",
                name=each.name,
                steps=each.steps,
                strength=each.strength,
                levels=levels_of(each.strength, each.steps),
                most=most,
            )


def published_levels(steps: int) -> tuple[float, ...]:
    """The published optimal noise levels, one a step; the zero at the end is not among them."""
    last = len(_ALIGNED) - 1
    found = []
    for step in range(steps):
        place = step * last / steps
        before = min(int(place), last - 1)
        share = place - before
        low, high = math.log(_ALIGNED[before]), math.log(_ALIGNED[before + 1])
        found.append(math.exp(low + share * (high - low)))
    return tuple(found)


def _conflict(sampler: str, schedule: str) -> Message | None:
    row = SAMPLERS.get(sampler)
    if row is None or not row.whole or schedule in ("", "normal") or schedule in row.native:
        return None
    fit = [name for name in SCHEDULES if name == "normal" or name in row.native]
    shown = "noise levels of your own" if own_levels(schedule) else schedule
    return Message(
        "{sampler} goes by whole timesteps and does not go with {schedule}: choose {fit}",
        {"sampler": sampler, "schedule": shown, "fit": " or ".join(fit)},
    )
