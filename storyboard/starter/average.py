"""An exponential moving average of weights: what is evaluated and shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Average"]


class Average:
    """Follows parameters with a decay that grows from 0 to ``decay`` as training goes on."""

    def __init__(self, parameters: Iterable[torch.nn.Parameter], decay: float = 0.999) -> None:
        self._parameters = list(parameters)
        self._decay = decay
        self._mean = [each.detach().clone() for each in self._parameters]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take in the weights after ``step`` (from 0)."""
        decay = min(self._decay, (1 + step) / (10 + step))
        now = [each.detach() for each in self._parameters]
        torch._foreach_lerp_(self._mean, now, 1 - decay)

    @torch.no_grad()
    def copy_to(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Write the averaged weights into ``parameters``."""
        for parameter, mean in zip(parameters, self._mean, strict=True):
            parameter.copy_(mean)

    def state_dict(self) -> dict[str, Any]:
        """The averaged weights, for a checkpoint."""
        return {"mean": self._mean}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from saved averaged weights."""
        for mean, saved in zip(self._mean, state["mean"], strict=True):
            mean.copy_(saved)
