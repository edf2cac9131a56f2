"""One training run: steps against the clock, with a falling rate, an average and checkpoints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import torch

from storyboard.starter.average import Average
from storyboard.starter.checkpoint import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.starter.checkpoint import Checkpoint

__all__ = ["Run", "load_average"]

_FINAL_RATE, _STEADY = 0.02, 0.4


class Run:
    """Takes optimizer steps for some minutes, and goes on where an earlier run stopped.

    The rates given to the optimizers are peaks: they rise over ``warm_up`` steps, stay, and follow
    a half cosine down to 2 % over the last part of the run's own time.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        model: torch.nn.Module,
        optimizers: Sequence[torch.optim.Optimizer],
        *,
        minutes: float,
        warm_up: int,
    ) -> None:
        self._checkpoint, self._model, self._optimizers = checkpoint, model, optimizers
        self._peaks = [[group["lr"] for group in each.param_groups] for each in optimizers]
        self._warm_up = warm_up
        self._average = Average(model.parameters())
        self.clock, self.step, self._earlier = Clock(minutes * 60), 0, 0.0
        self._more: dict[str, Any] = {}
        if (state := checkpoint.load()) is not None:
            model.load_state_dict(state["model"])
            self._average = Average(model.parameters())
            # A start from finished weights has neither average nor optimizers.
            if "average" in state:
                self._average.load_state_dict(state["average"])
            for optimizer, saved in zip(optimizers, state.get("optimizers", ()), strict=False):
                optimizer.load_state_dict(saved)
            self._earlier, self.step = state.get("elapsed", 0.0), state["step"]
            self._more = {"statistics": state["statistics"]} if "statistics" in state else {}
        self._begun, self._saved = self.step, 0.0

    @property
    def over(self) -> bool:
        """Whether the time is spent."""
        return self.clock.share >= 1

    def take_step(self, loss: torch.Tensor) -> None:
        """Go one step down the gradient of ``loss``."""
        rate = min(1.0, (self.step - self._begun + 1) / self._warm_up)
        falling = max(0.0, (self.clock.share - _STEADY) / (1 - _STEADY))
        rate *= _FINAL_RATE + (1 - _FINAL_RATE) * 0.5 * (1 + math.cos(math.pi * falling))
        self._model.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        for optimizer, peaks in zip(self._optimizers, self._peaks, strict=True):
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * rate
            optimizer.step()
        self._average.update(self.step)
        self.step += 1

    def save_every(self, seconds: float) -> None:
        """Save if the last save is at least ``seconds`` of training ago."""
        if self.clock.elapsed - self._saved >= seconds:
            self.save()

    def save(self, **more: Any) -> None:
        """Write the whole state, with what ``more`` a reader of the checkpoint needs."""
        self._more |= more
        self._saved = self.clock.elapsed
        self._checkpoint.save(
            {
                **self._more,
                "model": self._model.state_dict(),
                "names": [name for name, _ in self._model.named_parameters()],
                "average": self._average.state_dict(),
                "optimizers": [each.state_dict() for each in self._optimizers],
                "elapsed": self._earlier + self.clock.elapsed,
                "step": self.step,
            }
        )


def load_average(checkpoint: Checkpoint, model: torch.nn.Module) -> None:
    """Give ``model`` what a run ships: the weights of its last save, averaged.

    Raises:
        FileNotFoundError: No run was saved there.
    """
    state = checkpoint.load()
    if state is None:
        raise FileNotFoundError(checkpoint.file)
    model.load_state_dict(state["model"])
    if "average" in state:
        average = Average(model.parameters())
        average.load_state_dict(state["average"])
        average.copy_to(model.parameters())
