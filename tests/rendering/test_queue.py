from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ModelError, ProjectError, RenderError
from storyboard.message import Message
from storyboard.rendering.events import (
    Event,
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.forecast import Forecast
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.measurements import Measurements
from storyboard.rendering.queue import RenderQueue
from storyboard.values import bounds
from storyboard.values.card import ModelCard
from storyboard.values.stages import StageTimes, StepProgress
from tests.requests import WORDS, but, panel_request
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8)


def jobs(count: int, steps: int = 3) -> tuple[Job, ...]:
    request = panel_request(1, "a lighthouse", "", 64, 64, steps, 6.0, seed=7)
    return tuple(
        Job(PanelTake(f"k{number}"), f"panel {number}", but(request, panel=number, seed=number))
        for number in range(1, count + 1)
    )


def queue_with(generator: ScriptedGenerator, count: int) -> tuple[RenderQueue, list[Event]]:
    events: list[Event] = []
    queue = RenderQueue(InProcessExecutor(generator), events.append)
    queue.add(jobs(count))
    return queue, events


def drawn(generator: ScriptedGenerator) -> list[int]:
    return [request.panel for request in generator.drawn]


def test_events_come_in_the_order_of_the_work() -> None:
    queue, events = queue_with(ScriptedGenerator(MODEL), 2)
    outcome = queue.run()
    kinds = [type(event) for event in events]
    panel = [PanelStarted, *[PanelProgressed] * 3, PanelFinished]
    assert kinds == [ModelLoading, *panel, *panel, RunFinished]
    assert events[-1] == outcome
    assert (outcome.finished, outcome.failed, outcome.left) == (2, 0, 0)


def test_cancel_stops_within_a_step_and_a_second_run_draws_only_the_rest() -> None:
    generator = ScriptedGenerator(MODEL)
    queue, events = queue_with(generator, 4)
    generator.at_step = lambda panel, step: queue.cancel() if (panel, step) == (3, 2) else None
    outcome = queue.run()
    assert (outcome.finished, outcome.left) == (2, 2)
    assert drawn(generator) == [1, 2]
    steps = [e.progress.step for e in events if isinstance(e, PanelProgressed)]
    assert steps == [1, 2, 3, 1, 2, 3, 1]
    generator.at_step = lambda panel, step: None
    assert queue.run().finished == 2
    assert drawn(generator) == [1, 2, 3, 4]


def test_a_failed_panel_does_not_stop_the_others() -> None:
    generator = ScriptedGenerator(MODEL, {2: RenderError("panel 2 is black: lower the guidance")})
    queue, events = queue_with(generator, 3)
    outcome = queue.run()
    assert (outcome.finished, outcome.failed, outcome.left) == (2, 1, 0)
    failed = [event for event in events if isinstance(event, PanelFailed)]
    assert [(e.job.panel, str(e.reason)) for e in failed] == [
        ("k2", "panel 2 is black: lower the guidance")
    ]


def test_a_model_that_cannot_load_stops_the_run_and_keeps_the_jobs() -> None:
    class Unloadable(ScriptedGenerator):
        def load(
            self,
            choice: ModelChoice,
            techniques: Sequence[Technique] = (),
            progress: LoadProgress | None = None,
        ) -> None:
            raise ModelError("the model lacks unet/config.json: download it again")

    queue, _ = queue_with(Unloadable(MODEL), 2)
    with pytest.raises(ModelError, match="lacks unet"):
        queue.run()
    assert len(queue.waiting) == 2


def test_a_picture_that_cannot_be_kept_stops_the_run() -> None:
    generator = ScriptedGenerator(MODEL)

    def full_disk(event: Event) -> None:
        if isinstance(event, PanelFinished):
            raise ProjectError("the disk is full")

    queue = RenderQueue(InProcessExecutor(generator), full_disk)
    queue.add(jobs(3))
    with pytest.raises(ProjectError):
        queue.run()
    assert drawn(generator) == [1]
    assert [job.panel for job in queue.waiting] == ["k1", "k2", "k3"]


def test_a_defect_keeps_its_traceback() -> None:
    class Defective(ScriptedGenerator):
        def load(
            self,
            choice: ModelChoice,
            techniques: Sequence[Technique] = (),
            progress: LoadProgress | None = None,
        ) -> None:
            raise ZeroDivisionError

    queue, _ = queue_with(Defective(MODEL), 1)
    with pytest.raises(ZeroDivisionError):
        queue.run()


def test_pause_completes_the_running_panel_and_starts_no_other() -> None:
    generator = ScriptedGenerator(MODEL)
    queue, events = queue_with(generator, 2)
    first_done = threading.Event()

    def pause_in_first(panel: int, step: int) -> None:
        if (panel, step) == (1, 1):
            queue.pause()
            first_done.set()

    generator.at_step = pause_in_first
    worker = threading.Thread(target=queue.run)
    worker.start()
    assert first_done.wait(5)
    assert not any(isinstance(e, PanelStarted) and e.job.panel == "k2" for e in events)
    queue.resume()
    worker.join(5)
    assert drawn(generator) == [1, 2]


