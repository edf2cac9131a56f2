"""The time a run still needs, from what was measured in this very run: nothing is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.rendering.events import PanelFailed, PanelFinished, PanelProgressed, PanelStarted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.rendering.events import Event
    from storyboard.rendering.job import Job, JobKey

__all__ = ["Forecast"]

_IN_STEPS = ("denoise", "image_encode", "hires", "faces")
"""Stages whose time the steps tell, or which the first panel alone has."""


class Forecast:
    """Watches the events of a run and says how long the rest of it takes.

    A panel costs its steps, whose work the jobs say, and a rest: text encoders, decoder, saving. An
    accelerated panel's steps differ: one that reuses hardly costs anything. A panel that was drawn
    again took its steps twice, and so may those to come: as often as in this run so far. The first
    panel also loads the model, and its first step may compile kernels, so both are used only until
    something warmer has been measured. Where several are drawn at once, they share what is left.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        # A panel may have several pictures to come, each with a seed of its own.
        self._left = {_one(job): _work(job) for job in jobs}
        self._done: dict[tuple[JobKey, int], float] = {}  # work done of those that are drawn now
        self._at_once = 1
        self._drawn = 0.0  # work of all steps of those that are finished, with those done twice
        self._asked = 0.0  # likewise, each step once
        self._doing: dict[tuple[JobKey, int], float] = {}  # work of all steps of those drawn now
        self._first_step: float | None = None  # seconds for its work
        self._warm_seconds = 0.0
        self._warm_work = 0.0
        self._rest: float | None = None  # seconds per panel beside the steps

    def watch(self, event: Event) -> None:
        """Learn from an event."""
        match event:
            case PanelStarted(job):
                self._done[_one(job)] = self._doing[_one(job)] = 0.0
                self._at_once = len(self._done)
            case PanelProgressed(job, progress) if not progress.said:
                self._done[_one(job)] = sum(_work(job)[: progress.step])
                known = _work(job)
                # Faces are counted before anybody has seen them, and more may be found.
                work = known[min(progress.step, len(known)) - 1]
                self._doing[_one(job)] = self._doing.get(_one(job), 0.0) + work
                if self._first_step is None:
                    self._first_step = progress.seconds / work
                elif progress.step > 1:
                    self._warm_seconds += progress.seconds
                    self._warm_work += work
            case PanelFinished(job, result):
                times = result.times
                self._drawn += self._doing.get(_one(job), 0.0)
                self._asked += sum(_work(job))
                self._rest = max(0.0, times.total - times.of(*_IN_STEPS))
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
        again = max(1.0, self._drawn / self._asked) if self._asked else 1.0
        work = again * (sum(map(sum, self._left.values())) - sum(self._done.values()))
        alone = max(0.0, work * pace + len(self._left) * (self._rest or 0.0))
        return alone / max(1, min(self._at_once, len(self._left)))

    def _forget(self, job: Job) -> None:
        self._left.pop(_one(job), None)
        self._done.pop(_one(job), None)
        self._doing.pop(_one(job), None)


def _work(job: Job) -> tuple[float, ...]:
    """What each step costs; pixels, where the job does not say it."""
    request = job.request
    return job.work or (float(request.width * request.height),) * max(1, request.steps_in_all)


def _one(job: Job) -> tuple[JobKey, int]:
    return job.key, job.request.sampling.seed
