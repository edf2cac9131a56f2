"""What a pass over a picture starts from, and the last part of a sampler's way that it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import torch

__all__ = ["PassStart", "ending"]


@dataclass(frozen=True, slots=True)
class PassStart:
    """What a pass starts from.

    Attributes:
        clean: Latents of the picture, 1 x channels x rows x columns, as the denoiser knows them.
        levels: Noise levels of the whole way, of which the pass goes the last.
        mask: 1 x 1 x rows x columns, 1 where the picture may change; None for everywhere.
        tile: Most latents a side to denoise at once; 0 denoises the whole.
    """

    clean: torch.Tensor = field(repr=False)
    levels: int
    mask: torch.Tensor | None = field(default=None, repr=False)
    tile: int = 0


def ending(scheduler: Any, levels: int, steps: int) -> Any:
    """The same scheduler, fresh, which goes only the last steps of a longer way.

    Pipelines that draw from noise can then draw from a picture with noise on it: diffusers' own
    image-to-image pipelines do the same to the list of timesteps.

    Args:
        scheduler: Of diffusers.
        levels: Steps of the whole way.
        steps: Of these the last.
    """
    kind: Any = type(scheduler)

    class Ending(kind):  # type: ignore[misc]
        timesteps: torch.Tensor
        sigmas: torch.Tensor | None
        order_list: list[int]

        @wraps(kind.set_timesteps)  # pipelines look at what it takes
        def set_timesteps(self, *asked: Any, **told: Any) -> None:
            """As for the whole way, whatever number is asked; then without its beginning."""
            if told.get("sigmas") is not None:  # pipelines of flow matching hand in the levels
                told["sigmas"] = [1 - number / levels for number in range(levels)]
                super().set_timesteps(*asked, **told)
            else:
                told.pop("num_inference_steps", None)
                super().set_timesteps(levels, *asked[1:], **told)
            gone = (levels - steps) * self.order
            self.timesteps = self.timesteps[gone:]
            sigmas = getattr(self, "sigmas", None)
            if sigmas is not None:  # of those that go by noise levels; one more for the end
                self.sigmas = sigmas[gone:]
            orders = getattr(self, "order_list", None)
            if orders is not None:  # of singlestep solvers, which end in lower orders
                self.order_list = orders[gone:]

    Ending.__name__ = kind.__name__  # as recipes name it
    return Ending.from_config(scheduler.config)
