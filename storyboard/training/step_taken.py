"""A step that is done, and whoever is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Report", "StepTaken"]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that is done.

    Attributes:
        step: From 1.
        steps: Of all.
        loss: Of its pictures.
        smoothed: The loss over the last steps.
        eval_loss: Of what is held out, where it was measured after this step.
        seconds: Of this step.
        seconds_left: Until the last step.
        memory: Bytes in use.
    """

    step: int
    steps: int
    loss: float
    smoothed: float
    eval_loss: float | None
    seconds: float
    seconds_left: float
    memory: int


class Report(Protocol):
    """Says what happens."""

    def note(self, text: str) -> None:
        """Say something that concerns no step."""
        ...

    def step(self, taken: StepTaken) -> None:
        """Say what a step brought."""
        ...
