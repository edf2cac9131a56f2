"""Schedulers of models that were trained by flow matching: configuration, samplers, schedules.

Pipelines of such models hand their scheduler noise levels ("sigmas") and a shift that depends on
the size of the frame ("mu"). Which schedulers of diffusers 0.42 bear that was tried, one by one:
DEIS ends before the picture is clean, Heun takes no sigmas, Euler, Euler ancestral, SCM and
SA-Solver raise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.weights.configuration import Configuration, Positive
from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.values.sampling_menu import Sampler, SamplingMenu, Schedule

if TYPE_CHECKING:
    from storyboard.values.request import Sampling

__all__ = [
    "SAMPLERS",
    "SCHEDULES",
    "FlowSchedulerConfig",
    "check_sampling",
    "flow_menu",
    "flow_scheduler",
]

_Tokens = Annotated[int, Field(ge=1, le=1_000_000)]
_Shift = Annotated[float, Field(ge=0, le=100)]


class FlowSchedulerConfig(Configuration):
    """Of ``FlowMatchEulerDiscreteScheduler``."""

    class_name: Literal["FlowMatchEulerDiscreteScheduler"] = Field(
        "FlowMatchEulerDiscreteScheduler", alias="_class_name"
    )
    # As many as steps can be asked for: a schedule cannot be finer than its training.
    num_train_timesteps: Annotated[int, Field(ge=1000, le=10_000)] = 1000
    shift: Positive = 1.0
    use_dynamic_shifting: bool = False
    base_shift: _Shift = 0.5
    max_shift: _Shift = 1.15
    base_image_seq_len: _Tokens = 256
    max_image_seq_len: _Tokens = 4096
    invert_sigmas: Literal[False] = False
    shift_terminal: Annotated[float, Field(gt=0, lt=1)] | None = None
    use_karras_sigmas: bool | None = False
    use_exponential_sigmas: bool | None = False
    use_beta_sigmas: Literal[False] | None = False
    time_shift_type: Literal["exponential", "linear"] = "exponential"
    stochastic_sampling: bool = False

    @model_validator(mode="after")
    def _has_a_slope(self) -> Self:
        self.fail_unless(
            self.base_image_seq_len < self.max_image_seq_len,
            f"shifts from {self.base_image_seq_len} to {self.max_image_seq_len} tokens",
        )
        return self


@dataclass(frozen=True, slots=True)
class _Sampler:
    """A way to take steps.

    Attributes:
        sampler: As people choose it.
        scheduler: Class of diffusers.
        settings: What it is told beyond what the model's own is told.
    """

    sampler: Sampler
    scheduler: str
    settings: Mapping[str, Any] = field(default_factory=dict)


_EULER = "FlowMatchEulerDiscreteScheduler"
_LCM = "FlowMatchLCMScheduler"
_FLOW = {"prediction_type": "flow_prediction", "use_flow_sigmas": True}
_SHIFTED = {**_FLOW, "use_dynamic_shifting": True}

_ROWS = (
    _Sampler(Sampler("Euler"), _EULER),
    _Sampler(
        Sampler("Euler stochastic", ("euler a", "euler ancestral"), random=True),
        _EULER,
        {"stochastic_sampling": True},
    ),
    _Sampler(Sampler("LCM", random=True), _LCM),
    _Sampler(Sampler("UniPC", ("uni_pc",)), "UniPCMultistepScheduler", _FLOW),
    _Sampler(Sampler("DPM++ 2M"), "DPMSolverMultistepScheduler", _SHIFTED),
    _Sampler(Sampler("DPM++ 2S"), "DPMSolverSinglestepScheduler", _SHIFTED),
)

SAMPLERS: Mapping[str, _Sampler] = MappingProxyType({each.sampler.name: each for each in _ROWS})
"""By name, in the order in which they are offered."""

SCHEDULES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "normal": {},
        "karras": {"use_karras_sigmas": True},
        "exponential": {"use_exponential_sigmas": True},
        "beta": {"use_beta_sigmas": True},
    }
)
"""How the noise levels lie between first and last, likewise; for `_EULER` and `_LCM` alone."""


@cache
def flow_menu(*, by_size: bool) -> SamplingMenu:
    """What can be chosen for a model of flow matching.

    Args:
        by_size: Whether its noise levels depend on the size of the frame.
    """
    samplers = [each.sampler for each in SAMPLERS.values()]
    if not by_size:
        reason = Message("it wants noise levels that depend on the frame, which this model has not")
        for place, each in enumerate(SAMPLERS.values()):
            if "use_dynamic_shifting" in each.settings:
                samplers[place] = replace(each.sampler, refused=reason)
    return SamplingMenu(tuple(samplers), tuple(map(Schedule, SCHEDULES)), _conflict)


def check_sampling(sampling: Sampling, menu: SamplingMenu) -> None:
    """Refuse a sampler or a schedule that a model of flow matching cannot use.

    Args:
        sampling: What is asked for.
        menu: Of the model.

    Raises:
        InputError: It is unknown, or the two do not go together.
    """
    asked = " / ".join(each for each in (sampling.sampler, sampling.schedule) if each)
    reason = menu.why_not(sampling)
    if reason is not None:
        raise InputError("{asked}: {reason}", asked=asked, reason=reason)


def flow_scheduler(own: Any, sampling: Sampling) -> Any:
    """A scheduler for one panel.

    Args:
        own: The model's, which stays as it is.
        sampling: What is asked for; it has passed `check_sampling`.
    """
    import diffusers

    # Recipes of older versions have other spellings.
    sampling = flow_menu(by_size=True).named(sampling)
    sampler = SAMPLERS.get(sampling.sampler)
    kind: Any = getattr(diffusers, sampler.scheduler if sampler else type(own).__name__)
    told = dict(sampler.settings) if sampler else {}
    if sampler and sampler.scheduler == "UniPCMultistepScheduler":
        told["flow_shift"] = own.config.shift  # its name for the same
    if sampling.schedule:
        told |= {key: False for each in SCHEDULES.values() for key in each}
        told |= SCHEDULES[sampling.schedule]
    return kind.from_config(own.config, **told)


def _conflict(sampler: str, schedule: str) -> Message | None:
    row = SAMPLERS.get(sampler)
    if schedule in ("", "normal") or row is None or row.scheduler in (_EULER, _LCM):
        return None
    return Message(
        "{sampler} has noise levels of its own and does not go with {schedule}: choose normal",
        {"sampler": sampler, "schedule": schedule},
    )
