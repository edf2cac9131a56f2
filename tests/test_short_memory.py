"""Memory that runs short, as the rooms outside of the model's see it: what is said and asked."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import OutOfMemory
from storyboard.message import Message
from storyboard.production.production import Production
from storyboard.project.project import Project
from storyboard.project.project_settings import keep_settings
from storyboard.project.recipe import Recipe, request_from
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.rendering.events import (
    Event,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
)
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.measurements import Measurements
from storyboard.rendering.progress import JsonReport, LineReport, TerminalReport
from storyboard.rendering.queue import RenderQueue
from storyboard.settings.layers import load_settings
from storyboard.values.card import ModelCard
from storyboard.values.media import Media
from storyboard.values.reference import Reference
from storyboard.values.result import PanelResult
from storyboard.values.stages import StageTimes, StepProgress
from tests.boards import a_board
from tests.requests import WORDS, panel_request
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.rendering.progress import Report

MODEL = ModelCard("scripted", "sdxl", WORDS, 1024 * 1024, 8)
REQUEST = panel_request(1, "a", "", 64, 64, 2, 1.0, 0)
JOB = Job(PanelTake("p01"), "panel 1", REQUEST)
SAID = "out of memory: attention in pieces of 8 MB"


class WordCounter:
    """Every word is a token."""

    window = 77

    def count(self, text: str) -> int:
        """Words, and the two ends."""
        return 2 + len(text.split())


PICTURE = Media(b"", 64, 64)


def events() -> list[Event]:
    """A panel whose second step runs out of memory once, so that the first is done again."""
    result = PanelResult(
        1, PICTURE, 64, 64, StageTimes((("denoise", 4.0),), total=4.0), "m", "0", "cpu", "float32"
    )
    told = [
        StepProgress(1, 1, 2, 2.0, memory=5000),
        StepProgress(1, 1, 2, 0.0, said=Message(SAID)),
        StepProgress(1, 1, 2, 2.0, memory=4000),
        StepProgress(1, 2, 2, 2.0, memory=4000),
    ]
    return [
        PanelStarted(JOB),
        *(PanelProgressed(JOB, each) for each in told),
        PanelFinished(JOB, result, 6.5),
    ]


@pytest.mark.parametrize("kind", [LineReport, TerminalReport])
def test_people_read_what_was_done(kind: type[LineReport]) -> None:
    stream = io.StringIO()
    follow(kind(1, stream))
    assert f"panel 1: {SAID}\n" in stream.getvalue()


def test_a_machine_reads_it_as_an_event_of_its_own() -> None:
    stream = io.StringIO()
    follow(JsonReport(stream))
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [each["event"] for each in told].count("step") == 3
    assert {"event": "panel_said", "panel": 1, "text": SAID} in told


def follow(report: Report) -> None:
    measurements = Measurements([JOB])
    for event in events():
        measurements.watch(event)
        report.watch(event, measurements.forecast)
    report.close()


def test_what_is_said_is_no_step() -> None:
    measurements = Measurements([JOB])
    for event in events():
        measurements.watch(event)
    assert measurements.panels[0].steps == (2.0, 2.0, 2.0)
    assert measurements.snapshot.peak_memory == 5000


def test_a_frame_that_is_too_large_is_a_question_and_not_the_end_of_the_run() -> None:
    failure = OutOfMemory("panel 1 ran out of memory: draw it at 48x48", (48, 48))
    told: list[Event] = []
    queue = RenderQueue(InProcessExecutor(ScriptedGenerator(MODEL, {1: failure})), told.append)
    queue.add([JOB, replace(JOB, key=PanelTake("p02"), request=replace(REQUEST, panel=2))])
    assert queue.run().finished == 1
    (failed,) = (each for each in told if isinstance(each, PanelFailed))
    assert (str(failed.reason), failed.smaller) == (str(failure), (48, 48))


def test_leave_and_the_frames_width_reach_the_request(tmp_path: Path) -> None:
    given = {"smaller_if_needed": True, "frame_width": 768}
    with Project.create(tmp_path / "board", a_board(1)) as project:
        settings = load_settings(given, folder=tmp_path, environ={}).settings
        enhancer = PromptEnhancer(WordCounter(), style="ink", negative_prompt="")
        request = Production(project, settings, enhancer, MODEL).jobs[-1].request
        assert request.smaller_if_needed
        assert (request.width, request.height) == (768, 432)
        # What saves memory is a matter of the machine, how large a picture is one of the project.
        keep_settings(settings, project.folder)
        kept = load_settings(folder=project.folder, environ={}).settings
        assert (kept.smaller_if_needed, kept.frame_width) == (False, 768)


def test_a_recipe_asks_for_what_was_drawn() -> None:
    allowed = replace(REQUEST, smaller_if_needed=True)
    result = PanelResult(1, Media(b"", 48, 48), 48, 48, StageTimes(), "m", "0", "cpu", "float32")
    recipe = Recipe.from_request(allowed, result)
    again = request_from(recipe, REQUEST.choice, lambda _: Reference.of(b""))
    assert (again.width, again.height, again.smaller_if_needed) == (48, 48, False)
    assert Recipe.from_request(again, result).fingerprint == recipe.fingerprint
