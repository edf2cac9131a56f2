"""The time a run still needs, from what was measured in this very run: nothing is promised."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from storyboard.rendering.events import PanelFailed, PanelFinished, PanelProgressed, PanelStarted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.rendering.events import Event, Job
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.values.request import PanelRequest

__all__ = ["Forecast"]


class Forecast:
    """Watches the events of a run and says how long the rest of it takes.

    A panel costs its steps, which grow with evaluations times pixels, and a rest: text encoders,
    decoder, saving. An accelerated panel's steps differ: a guided one is two evaluations, and one
    that reuses features hardly costs anything. The first panel also loads the model, and its first
    step may compile kernels, so both are used only until something warmer has been measured.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        # A panel may have several pictures to come, each with a seed of its own.
        self._left = {_one(job): job.request for job in jobs}
        self._drawing: PanelRequest | None = None
        self._steps_done = 0
        self._first_step: float | None = None  # seconds for its work
        self._warm_seconds = 0.0
        self._warm_work = 0.0
        self._rest: float | None = None  # seconds per panel beside the steps

    def watch(self, event: Event) -> None:
        """Learn from an event."""
        match event:
            case PanelStarted(job):
                self._drawing, self._steps_done = job.request, 0
            case PanelProgressed(job, progress) if not progress.said:
                self._steps_done = progress.step
                work = _work(job.request, progress.step - 1, progress.step)
                if self._first_step is None:
                    self._first_step = progress.seconds / work
                elif progress.step > 1:
                    self._warm_seconds += progress.seconds
                    self._warm_work += work
            case PanelFinished(job, result):
                times = result.times
                self._rest = max(0.0, times.total - times.denoise - times.image_encode)
                self._forget(job)
            case PanelFailed(job):
                self._forget(job)
            case _:
                pass

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the run is done, or None before the first step."""
        if self._first_step is None:
            return None
        pace = self._warm_seconds / self._warm_work if self._warm_work else self._first_step
        work = sum(_work(each, 0, each.sampling.steps) for each in self._left.values())
        if self._drawing is not None:
            work -= _work(self._drawing, 0, self._steps_done)
        return max(0.0, work * pace + len(self._left) * (self._rest or 0.0))

    def _forget(self, job: Job) -> None:
        self._left.pop(_one(job), None)
        self._drawing, self._steps_done = None, 0


def _work(request: PanelRequest, first: int, end: int) -> float:
    """Evaluations of the steps from ``first`` up to ``end``, times pixels."""
    sampling = request.sampling
    shares = _evaluations(request.acceleration, sampling.steps, sampling.guidance > 1)
    return sum(shares[first:end]) * request.width * request.height


@lru_cache(maxsize=64)
def _evaluations(saving: Acceleration, steps: int, guided: bool) -> tuple[float, ...]:
    """What every step costs, in evaluations of the whole UNet."""
    pairs = saving.pairs(steps, guided=guided)
    return tuple(
        (2 if step < pairs else 1) * (1.0 if whole else _REUSED)
        for step, whole in enumerate(saving.whole(steps, guided=guided))
    )


_REUSED = 0.1
"""Of a whole evaluation: 0.04 to 0.2 for the branches of the presets, by the cost model."""


def _one(job: Job) -> tuple[str, int]:
    return job.key, job.request.sampling.seed
