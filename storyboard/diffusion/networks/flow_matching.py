"""Schedulers of models that were trained by flow matching: configuration, samplers, schedules.

Pipelines of such models hand their scheduler noise levels ("sigmas") and a shift that depends on
the size of the frame ("mu"). Which schedulers of diffusers 0.42 bear that was tried, one by one:
DEIS ends before the picture is clean, Heun takes no sigmas, Euler, Euler ancestral, SCM and
SA-Solver raise. Beta noise levels were not tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from storyboard.diffusion.weights.configuration import Configuration, Positive
from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.values.request import Sampling

__all__ = [
    "SAMPLERS",
    "SCHEDULES",
    "FlowSchedulerConfig",
    "check_sampling",
    "flow_scheduler",
]

_Tokens = Annotated[int, Field(ge=1, le=1_000_000)]


class FlowSchedulerConfig(Configuration):
    """Of ``FlowMatchEulerDiscreteScheduler``."""

    class_name: Literal["FlowMatchEulerDiscreteScheduler"] = Field(
        "FlowMatchEulerDiscreteScheduler", alias="_class_name"
    )
    # As many as steps can be asked for: a schedule cannot be finer than its training.
    num_train_timesteps: Annotated[int, Field(ge=1000, le=10_000)] = 1000
    shift: Positive = 1.0
    use_dynamic_shifting: bool = False
    base_shift: Annotated[float, Field(ge=0, le=100)] | None = 0.5
    max_shift: Annotated[float, Field(ge=0, le=100)] | None = 1.15
    base_image_seq_len: _Tokens | None = 256
    max_image_seq_len: _Tokens | None = 4096
    invert_sigmas: Literal[False] = False
    shift_terminal: Annotated[float, Field(gt=0, lt=1)] | None = None
    use_karras_sigmas: bool | None = False
    use_exponential_sigmas: bool | None = False
    use_beta_sigmas: Literal[False] | None = False
    time_shift_type: Literal["exponential", "linear"] = "exponential"
    stochastic_sampling: bool = False


@dataclass(frozen=True, slots=True)
class _Sampler:
    """A way to take steps.

    Attributes:
        scheduler: Class of diffusers.
        settings: What it is told beyond what the model's own is told.
    """

    scheduler: str
    settings: Mapping[str, Any] = field(default_factory=dict)


_EULER = "FlowMatchEulerDiscreteScheduler"
_FLOW = {"prediction_type": "flow_prediction", "use_flow_sigmas": True}

SAMPLERS: Mapping[str, _Sampler] = {
    "euler": _Sampler(_EULER),
    "euler-stochastic": _Sampler(_EULER, {"stochastic_sampling": True}),
    "lcm": _Sampler("FlowMatchLCMScheduler"),
    "unipc": _Sampler("UniPCMultistepScheduler", _FLOW),
    "dpmpp-2m": _Sampler("DPMSolverMultistepScheduler", {**_FLOW, "use_dynamic_shifting": True}),
    "dpmpp-2s": _Sampler("DPMSolverSinglestepScheduler", {**_FLOW, "use_dynamic_shifting": True}),
}
"""By the name that a request gives; without one, the model's own scheduler takes the steps."""

SCHEDULES: Mapping[str, Mapping[str, Any]] = {
    "normal": {},
    "karras": {"use_karras_sigmas": True},
    "exponential": {"use_exponential_sigmas": True},
}
"""How the noise levels lie between first and last, likewise; for the samplers of `_EULER` alone."""


def check_sampling(sampling: Sampling, model: str, *, by_size: bool) -> None:
    """Refuse a sampler or a schedule that a model of flow matching cannot use.

    Args:
        sampling: What is asked for.
        model: Its name, for the message.
        by_size: Whether its noise levels depend on the size of the frame.

    Raises:
        InputError: It is unknown, or the two do not go together.
    """
    for what, word, known in (
        ("sampler", sampling.sampler, tuple(SAMPLERS)),
        ("schedule", sampling.schedule, tuple(SCHEDULES)),
    ):
        if word and word not in known:
            raise InputError(
                "model {name} knows no {what} {word}: choose {known}, or leave it out",
                name=model,
                what=what,
                word=repr(word[:40]),
                known=", ".join(known),
            )
    kind = SAMPLERS[sampling.sampler or "euler"].scheduler
    if kind.startswith("DPMSolver") and not by_size:
        raise InputError(
            "sampler {sampler} wants noise levels that depend on the frame, which model {name} has"
            " not: choose another, or leave it out",
            sampler=sampling.sampler,
            name=model,
        )
    if SCHEDULES[sampling.schedule or "normal"] and not kind.startswith("FlowMatch"):
        raise InputError(
            "schedule {schedule} does not go with sampler {sampler}: leave one of them out",
            schedule=sampling.schedule,
            sampler=sampling.sampler,
        )


def flow_scheduler(own: Any, sampling: Sampling) -> Any:
    """A scheduler for one panel.

    Args:
        own: The model's, which stays as it is.
        sampling: What is asked for; it has passed `check_sampling`.
    """
    import diffusers

    sampler = SAMPLERS[sampling.sampler] if sampling.sampler else _Sampler(type(own).__name__)
    kind: Any = getattr(diffusers, sampler.scheduler)
    told = dict(sampler.settings)
    if sampler.scheduler == "UniPCMultistepScheduler":
        told["flow_shift"] = own.config.shift  # its name for the same
    if sampling.schedule:
        told |= {key: False for each in SCHEDULES.values() for key in each}
        told |= SCHEDULES[sampling.schedule]
    return kind.from_config(own.config, **told)
