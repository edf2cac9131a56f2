"""The render queue: jobs go to an executor one after another, events come back.

The queue knows neither torch nor the project folder, and not where the executor renders: in this
process, in a child process, on other machines. Whoever runs it keeps what the events bring.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import replace
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
from storyboard.values.stages import likely_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from storyboard.rendering.executor import Executor
    from storyboard.rendering.job import Job
    from storyboard.values.request import PanelRequest, Weights

__all__ = ["RenderQueue"]


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
        self._is_running = False
        self._cancelled = threading.Event()
        self._unpaused = threading.Event()
        self._unpaused.set()

    @property
    def waiting(self) -> tuple[Job, ...]:
        """The jobs that have no picture yet, in order."""
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
        """Start no further job; the one that runs is completed."""
        self._unpaused.clear()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._unpaused.set()

    def cancel(self) -> None:
        """Stop within one step. The interrupted job waits again, as the first."""
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
        finished = failed = 0
        ready: Weights | None = None
        try:
            while (job := self._next()) is not None:
                self._unpaused.wait()
                if self._cancelled.is_set():
                    break
                ready = self._make_ready(job.request, ready)
                drawn = self._draw(job)
                with self._lock:
                    self._waiting.popleft()
                finished, failed = finished + drawn, failed + (not drawn)
        except RenderCancelled:
            pass  # the interrupted job is still the first
        finally:
            with self._lock:
                self._is_running = False
        seconds = likely_seconds(time.perf_counter() - started)
        outcome = RunFinished(finished, failed, len(self.waiting), seconds)
        self._on_event(outcome)
        return outcome

    def _next(self) -> Job | None:
        """The first waiting job; where there is none, nothing that is added joins this run."""
        with self._lock:
            self._is_running = bool(self._waiting)
            return self._waiting[0] if self._waiting else None

    def _make_ready(self, request: PanelRequest, ready: Weights | None) -> Weights:
        """Have the weights of a request loaded, where they are not the ones that are `ready`."""
        if request.weights != ready:
            self._executor.start(
                request.choice,
                request.techniques,
                lambda what, share: self._on_event(ModelLoading(what, share)),
                self._cancelled.is_set,
            )
        return request.weights

    def _draw(self, job: Job) -> bool:
        """Render one job; False where it failed."""
        self._on_event(PanelStarted(job))
        started = time.perf_counter()
        future = self._executor.submit(
            job.request,
            lambda progress: self._on_event(PanelProgressed(job, progress.likely())),
            self._cancelled.is_set,
        )
        try:
            result = future.result()
        except RenderError as error:
            smaller = error.smaller if isinstance(error, OutOfMemory) else None
            self._on_event(PanelFailed(job, error.message, smaller))
            return False
        result = replace(result, times=result.times.likely())
        seconds = likely_seconds(time.perf_counter() - started)
        self._on_event(PanelFinished(job, result, seconds))
        return True
