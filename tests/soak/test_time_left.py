"""What the benchmark promises of its own numbers, measured on the starter model.

pytest -m soak --capture=no tests/soak/test_time_left.py
"""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING

import pytest

from storyboard.benchmark.bench_project import BenchProject
from storyboard.generator import local_generator
from storyboard.prompts.enhancer import prompt_writer
from storyboard.rendering.events import PanelFinished
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.measurements import Measurements
from storyboard.settings.drawing import choice_of
from storyboard.settings.layers import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.rendering.events import Event
    from storyboard.rendering.panel_generator import PanelGenerator

RUNS, PANELS = 10, 6


@pytest.mark.soak
@pytest.mark.parametrize("acceleration", ["off", "balanced", "max"])
def test_the_time_left_after_the_first_panel_is_right_within_15_percent(
    tmp_path: Path, acceleration: str
) -> None:
    """And the stages add up to the wall time within 2 %, and telling costs under 1 %."""
    values = {"panels": PANELS, "acceleration": acceleration}
    settings = load_settings(values, folder=tmp_path).settings
    generator = local_generator(settings)
    errors: list[float] = []
    told: list[Measurements] = []
    for run in range(RUNS):
        # As a user begins: a new project, and the model not yet in memory.
        measurements, error = _run(tmp_path / str(run), generator, values)
        told.append(measurements)
        errors.append(error)
        generator.unload()
    panels = [panel for each in told for panel in each.panels]
    warm = [panel for panel in panels if not panel.cold]
    found = {
        "median_error": round(median(abs(each) for each in errors), 4),
        "seconds_a_panel": round(median(each.seconds for each in warm), 3),
        "between": round(median(abs(each.between / each.seconds) for each in warm), 5),
        "overhead": round(median(each.overhead or 0.0 for each in warm), 5),
        "telling": round(median(each.times.telling / each.times.of("denoise") for each in warm), 6),
    }
    each_run = [round(each, 4) for each in errors]
    print(json.dumps({"acceleration": acceleration, **found, "errors": each_run}))
    assert found["median_error"] <= 0.15
    assert found["between"] <= 0.02
    assert found["telling"] < 0.01


def _run(
    folder: Path, generator: PanelGenerator, values: dict[str, object]
) -> tuple[Measurements, float]:
    """A board with one character: its measurements, and how far its prediction was off."""
    settings = load_settings(values, folder=folder.parent).settings
    model = generator.describe(choice_of(settings))
    enhancer = prompt_writer(model, settings)
    with BenchProject(folder, settings, enhancer, model, PANELS) as subject:
        measurements = Measurements(subject.board())
        predicted = 0.0

        def follow(event: Event) -> None:
            nonlocal predicted
            measurements.watch(event)
            if isinstance(event, PanelFinished) and len(measurements.panels) == 2:
                # The character sheet is the first picture; then comes the first panel.
                predicted = measurements.snapshot.predicted_total or 0.0

        subject.board_queue(InProcessExecutor(generator), follow).run()
    return measurements, predicted / measurements.snapshot.elapsed - 1
