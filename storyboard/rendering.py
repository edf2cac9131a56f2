"""The render queue: jobs go to an executor one after another, events come back.

The queue knows neither torch nor the project folder, and not where the executor renders: in this
process, in a child process, on other machines. Whoever runs it keeps what the events bring.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storyboard.errors import OutOfMemory, RenderCancelled, RenderError, StoryboardError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.models import ModelDescription, PanelRequest, PanelResult, StepProgress

__all__ = [
    "Event",
    "Executor",
    "InProcessExecutor",
    "Job",
    "LoadProgress",
    "ModelLoading",
    "PanelFailed",
    "PanelFinished",
    "PanelGenerator",
    "PanelProgressed",
    "PanelStarted",
    "RenderQueue",
    "RunFinished",
]


LoadProgress = Callable[[str, float], None]
"""Called with what is being loaded and the share of it that is done, 0..1."""


class PanelGenerator(Protocol):
    """What a model must be able to do; `LocalImageGenerator` is one."""

    def describe(self) -> ModelDescription:
        """Say what the planner of requests must know, without loading the weights."""
        ...

    def load(self, progress: LoadProgress | None = None) -> None:
        """Bring the weights into memory; a second call does nothing.

        Raises:
            ModelError: The model cannot be loaded.
        """
        ...

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        """Draw one panel.

        Raises:
            RenderCancelled: `cancelled` returned True; asked at least once a step.
            RenderError: The panel cannot be drawn.
        """
        ...

    def unload(self) -> None:
        """Give the memory back."""
        ...


class Executor(Protocol):
    """Where panels are rendered, in the manner of `concurrent.futures.Executor`."""

    def start(self, on_load: LoadProgress, cancelled: Callable[[], bool]) -> None:
        """Make ready to render; a second call does nothing.

        Args:
            on_load: Told how far it is.
            cancelled: Says that nobody waits any more; an executor that cannot stop loading, as it
                loads on the calling thread, need not ask.

        Raises:
            ModelError: The model cannot be loaded.
            RenderCancelled: `cancelled` returned True.
        """
        ...

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Accept a panel; the future ends with its result or with a `StoryboardError`."""
        ...

    def shutdown(self) -> None:
        """Give back memory and processes."""
        ...


class InProcessExecutor:
    """Renders on the calling thread: with MPS only one thread may ever touch torch."""

    def __init__(self, generator: PanelGenerator) -> None:
        self._generator = generator

    def start(self, on_load: LoadProgress, cancelled: Callable[[], bool]) -> None:
        """Load the model, to the end."""
        self._generator.load(on_load)

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Render the panel now; the future that comes back has ended.

        An error that is none of ours is a defect and leaves as it is, with its traceback.
        """
        future: Future[PanelResult] = Future()
        try:
            future.set_result(self._generator.render(request, on_step, cancelled))
        except StoryboardError as error:
            future.set_exception(error)
        return future

    def shutdown(self) -> None:
        """Unload the model."""
        self._generator.unload()


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to make.

    Attributes:
        key: The caller's name for it, for example a panel's key on the board.
        title: What people call it: "panel 3".
        request: What to draw.
    """

    key: str
    title: str
    request: PanelRequest


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
    reason: str
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


class RenderQueue:
    """Jobs in order. `run` works them off; `pause`, `resume` and `cancel` may come from anywhere.

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
        self._cancelled = threading.Event()
        self._unpaused = threading.Event()
        self._unpaused.set()

    @property
    def waiting(self) -> tuple[Job, ...]:
        """The jobs that have no picture yet, in order."""
        return tuple(self._waiting)

    def add(self, jobs: Iterable[Job]) -> None:
        """Put jobs at the end of the queue."""
        self._waiting.extend(jobs)

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
            ModelError: No job can succeed, because the model cannot be loaded.
        """
        self._cancelled.clear()
        started = time.perf_counter()
        finished = failed = 0
        try:
            if self._waiting:
                self._executor.start(
                    lambda what, share: self._on_event(ModelLoading(what, share)),
                    self._cancelled.is_set,
                )
            while self._waiting:
                self._unpaused.wait()
                if self._cancelled.is_set():
                    break
                drawn = self._draw(self._waiting[0])
                self._waiting.popleft()
                finished, failed = finished + drawn, failed + (not drawn)
        except RenderCancelled:
            pass  # the interrupted job is still the first
        seconds = time.perf_counter() - started
        outcome = RunFinished(finished, failed, len(self._waiting), seconds)
        self._on_event(outcome)
        return outcome

    def _draw(self, job: Job) -> bool:
        """Render one job; False where it failed."""
        self._on_event(PanelStarted(job))
        started = time.perf_counter()
        future = self._executor.submit(
            job.request,
            lambda progress: self._on_event(PanelProgressed(job, progress)),
            self._cancelled.is_set,
        )
        try:
            result = future.result()
        except RenderError as error:
            smaller = error.smaller if isinstance(error, OutOfMemory) else None
            self._on_event(PanelFailed(job, str(error), smaller))
            return False
        self._on_event(PanelFinished(job, result, time.perf_counter() - started))
        return True
