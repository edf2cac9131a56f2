from __future__ import annotations

import pytest

from storyboard.message import Message
from storyboard.rendering.events import (
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.measurements import Measurements
from storyboard.values.media import Media
from storyboard.values.result import PanelResult
from storyboard.values.stages import StageTimes, StepProgress
from tests.requests import panel_request

STEPS, STEP, REST = 4, 2.0, 1.0


class Clock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def job(number: int) -> Job:
    request = panel_request(number, "a", "", 64, 64, STEPS, 5.0, number)
    return Job(PanelTake(f"p{number}"), f"panel {number}", request)


def result(number: int, step: float, memory: int) -> PanelResult:
    times = StageTimes(
        (("text_encode", 0.4), ("denoise", STEPS * step), ("decode", 0.5), ("save", 0.1)),
        total=STEPS * step + REST,
        networks=STEPS * step,
    )
    return PanelResult(
        number, Media(b"", 64, 64), 64, 64, times, "m", "0", "cpu", "float32", memory=memory
    )


def draw(measurements: Measurements, clock: Clock, number: int, step: float = STEP) -> None:
    told = job(number)
    measurements.watch(PanelStarted(told))
    for each in range(1, STEPS + 1):
        clock.now += step
        progress = StepProgress(number, each, STEPS, step, memory=each * 1000)
        measurements.watch(PanelProgressed(told, progress))
    clock.now += REST
    drawn = result(number, step, 9000)
    measurements.watch(PanelFinished(told, drawn, STEPS * step + REST))


def test_a_run_is_measured() -> None:
    clock = Clock()
    jobs = [job(number) for number in range(1, 7)]
    measurements = Measurements(jobs, clock=clock)
    measurements.watch(ModelLoading("weights", 0.0))
    clock.now += 3
    measurements.watch(ModelLoading("ready", 1.0))
    draw(measurements, clock, 1, step=3.0)
    now = measurements.snapshot
    assert now.load_seconds == 3
    assert (now.cold_seconds, now.warm_seconds) == (13, None)
    assert now.steps_per_second == pytest.approx(1 / 3)
    assert (now.memory, now.peak_memory) == (9000, 9000)
    assert now.elapsed == 16
    assert now.predicted_total == pytest.approx(16 + 5 * 13)

    draw(measurements, clock, 2)
    draw(measurements, clock, 3)
    now = measurements.snapshot
    assert (now.cold_seconds, now.warm_seconds) == (13, 9)
    assert now.steps_per_second == pytest.approx(0.5)
    assert now.stages.of("denoise") == pytest.approx(12 + 8 + 8)
    assert [each.cold for each in measurements.panels] == [True, False, False]
    panel = measurements.panels[-1]
    assert panel.steps == (STEP,) * STEPS
    assert panel.between == pytest.approx(0)
    assert panel.overhead == pytest.approx(1 / 9)

    measurements.watch(RunFinished(3, 0, 0, 0))
    clock.now += 50
    assert measurements.snapshot.elapsed == 16 + 9 + 9
    assert measurements.snapshot.seconds_left == 0


def test_nothing_is_known_before_the_first_event() -> None:
    now = Measurements([job(1)]).snapshot
    assert now.elapsed == 0
    assert (now.steps_per_second, now.seconds_left, now.predicted_total) == (None, None, None)
    assert (now.cold_seconds, now.load_seconds) == (None, None)


def test_a_model_that_is_warm_has_no_cold_panel() -> None:
    clock = Clock()
    measurements = Measurements([job(1)], warm=True, clock=clock)
    draw(measurements, clock, 1)
    assert measurements.snapshot.cold_seconds is None
    assert measurements.snapshot.warm_seconds == 9


def test_a_failed_panel_is_no_measurement() -> None:
    clock = Clock()
    measurements = Measurements([job(1), job(2)], clock=clock)
    measurements.watch(PanelStarted(job(1)))
    measurements.watch(PanelProgressed(job(1), StepProgress(1, 1, STEPS, 40.0)))
    measurements.watch(PanelFailed(job(1), Message("black")))
    draw(measurements, clock, 2)
    assert measurements.failed == [Message("black")]
    (panel,) = measurements.panels
    assert panel.steps == (STEP,) * STEPS
    assert panel.overhead is not None


def test_a_panel_without_forward_times_has_no_overhead() -> None:
    measurements = Measurements([job(1)])
    times = StageTimes((("denoise", 1.0),), total=1.0)
    drawn = PanelResult(1, Media(b"", 64, 64), 64, 64, times, "m", "0", "cpu", "float32")
    measurements.watch(PanelFinished(job(1), drawn, 1.5))
    assert measurements.panels[0].overhead is None
    assert measurements.panels[0].between == pytest.approx(0.5)
