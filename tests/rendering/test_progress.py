from __future__ import annotations

import io
import json
import re

import pytest

from storyboard.diffusion.families.sdxl.step_plan import step_work
from storyboard.errors import RenderError
from storyboard.rendering.events import (
    Event,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
)
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.forecast import Forecast
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.progress import (
    JsonReport,
    LineReport,
    TerminalReport,
    duration,
    report_on,
)
from storyboard.rendering.queue import RenderQueue
from storyboard.values.card import ModelCard
from storyboard.values.media import Media
from storyboard.values.result import PanelResult
from storyboard.values.stages import StageTimes, StepProgress
from tests.requests import WORDS, panel_request
from tests.scripted_generator import ScriptedGenerator

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8)


class FakeTerminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def run(report: LineReport | JsonReport) -> None:
    """Three pictures, of which the second fails."""
    jobs = [
        Job(PanelTake(f"k{each.panel}"), f"panel {each.panel}", each)
        for each in (panel_request(n, "", "", 64, 64, 2, 1.0, n) for n in (1, 2, 3))
    ]
    forecast = Forecast(jobs)
    generator = ScriptedGenerator(MODEL, {2: RenderError("panel 2 is black")})

    def follow(event: Event) -> None:
        forecast.watch(event)
        report.watch(event, forecast)

    queue = RenderQueue(InProcessExecutor(generator), follow)
    queue.add(jobs)
    queue.run()
    report.close()


def test_a_log_gets_a_line_for_each_picture() -> None:
    stream = io.StringIO()
    run(LineReport(3, stream))
    lines = stream.getvalue().splitlines()
    assert re.fullmatch(r"panel 1: 0\.\d s, about \d+\.\d s left", lines[0])
    assert lines[1] == "panel 2 failed: panel 2 is black"
    assert lines[2] == "panel 3: 0.0 s"
    assert lines[3].startswith("2 pictures in ")
    assert len(lines) == 4


def test_a_terminal_gets_a_bar_and_is_left_clean() -> None:
    stream = FakeTerminal()
    run(TerminalReport(3, stream))
    text = stream.getvalue()
    assert "3/3" in text
    assert "panel 2 failed: panel 2 is black" in text
    assert text.rstrip().endswith("\x1b[2K")  # the bar's line is erased
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h")  # the cursor is shown again


def test_a_machine_gets_one_object_a_line() -> None:
    stream = io.StringIO()
    run(JsonReport(stream))
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [each["event"] for each in events] == [
        "loading",
        *["panel_started", "step", "step", "panel_finished"],
        *["panel_started", "step", "step", "panel_failed"],
        *["panel_started", "step", "step", "panel_finished"],
        "run_finished",
    ]
    assert events[-1]["failed"] == 1


def test_who_listens_decides() -> None:
    assert isinstance(report_on(1, as_json=True), JsonReport)
    assert type(report_on(1, as_json=False, stream=io.StringIO())) is LineReport
    bar = report_on(1, as_json=False, stream=FakeTerminal())
    assert isinstance(bar, TerminalReport)
    bar.close()
    bar.close()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (4.21, "4.2 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (65, "1 min 05 s"),
        (3599.6, "1 h 00 min"),
        (7380, "2 h 03 min"),
    ],
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize("acceleration", ["off", "balanced", "max", "max,guided=0.5"])
def test_the_time_left_knows_that_accelerated_steps_differ(acceleration: str) -> None:
    """A panel whose steps take what their evaluations take is predicted after one panel."""
    requests = [
        panel_request(number, "", "", 64, 64, 12, 6.5, 1, acceleration=acceleration)
        for number in range(1, 4)
    ]
    jobs = [Job(PanelTake(f"p{each.panel}"), "", each, step_work(each)) for each in requests]
    steps = [work / 64**2 for work in jobs[0].work]
    forecast = Forecast(jobs)
    forecast.watch(PanelStarted(jobs[0]))
    for number, seconds in enumerate(steps, 1):
        # The very first step compiles kernels: it is slow, and no measure for the others.
        shown = seconds * 5 if number == 1 else seconds
        forecast.watch(PanelProgressed(jobs[0], StepProgress(1, number, 12, shown)))
        if number == 6:
            left = sum(steps[6:]) + 2 * sum(steps)
            assert forecast.seconds_left == pytest.approx(left)
    times = StageTimes((("denoise", sum(steps)), ("decode", 1.0)), total=sum(steps) + 1.0)
    result = PanelResult(1, Media(b"", 64, 64), 64, 64, times, "m", "", "cpu", "float32")
    forecast.watch(PanelFinished(jobs[0], result, times.total))
    assert forecast.seconds_left == pytest.approx(2 * (sum(steps) + 1.0))
