"""One stream of measurements for all who show speed: the window, the terminal, the benchmark.

It watches the queue's events and keeps a few numbers for each panel; nothing is computed before
somebody asks.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from storyboard.rendering.events import (
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)
from storyboard.rendering.forecast import Forecast
from storyboard.rendering.job import JobKey
from storyboard.values.stages import StageTimes, likely_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.message import Message
    from storyboard.rendering.events import Event
    from storyboard.rendering.job import Job

__all__ = ["Measurements", "PanelMeasure", "Snapshot"]

_RECENT = 8  # steps that the live speed looks at


@dataclass(frozen=True, slots=True)
class PanelMeasure:
    """What was measured of one finished panel.

    Attributes:
        key: The job's.
        seconds: Wall time from submitting to receiving.
        times: By stage, as the generator measured them.
        steps: Seconds of each step.
        memory: Most bytes in use, as in `storyboard.values.stages.StepProgress`.
        cold: Whether this was the first panel since the model was loaded.
    """

    key: JobKey
    seconds: float
    times: StageTimes
    steps: tuple[float, ...]
    memory: int
    cold: bool

    @property
    def between(self) -> float:
        """Seconds of the wall time that belong to no stage."""
        return self.seconds - sum(seconds for _, seconds in self.times.stages)

    @property
    def overhead(self) -> float | None:
        """Share of the wall time outside the networks' forward passes; None if not measured."""
        if not self.times.networks or not self.seconds:
            return None
        return 1 - self.times.networks / self.seconds


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The numbers of a run at one moment. None means that it is not known yet.

    Attributes:
        steps_per_second: From the last steps.
        stages: Seconds by stage over all finished panels.
        memory: Bytes in use now.
        peak_memory: Most bytes in use so far.
        load_seconds: Seconds from the first event of loading to the first panel.
        cold_seconds: Wall time of the first panel after loading.
        warm_seconds: Median wall time of the others.
        elapsed: Seconds since the run began.
        seconds_left: Predicted from this run alone.
        predicted_total: Elapsed and left together.
    """

    steps_per_second: float | None
    stages: StageTimes
    memory: int
    peak_memory: int
    load_seconds: float | None
    cold_seconds: float | None
    warm_seconds: float | None
    elapsed: float
    seconds_left: float | None

    @property
    def predicted_total(self) -> float | None:
        """Seconds of the whole run."""
        return None if self.seconds_left is None else self.elapsed + self.seconds_left


class Measurements:
    """Watches a run.

    Args:
        jobs: All that the run is going to draw, for the time left.
        warm: Whether the model is loaded and has drawn already.
        clock: Seconds from any origin.
    """

    def __init__(
        self,
        jobs: Sequence[Job] = (),
        *,
        warm: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.forecast = Forecast(jobs)
        self.panels: list[PanelMeasure] = []
        self.failed: list[Message] = []
        self._warm = warm
        self._clock = clock
        self._began: float | None = None
        self._ended: float | None = None
        self._loading: float | None = None
        self._loaded: float | None = None
        self._steps: dict[int, list[float]] = {}  # of those that are drawn now, by the job's id
        self._recent: deque[float] = deque(maxlen=_RECENT)
        self._memory = self._peak = 0

    def watch(self, event: Event) -> None:
        """Learn from an event; costs microseconds."""
        now = self._clock()
        if self._began is None:
            self._began = now
        self.forecast.watch(event)
        match event:
            case PanelProgressed(job, progress) if not progress.said:
                self._steps.setdefault(id(job), []).append(progress.seconds)
                self._recent.append(progress.seconds)
                self._remember(progress.memory)
            case ModelLoading() if self._loading is None:
                self._loading = now
            case PanelStarted(job):
                if self._loading is not None and self._loaded is None:
                    self._loaded = likely_seconds(now - self._loading)
                self._steps[id(job)] = []
            case PanelFinished(job, result, seconds):
                self._remember(result.memory)
                cold = not self._warm and not self.panels
                steps = tuple(self._steps.pop(id(job), ()))
                self.panels.append(
                    PanelMeasure(job.key, seconds, result.times, steps, result.memory, cold)
                )
            case PanelFailed(job, reason):
                self._steps.pop(id(job), None)
                self.failed.append(reason)
            case RunFinished():
                self._ended = now
            case _:
                pass

    @property
    def snapshot(self) -> Snapshot:
        """The numbers now."""
        cold = [each.seconds for each in self.panels if each.cold]
        warm = [each.seconds for each in self.panels if not each.cold]
        elapsed = 0.0
        if self._began is not None:
            until = self._clock() if self._ended is None else self._ended
            elapsed = likely_seconds(until - self._began)
        # Several at once are as many times as quick.
        recent = median(self._recent) / max(1, len(self._steps)) if self._recent else 0.0
        return Snapshot(
            steps_per_second=1 / recent if recent else None,
            stages=_sum([each.times for each in self.panels]),
            memory=self._memory,
            peak_memory=self._peak,
            load_seconds=self._loaded,
            cold_seconds=cold[0] if cold else None,
            warm_seconds=median(warm) if warm else None,
            elapsed=elapsed,
            seconds_left=0.0 if self._ended is not None else self.forecast.seconds_left,
        )

    def _remember(self, memory: int) -> None:
        self._memory = memory
        self._peak = max(self._peak, memory)


def _sum(times: Sequence[StageTimes]) -> StageTimes:
    names = dict.fromkeys(name for each in times for name, _ in each.stages)
    return StageTimes(
        tuple((name, sum(each.of(name) for each in times)) for name in names),
        total=sum(each.total for each in times),
        networks=sum(each.networks for each in times),
        telling=sum(each.telling for each in times),
    )
