"""The benchmark: panels without identity, panels with it, and a storyboard, all measured.

It renders through the same queue as the program, and saves every picture: what is measured is
what users wait for. Loading and warming up are told apart from the measured runs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from storyboard.benchmark.result import BoardRun, Line, Run
from storyboard.errors import RenderCancelled, RenderError, StoryboardError
from storyboard.rendering.events import PanelFinished
from storyboard.rendering.measurements import Measurements
from storyboard.rendering.queue import RenderQueue
from storyboard.values.result import PanelResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.rendering.job import Job, JobKey
    from storyboard.rendering.measurements import PanelMeasure
    from storyboard.rendering.panel_generator import LoadProgress

__all__ = ["HELD", "PLAIN", "Benchmark", "Found", "Subject"]

PLAIN, HELD = "no identity", "identity"


class Subject(Protocol):
    """What is drawn; the project folder behind it is none of the benchmark's business."""

    identity: bool
    """Whether the model can hold an identity."""

    def plain(self, count: int) -> Sequence[Job]:
        """Jobs without identity, no two alike."""
        ...

    def hold(self, picture: bytes) -> None:
        """Take a picture (PNG) as the character's reference."""
        ...

    def held(self, count: int) -> Sequence[Job]:
        """Jobs with an identity, no two alike; `hold` came before."""
        ...

    def keep(self, result: PanelResult) -> None:
        """Save a picture as the program would."""
        ...

    def board(self) -> Sequence[Job]:
        """The jobs of the storyboard."""
        ...

    def board_queue(self, executor: Executor, on_event: Callable[[Event], None]) -> RenderQueue:
        """A queue that draws and keeps the storyboard."""
        ...


@dataclass(slots=True)
class Found:
    """What has been measured so far.

    Attributes:
        result: Any panel's result, for the model, device and size.
        ended: Why it ended early; None where it did not.
    """

    load_seconds: float = 0.0
    lines: list[Line] = field(default_factory=list)
    board: BoardRun | None = None
    result: PanelResult | None = None
    ended: RenderCancelled | RenderError | None = None


class Benchmark:
    """One benchmark. `cancel` may come from anywhere; what was measured before stays.

    Args:
        subject: What is drawn.
        executor: Draws.
        repeats: Measured panels a line, at least 1.
        tell: Receives a line about what happens, and every event.
    """

    def __init__(
        self,
        subject: Subject,
        executor: Executor,
        *,
        repeats: int,
        tell: Callable[[str, Event | None], None],
    ) -> None:
        self._subject = subject
        self._executor = executor
        self._repeats = repeats
        self._tell = tell
        self._queue: RenderQueue | None = None
        self._cancelled = False
        self._phase = ""
        self.found = Found()

    def cancel(self) -> bool:
        """Stop within a step; False while the model is loading, when nothing can be stopped."""
        if self._queue is None:
            return False
        self._cancelled = True
        self._queue.cancel()
        return True

    def run(self, on_load: LoadProgress) -> Found:
        """Measure everything, or as much as there is until it is stopped.

        Raises:
            ModelError: The model cannot be loaded.
        """
        plain = self._subject.plain(self._repeats + 1)
        request = plain[0].request
        started = time.perf_counter()
        self._executor.start(request.choice, request.techniques, on_load, lambda: self._cancelled)
        self.found.load_seconds = time.perf_counter() - started
        try:
            self._line(PLAIN, plain)
            if self._subject.identity:
                self._subject.hold(self._picture())
                self._line(HELD, self._subject.held(self._repeats + 1))
            self._board()
        except (RenderCancelled, RenderError) as ended:
            self.found.ended = ended
        return self.found

    def _line(self, name: str, jobs: Sequence[Job]) -> None:
        """Draw one panel to warm up, then the measured ones."""
        self._phase = name
        keeping: dict[JobKey, float] = {}
        measurements = Measurements(jobs)

        def follow(event: Event) -> None:
            measurements.watch(event)
            if isinstance(event, PanelFinished):
                self.found.result = event.result
                started = time.perf_counter()
                self._subject.keep(event.result)
                keeping[event.job.key] = time.perf_counter() - started
            self._tell(name, event)

        queue = RenderQueue(self._executor, follow)
        queue.add(jobs)
        try:
            self._work_off(queue, measurements)
        finally:
            runs = [_run(each, keeping.get(each.key, 0.0)) for each in measurements.panels]
            if runs:
                self.found.lines.append(Line(name, runs[0].seconds, tuple(runs[1:])))

    def _board(self) -> None:
        self._phase = "storyboard"
        measurements = Measurements(self._subject.board(), warm=True)
        predicted: float | None = None

        def follow(event: Event) -> None:
            nonlocal predicted
            measurements.watch(event)
            if isinstance(event, PanelFinished) and len(measurements.panels) == 1:
                predicted = measurements.snapshot.predicted_total
            self._tell("storyboard", event)

        queue = self._subject.board_queue(self._executor, follow)
        try:
            self._work_off(queue, measurements)
        finally:
            if measurements.panels:
                elapsed = measurements.snapshot.elapsed
                self.found.board = BoardRun(len(measurements.panels), elapsed, predicted)

    def _work_off(self, queue: RenderQueue, measurements: Measurements) -> None:
        self._queue = queue
        try:
            left = queue.run().left
        except StoryboardError as error:
            raise RenderError("{phase}: {error}", phase=self._phase, error=error) from error
        if left or self._cancelled:
            raise RenderCancelled(
                "{phase}: stopped with {left} panels of this part left",
                phase=self._phase,
                left=left,
            )
        if measurements.failed:
            reason = measurements.failed[0]
            raise RenderError("{phase}: {reason}", phase=self._phase, reason=reason)

    def _picture(self) -> bytes:
        if self.found.result is None:
            raise RenderError("{phase}: no picture was drawn", phase=self._phase)
        return self.found.result.media.png


def _run(measure: PanelMeasure, keeping: float) -> Run:
    stages = dict(measure.times.stages)
    stages["save"] = stages.get("save", 0.0) + keeping
    return Run(
        seconds=measure.seconds + keeping,
        stages=stages,
        steps=measure.steps,
        networks=measure.times.networks,
        memory=measure.memory,
        telling=measure.times.telling,
    )
