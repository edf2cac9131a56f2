"""What a run says about the pictures it makes."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.message import Message
from storyboard.rendering.job import Job
from storyboard.values.result import PanelResult
from storyboard.values.stages import StepProgress

__all__ = [
    "Event",
    "ModelLoading",
    "PanelFailed",
    "PanelFinished",
    "PanelProgressed",
    "PanelStarted",
    "RunFinished",
]


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """The executor makes ready: ``what`` is done up to ``share``, 0..1."""

    what: str
    share: float


@dataclass(frozen=True, slots=True)
class PanelStarted:
    """A job was handed to the executor."""

    job: Job


@dataclass(frozen=True, slots=True)
class PanelProgressed:
    """One denoising step of a job is done."""

    job: Job
    progress: StepProgress


@dataclass(frozen=True, slots=True)
class PanelFinished:
    """A job has its picture.

    Attributes:
        seconds: Wall time from submitting to receiving, loading the model included.
    """

    job: Job
    result: PanelResult
    seconds: float


@dataclass(frozen=True, slots=True)
class PanelFailed:
    """A job has no picture; the queue goes on with the next one.

    Attributes:
        smaller: Where the memory did not suffice, width and height of a smaller frame that may be
            drawn instead (``smaller_if_needed`` of the request), if the user agrees.
    """

    job: Job
    reason: Message
    smaller: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The queue has stopped.

    Attributes:
        finished: Number of pictures made in this run.
        failed: Number of jobs that failed.
        left: Number of jobs that still wait, because the run was cancelled.
        seconds: Wall time of the run.
    """

    finished: int
    failed: int
    left: int
    seconds: float


Event = ModelLoading | PanelStarted | PanelProgressed | PanelFinished | PanelFailed | RunFinished
