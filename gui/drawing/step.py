"""What the window hears of a picture that is being drawn."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.rendering.job import Job
from storyboard.rendering.measurements import Snapshot
from storyboard.values.stages import StepProgress

__all__ = ["Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a picture, with what is left.

    Attributes:
        job: What is drawn.
        progress: The step.
        numbers: The measurements of the order that it belongs to.
        seconds_left: For everything that was asked for, or None while nobody knows.
    """

    job: Job
    progress: StepProgress
    numbers: Snapshot
    seconds_left: float | None
