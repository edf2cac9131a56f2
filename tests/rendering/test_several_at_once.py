"""The queue over an executor that draws several panels at once."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ModelError, ProjectError, RenderError
from storyboard.rendering.events import PanelFinished, PanelProgressed, PanelStarted, RunFinished
from storyboard.rendering.forecast import Forecast
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.measurements import Measurements
from storyboard.rendering.queue import RenderQueue
from storyboard.values.card import ModelCard
from storyboard.values.stages import StepProgress
from tests.requests import WORDS, but, panel_request
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storyboard.errors import StoryboardError
    from storyboard.rendering.events import Event
    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8)
STEPS = 3


def jobs(count: int) -> tuple[Job, ...]:
    request = panel_request(1, "a lighthouse", "", 64, 64, STEPS, 6.0, seed=7)
    return tuple(
        Job(PanelTake(f"k{number}"), f"panel {number}", but(request, panel=number, seed=number))
        for number in range(1, count + 1)
    )


class Wide:
    """As many threads as are asked for, each with a scripted generator."""

    def __init__(self, width: int, failures: dict[int, StoryboardError] | None = None) -> None:
        self.width = width
        self.most = self._now = 0
        self.at_step: Callable[[int, int], None] = lambda panel, step: None
        self._failures = failures
        self._threads = ThreadPoolExecutor(8)
        self._lock = threading.Lock()

    def start(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        on_load: LoadProgress,
        cancelled: Callable[[], bool],
    ) -> None:
        on_load("the script", 1.0)

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        return self._threads.submit(self._draw, request, on_step, cancelled)

    def shutdown(self) -> None:
        self._threads.shutdown()

    def _draw(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            generator = ScriptedGenerator(MODEL, self._failures, lambda *now: self.at_step(*now))
            return generator.render(request, on_step, cancelled)
        finally:
            with self._lock:
                self._now -= 1


@pytest.fixture
def wide() -> Iterator[Wide]:
    executor = Wide(3)
    yield executor
    executor.shutdown()


def test_as_many_fly_as_are_drawn_at_once_and_one_event_comes_at_a_time(wide: Wide) -> None:
    events: list[Event] = []
    together = threading.Barrier(3)
    inside = threading.Lock()

    def watch(event: Event) -> None:
        assert inside.acquire(blocking=False), "two events at once"
        events.append(event)
        inside.release()

    def step(panel: int, step: int) -> None:
        if step == 1:  # all three must be in their first step before any goes on
            together.wait(10)

    wide.at_step = step
    queue = RenderQueue(wide, watch)
    queue.add(jobs(6))
    assert queue.run().finished == 6
    assert wide.most == 3
    assert {e.job.panel for e in events if isinstance(e, PanelFinished)} == {
        f"k{number}" for number in range(1, 7)
    }
    assert isinstance(events[-1], RunFinished)


def test_what_joins_while_one_flies_is_used_at_once(wide: Wide) -> None:
    wide.width = 1
    second = threading.Event()

    def step(panel: int, step: int) -> None:
        if panel == 1:
            wide.width = 2
            assert second.wait(10)  # the second panel starts while the first is drawn
        second.set()

    wide.at_step = step
    queue = RenderQueue(wide, lambda event: None)
    queue.add(jobs(2))
    assert queue.run().finished == 2


def test_a_cancel_ends_all_flights_and_they_wait_in_their_places(wide: Wide) -> None:
    together = threading.Barrier(3)

    def step(panel: int, step: int) -> None:
        if step == 2:
            together.wait(10)
            queue.cancel()

    wide.at_step = step
    queue = RenderQueue(wide, lambda event: None)
    queue.add(jobs(5))
    outcome = queue.run()
    assert (outcome.finished, outcome.left) == (0, 5)
    assert [job.panel for job in queue.waiting] == ["k1", "k2", "k3", "k4", "k5"]
    wide.at_step = lambda panel, step: None
    assert queue.run().finished == 5


@pytest.mark.parametrize("error", [ModelError("no model"), ProjectError("the disk is full")])
def test_an_error_stops_the_other_flights_and_all_wait_again(
    wide: Wide, error: StoryboardError
) -> None:
    stopped = threading.Event()

    def step(panel: int, step: int) -> None:
        if panel == 1 and isinstance(error, ModelError):
            raise error
        if panel > 1 and step == 2:
            stopped.wait(0.05)

    def watch(event: Event) -> None:
        if isinstance(error, ProjectError) and isinstance(event, PanelFinished):
            raise error

    wide.at_step = step
    queue = RenderQueue(wide, watch)
    queue.add(jobs(4))
    with pytest.raises(type(error)):
        queue.run()
    assert len(queue.waiting) >= 2
    assert wide._now == 0


def test_a_failed_panel_stops_none_of_the_others() -> None:
    wide = Wide(2, {2: RenderError("panel 2 is black")})
    queue = RenderQueue(wide, lambda event: None)
    queue.add(jobs(4))
    outcome = queue.run()
    wide.shutdown()
    assert (outcome.finished, outcome.failed, outcome.left) == (3, 1, 0)


def test_a_pause_lets_those_that_fly_land(wide: Wide) -> None:
    started: list[str] = []
    landed = threading.Event()
    finished: list[str] = []

    def watch(event: Event) -> None:
        if isinstance(event, PanelStarted):
            started.append(event.job.panel)
            if len(started) == 3:
                queue.pause()
        if isinstance(event, PanelFinished):
            finished.append(event.job.panel)
            if len(finished) == 3:
                landed.set()

    queue = RenderQueue(wide, watch)
    queue.add(jobs(5))
    running = threading.Thread(target=queue.run)
    running.start()
    assert landed.wait(10)
    assert started == ["k1", "k2", "k3"]
    queue.resume()
    running.join(10)
    assert sorted(finished) == ["k1", "k2", "k3", "k4", "k5"]


def test_panels_at_once_share_the_time_that_is_left_and_keep_their_own_steps() -> None:
    work = jobs(4)
    forecast, measurements = Forecast(work), Measurements(work)
    events: list[Event] = [PanelStarted(work[0]), PanelStarted(work[1])]
    for step in (1, 2):
        events += [
            PanelProgressed(job, StepProgress(1, step, STEPS, float(number)))
            for number, job in enumerate(work[:2], 1)
        ]
    for event in events:
        forecast.watch(event)
        measurements.watch(event)
    # Twelve steps less the four that are done, at the 1.5 s of the warm ones, by two machines.
    assert forecast.seconds_left == pytest.approx(8 * 1.5 / 2)
    assert measurements.snapshot.steps_per_second == pytest.approx(2 / 1.5)
    result = ScriptedGenerator(MODEL).render(work[0].request, lambda _: None, lambda: False)
    measurements.watch(PanelFinished(work[0], result, 4.0))
    assert measurements.panels[0].steps == (1.0, 1.0)
