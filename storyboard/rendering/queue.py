"""The render queue: jobs go to an executor, as many at once as it draws, and events come back.

The queue knows neither torch nor the project folder, and not where the executor renders: in this
process, in a child process, on other machines. Whoever runs it keeps what the events bring.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import OutOfMemory, RenderCancelled, RenderError
from storyboard.rendering.events import (
    Event,
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)
from storyboard.rendering.job import Job
from storyboard.values.result import PanelResult
from storyboard.values.stages import likely_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from storyboard.rendering.executor import Executor
    from storyboard.values.request import PanelRequest, Weights

__all__ = ["RenderQueue"]

_LOOK = 0.2  # seconds between two looks whether there is room for another panel


@dataclass(frozen=True, slots=True)
class _Flight:
    """A job that the executor has; `started` is the clock's time then."""

    job: Job
    future: Future[PanelResult]
    started: float


class RenderQueue:
    """Jobs in order. `run` works them off; all else may be called from anywhere at any time.

    Args:
        executor: Renders the jobs.
        on_event: Receives every event, one at a time: progress and loading on the executor's
            thread, all others on the thread of `run`. An exception that it raises stops the run: a
            picture that cannot be kept must not be followed by more of them.
    """

    def __init__(self, executor: Executor, on_event: Callable[[Event], None]) -> None:
        self._executor = executor
        self._on_event = on_event
        self._waiting: deque[Job] = deque()
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._is_running = False
        self._cancelled = threading.Event()
        self._unpaused = threading.Event()
        self._unpaused.set()

    @property
    def waiting(self) -> tuple[Job, ...]:
        """The jobs that have no picture yet, in order, with those that are being drawn."""
        with self._lock:
            return tuple(self._waiting)

    def add(self, jobs: Iterable[Job]) -> bool:
        """Put jobs at the end of the queue.

        Returns:
            Whether a run that is under way draws them; else the next one does.
        """
        with self._lock:
            self._waiting.extend(jobs)
            return self._is_running and not self._cancelled.is_set()

    def pause(self) -> None:
        """Start no further job; what runs is completed."""
        self._unpaused.clear()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._unpaused.set()

    def cancel(self) -> None:
        """Stop within one step. Each interrupted job waits again, in its place."""
        self._cancelled.set()
        self._unpaused.set()

    def run(self) -> RunFinished:
        """Work off the waiting jobs, until none is left or `cancel` is called.

        A cancel that came before this call belongs to an earlier run and is forgotten.

        Raises:
            ModelError: The model of a job cannot be loaded; the job waits again.
        """
        self._cancelled.clear()
        started = time.perf_counter()
        ended: list[bool] = []
        flights: list[_Flight] = []
        ready: Weights | None = None
        try:
            while self._goes_on():
                # 1. As many panels as are drawn at once; a pause lets those that fly land.
                if not flights:
                    self._unpaused.wait()
                while (job := self._next(flights)) is not None:
                    ready = self._make_ready(job.request, ready)
                    flights.append(self._submit(job))
                if self._cancelled.is_set() and not flights:
                    break
                # 2. Those that have landed, pictures before errors.
                for flight in _landed(flights):
                    flights.remove(flight)
                    drawn = self._land(flight)
                    if drawn is not None:
                        self._remove(flight.job)
                        ended.append(drawn)
        except RenderCancelled:
            pass  # while a model was loading
        finally:
            with self._lock:
                self._is_running = False
            if flights:  # something went wrong, and nobody keeps what they would bring
                self._cancelled.set()
                wait([flight.future for flight in flights])
        seconds = likely_seconds(time.perf_counter() - started)
        outcome = RunFinished(sum(ended), ended.count(False), len(self.waiting), seconds)
        self._tell(outcome)
        return outcome

    def _tell(self, event: Event) -> None:
        with self._telling:
            self._on_event(event)

    def _goes_on(self) -> bool:
        """Whether jobs wait; where there is none, nothing that is added joins this run."""
        with self._lock:
            self._is_running = bool(self._waiting)
            return self._is_running

    def _next(self, flights: list[_Flight]) -> Job | None:
        """The first job that nobody draws; None where no further one may start now."""
        if self._cancelled.is_set() or not self._unpaused.is_set():
            return None
        if len(flights) >= self._executor.width:
            return None
        flying = {id(flight.job) for flight in flights}
        return next((job for job in self.waiting if id(job) not in flying), None)

    def _remove(self, job: Job) -> None:
        with self._lock:
            place = next(number for number, each in enumerate(self._waiting) if each is job)
            del self._waiting[place]

    def _make_ready(self, request: PanelRequest, ready: Weights | None) -> Weights:
        """Have the weights of a request loaded, where they are not the ones that are `ready`."""
        if request.weights != ready:
            self._executor.start(
                request.choice,
                request.techniques,
                lambda what, share: self._tell(ModelLoading(what, share)),
                self._cancelled.is_set,
            )
        return request.weights

    def _submit(self, job: Job) -> _Flight:
        self._tell(PanelStarted(job))
        started = time.perf_counter()
        future = self._executor.submit(
            job.request,
            lambda progress: self._tell(PanelProgressed(job, progress.likely())),
            self._cancelled.is_set,
        )
        return _Flight(job, future, started)

    def _land(self, flight: _Flight) -> bool | None:
        """Tell how a job has ended: True with a picture, False where it failed.

        None where it was stopped, and then the run stops too, whoever wanted it.
        """
        try:
            result = flight.future.result()
        except RenderCancelled:
            self._cancelled.set()
            return None
        except RenderError as error:
            smaller = error.smaller if isinstance(error, OutOfMemory) else None
            self._tell(PanelFailed(flight.job, error.message, smaller))
            return False
        result = replace(result, times=result.times.likely())
        seconds = likely_seconds(time.perf_counter() - flight.started)
        self._tell(PanelFinished(flight.job, result, seconds))
        return True


def _landed(flights: list[_Flight]) -> list[_Flight]:
    """The flights that have ended, those with a picture first; empty where none did for a while."""
    ended, _ = wait([flight.future for flight in flights], _LOOK, FIRST_COMPLETED)
    landed = [flight for flight in flights if flight.future in ended]
    return sorted(landed, key=lambda flight: flight.future.exception() is not None)