def test_a_paused_queue_can_be_cancelled() -> None:
    generator = ScriptedGenerator(MODEL)
    queue, _ = queue_with(generator, 2)
    queue.pause()
    worker = threading.Thread(target=queue.run)
    worker.start()
    while worker.is_alive():  # run() forgets a cancel that came before it
        queue.cancel()
        worker.join(0.01)
    assert len(queue.waiting) == 2


def test_jobs_added_while_running_are_drawn_in_the_same_run() -> None:
    generator = ScriptedGenerator(MODEL)
    late = jobs(2)[1:]

    def add_late(event: Event) -> None:
        if isinstance(event, PanelFinished) and event.job.panel == "k1":
            joined.append(queue.add(late))

    joined: list[bool] = []
    queue = RenderQueue(InProcessExecutor(generator), add_late)
    joined.append(queue.add(jobs(1)))
    assert queue.run().finished == 2
    assert joined == [False, True]
    assert not queue.add(late) and queue.run().finished == 1  # that run was over


def test_what_is_added_from_another_thread_joins_the_run_or_says_that_it_does_not() -> None:
    generator = ScriptedGenerator(MODEL)
    queue = RenderQueue(InProcessExecutor(generator), lambda event: None)
    joined: list[bool] = []
    adding = threading.Thread(target=lambda: joined.extend(queue.add([each]) for each in jobs(300)))
    queue.add(jobs(1))
    adding.start()
    finished = queue.run().finished
    adding.join()
    # What was promised to that run was drawn by it, and the others wait.
    assert finished >= 1 + sum(joined)
    assert finished + len(queue.waiting) == 301


def test_the_executor_gives_the_memory_back() -> None:
    generator = ScriptedGenerator(MODEL)
    InProcessExecutor(generator).shutdown()
    assert generator.unloads == 1


def test_the_forecast_counts_steps_and_the_rest_of_a_panel() -> None:
    work = jobs(3)
    forecast = Forecast(work)
    left: list[float | None] = [forecast.seconds_left]

    def watch(event: Event) -> None:
        forecast.watch(event)
        left.append(forecast.seconds_left)

    queue = RenderQueue(InProcessExecutor(ScriptedGenerator(MODEL)), watch)
    queue.add(work)
    queue.run()
    # One second a step, three steps and two seconds of decoding a panel, three panels: before the
    # first step nothing is known, before the first picture only the steps are.
    panel_1 = [None, 8.0, 7.0, 6.0, 10.0]
    panel_2 = [10.0, 9.0, 8.0, 7.0, 5.0]
    panel_3 = [5.0, 4.0, 3.0, 2.0, 0.0]
    assert left == [None, None, *panel_1, *panel_2, *panel_3, 0.0]


def test_clocks_that_jump_show_no_time_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    leaps = itertools.cycle([0.0, -86400.0, 1e12, 5.0])

    class Moved(ScriptedGenerator):
        """On a machine that was moved to another while it drew."""

        def render(
            self,
            request: PanelRequest,
            on_step: Callable[[StepProgress], None],
            cancelled: Callable[[], bool],
        ) -> PanelResult:
            def step(told: StepProgress) -> None:
                on_step(replace(told, seconds=next(leaps)))

            result = super().render(request, step, cancelled)
            return replace(result, times=StageTimes((("denoise", -5.0),), total=-86400.0))

    queue, events = queue_with(Moved(MODEL), 4)
    watching = Measurements(jobs(4))
    monkeypatch.setattr(time, "perf_counter", lambda: next(leaps))
    queue.run()
    seconds: list[float] = []
    for event in events:
        watching.watch(event)
        shown = watching.snapshot
        seconds += [shown.elapsed, shown.seconds_left or 0.0, shown.load_seconds or 0.0]
        match event:
            case PanelProgressed(_, progress):
                seconds.append(progress.seconds)
            case PanelFinished(_, result, total):
                seconds += [total, result.times.total, result.times.of("denoise")]
            case RunFinished():
                seconds.append(event.seconds)
            case _:
                pass
    assert len(seconds) > 60
    assert all(0 <= each <= bounds.PANEL_SECONDS * len(events) for each in seconds)


def test_the_forecast_forgets_a_slow_first_step_and_failed_panels() -> None:
    work = jobs(2)
    forecast = Forecast(work)
    step = PanelProgressed(work[0], replace_step(1, 60.0))
    for event in (PanelStarted(work[0]), step, PanelProgressed(work[0], replace_step(2, 1.0))):
        forecast.watch(event)
    assert forecast.seconds_left == pytest.approx(4.0)
    forecast.watch(PanelFailed(work[0], Message("black")))
    assert forecast.seconds_left == pytest.approx(3.0)


def test_panels_to_come_are_expected_to_be_drawn_again_as_often_as_those_before() -> None:
    work = jobs(3)
    forecast = Forecast(work)
    result = ScriptedGenerator(MODEL).render(work[0].request, lambda _step: None, lambda: False)
    forecast.watch(PanelStarted(work[0]))
    for step in (1, 2, 3, 1, 2, 3):  # too many people at first
        forecast.watch(PanelProgressed(work[0], replace_step(step, 1.0)))
    forecast.watch(PanelFinished(work[0], result, 8.0))
    # Two panels of six steps each, and two seconds of decoding.
    assert forecast.seconds_left == pytest.approx(2 * 6 + 2 * 2)


def replace_step(step: int, seconds: float) -> StepProgress:
    return StepProgress(1, step, 3, seconds)
