"""The time a run still needs, from what was measured in this very run: nothing is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.rendering import PanelFailed, PanelFinished, PanelProgressed, PanelStarted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.models import PanelRequest
    from storyboard.rendering import Event, Job

__all__ = ["Forecast"]


class Forecast:
    """Watches the events of a run and says how long the rest of it takes.

    A panel costs its steps, which grow with steps times pixels, and a rest: text encoders, decoder,
    saving. The first panel also loads the model, and its first step may compile kernels, so both
    are used only until something warmer has been measured.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        # A panel may have several pictures to come, each with a seed of its own.
        self._left = {_one(job): job.request for job in jobs}
        self._drawing: PanelRequest | None = None
        self._steps_done = 0
        self._first_step: float | None = None  # seconds per pixel
        self._warm_seconds = 0.0
        self._warm_work = 0  # steps times pixels
        self._rest: float | None = None  # seconds per panel beside the steps

    def watch(self, event: Event) -> None:
        """Learn from an event."""
        match event:
            case PanelStarted(job):
                self._drawing, self._steps_done = job.request, 0
            case PanelProgressed(job, progress) if not progress.said:
                self._steps_done = progress.step
                pixels = job.request.width * job.request.height
                if self._first_step is None:
                    self._first_step = progress.seconds / pixels
                elif progress.step > 1:
                    self._warm_seconds += progress.seconds
                    self._warm_work += pixels
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
        work = sum(each.steps * each.width * each.height for each in self._left.values())
        if self._drawing is not None:
            work -= self._steps_done * self._drawing.width * self._drawing.height
        return max(0.0, work * pace + len(self._left) * (self._rest or 0.0))

    def _forget(self, job: Job) -> None:
        self._left.pop(_one(job), None)
        self._drawing, self._steps_done = None, 0


def _one(job: Job) -> tuple[str, int]:
    return job.key, job.request.seed
