"""From the names of a sampler and a schedule to a scheduler of diffusers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from storyboard.diffusion.families.sdxl.samplers import (
    SAMPLERS,
    SCHEDULES,
    SamplerClass,
    published_levels,
    sampling_menu,
)
from storyboard.errors import ModelError
from storyboard.values.sampling_menu import own_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.request import Sampling

__all__ = ["scheduler_for"]

_PLAIN = {
    "use_karras_sigmas": False,
    "use_exponential_sigmas": False,
    "use_beta_sigmas": False,
    "use_lu_lambdas": False,
    "final_sigmas_type": "zero",
}
"""What a model's own configuration must not leave behind in another class."""


def scheduler_for(own: Any, sampling: Sampling) -> Any:
    """The scheduler that a panel asks for, fresh; the model's own where it asks for none.

    Args:
        own: Scheduler of diffusers that the model came with.
        sampling: Its names go together.

    Raises:
        ModelError: A schedule is asked for, and the model's own sampler knows none.
    """
    import diffusers

    # 1. The model's own.
    if not sampling.sampler and not sampling.schedule:
        return own
    sampling = sampling_menu().named(sampling)
    # 2. The class, with its settings.
    row = SAMPLERS[sampling.sampler] if sampling.sampler else _row_of(own)
    schedule = sampling.schedule or "normal"
    told = {**_PLAIN, **dict(SCHEDULES.get(schedule, ())), **dict(row.settings)}
    kind: Any = getattr(diffusers, row.scheduler)
    if schedule == "normal" or schedule in row.native:
        return kind.from_config(own.config, **_known(kind, told))
    # 3. Levels, where the class cannot make them by itself.
    levels = _levels(own, schedule, sampling.steps)
    plain = _known(kind, {**_PLAIN, **dict(row.settings)})
    return _given(kind, levels, row).from_config(own.config, **plain)


def _row_of(own: Any) -> SamplerClass:
    name = type(own).__name__
    for row in SAMPLERS.values():
        if row.scheduler == name and not row.whole:
            return row
    raise ModelError(
        "the model's own sampler ({name}) takes no schedule: name a sampler too", name=name
    )


def _known(kind: Any, told: dict[str, object]) -> dict[str, object]:
    """The settings that a class has; diffusers would warn of others."""
    expected = kind._get_init_keys(kind)
    return {name: value for name, value in told.items() if name in expected}


def _levels(own: Any, schedule: str, steps: int) -> tuple[float, ...]:
    """The noise levels of a schedule, one a step; the zero at the end is not among them."""
    from diffusers import EulerDiscreteScheduler

    if schedule == "optimal":
        return published_levels(steps)
    written = own_levels(schedule)
    if written is not None:
        return written
    euler: Any = EulerDiscreteScheduler
    maker = euler.from_config(own.config, **{**_known(euler, _PLAIN), **dict(SCHEDULES[schedule])})
    maker.set_timesteps(steps)
    return tuple(float(each) for each in maker.sigmas[:-1])


def _given(kind: Any, levels: Sequence[float], row: SamplerClass) -> Any:
    """The class with levels of ours in place of its own.

    Only some classes of diffusers take levels from outside, and the pipeline asks all of them with
    the number of steps alone; all keep them in the same two lists.
    """

    class Given(kind):  # type: ignore[misc]
        timesteps: torch.Tensor

        def set_timesteps(
            self, num_inference_steps: int, device: Any = None, *more: Any, **told: Any
        ) -> None:
            """As the class does, then with our levels."""
            super().set_timesteps(num_inference_steps, device, *more, **told)
            if num_inference_steps != len(levels):  # of the constructor, which takes all there are
                return
            kept = self.alphas_cumprod.double().numpy()
            logs = np.log(((1 - kept) / kept) ** 0.5)
            times = np.interp(np.log(levels), logs, np.arange(len(logs)))
            end = 0.0 if row.ends_at_zero else float(np.exp(logs[0]))
            noise = torch.tensor([*levels, end], dtype=torch.float32)
            when = torch.tensor(times, dtype=torch.float32)
            if self.order == 2:  # every level but the first is come to twice: tried, and corrected
                middle = noise[1:-1].repeat_interleave(2)
                noise = torch.cat([noise[:1], middle, noise[-1:]])
                when = torch.cat([when[:1], when[1:].repeat_interleave(2)])
            own = self.timesteps
            if not own.is_floating_point():
                when = when.round()
            self.sigmas = noise
            self.timesteps = when.to(device=own.device, dtype=own.dtype)

    Given.__name__ = kind.__name__  # as recipes name it
    return Given
