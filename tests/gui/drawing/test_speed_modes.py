"""What the window says about compute and time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from config import SPEED_MODES, Settings
from gui.document.choices import Choices
from gui.drawing.compute import Compute, Workload
from gui.drawing.pace import Pace
from storyboard.diffusion.families.sdxl.frame_compute import (
    SDXL,
    FrameCompute,
    keep,
    known_compute,
    shape_key,
)
from storyboard.generator import local_generator
from storyboard.rendering.events import PanelFinished
from storyboard.rendering.job import Job, PanelTake
from storyboard.techniques.hires import Hires
from storyboard.values.media import Media
from storyboard.values.request import Finish
from storyboard.values.result import PanelResult
from storyboard.values.stages import StageTimes
from tests import scripted_worker
from tests.requests import panel_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

COUNTED = FrameCompute(0.1, 2.0, 0.0, (0.5,), (0.0,), 1.0, 0.25)
CARD = replace(scripted_worker.DESCRIPTION, techniques=frozenset({"acceleration"}))
FREE = Settings(model="some", use_identity_lock=False, acceleration="off")


def _pace(tmp_path: Path, *, sustained: float | None = None) -> Pace:
    compute = Compute(scripted_worker.swift, Choices())
    compute.workload = Workload("some", 64, 36, CARD, COUNTED, sustained)
    store = QSettings(str(tmp_path / "pace.ini"), QSettings.Format.IniFormat)
    return Pace(store, compute)


def _drawn(steps: int, denoise: float) -> PanelFinished:
    request = panel_request(1, "", "", 64, 36, steps, 6.5, 0)
    times = StageTimes((("denoise", denoise), ("decode", 1.0)), total=denoise + 1.0)
    result = PanelResult(1, Media(b"", 64, 36), 64, 36, times, "some", "0" * 64, "cpu", "float32")
    return PanelFinished(Job(PanelTake("p1"), "panel 1", request), result, times.total)


def test_compute_is_counted_before_anything_is_measured(tmp_path: Path) -> None:
    outlook = _pace(tmp_path).outlook(FREE, 12, 6.5)
    assert outlook.tflop == pytest.approx(0.1 + 24 * 2.0 + 1.0)
    assert outlook.seconds is None


def test_one_mode_measured_predicts_the_others(tmp_path: Path) -> None:
    pace = _pace(tmp_path)
    pace.learn(_drawn(12, 24.0), cold=False)
    fast, quality = pace.outlook(FREE, 12, 6.5), pace.outlook(FREE, 20, 7.5)
    assert fast.measured is True and fast.seconds == pytest.approx(25.0)
    assert quality.measured is False and quality.seconds == pytest.approx(41.0)
    unguided = pace.outlook(FREE, 12, 1.0)
    assert unguided.measured is False and unguided.seconds == pytest.approx(13.0)


def test_a_cold_panel_counts_only_until_there_is_a_warm_one(tmp_path: Path) -> None:
    pace = _pace(tmp_path)
    for denoise, cold, expected in ((90.0, True, 91.0), (24.0, False, 25.0), (90.0, True, 25.0)):
        pace.learn(_drawn(12, denoise), cold=cold)
        assert pace.outlook(FREE, 12, 6.5).seconds == pytest.approx(expected)


def test_what_goes_over_a_picture_says_nothing_of_a_mode(tmp_path: Path) -> None:
    pace, event = _pace(tmp_path), _drawn(12, 24.0)
    request = event.job.request
    for other in (replace(request, task=Finish("0" * 64)), request.using(Hires())):
        pace.learn(replace(event, job=replace(event.job, request=other)), cold=False)
        assert pace.outlook(FREE, 12, 6.5).seconds is None


def test_a_benchmark_predicts_where_the_window_has_drawn_nothing(tmp_path: Path) -> None:
    outlook = _pace(tmp_path, sustained=4.91).outlook(FREE, 12, 6.5)
    assert outlook.measured is False and outlook.seconds == pytest.approx(10.0)


def test_the_list_of_modes_shows_steps_compute_and_seconds(
    open_window: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_MODEL", SDXL)
    monkeypatch.setenv("STORYBOARD_ACCELERATION", "off")
    monkeypatch.delenv("STORYBOARD_NUM_INFERENCE_STEPS")
    window = open_window(local_generator)
    window.new_board()
    box = window.speed.mode
    qtbot.waitUntil(lambda: "TFLOP" in box.columns(0)[3], timeout=20_000)
    rows = [box.columns(row) for row in range(box.count())]
    assert [row[0] for row in rows] == list(SPEED_MODES)
    assert [row[1] for row in rows] == [f"{each.steps} steps" for each in SPEED_MODES.values()]
    numbers = [float(row[3].removesuffix(" TFLOP")) for row in rows]
    assert numbers == sorted(numbers) and numbers[0] > 100
    assert all(row[2] == "not measured yet" for row in rows)


def test_the_compute_that_ships_is_what_is_counted() -> None:
    from storyboard.diffusion.families.sdxl.frame_counting import count_frame

    shipped = known_compute(shape_key("starter"), 448, 256)
    assert shipped is not None, (
        "the starter's shape has changed: run python -m "
        "storyboard.diffusion.families.counting starter --into assets/compute.json"
    )
    assert count_frame("starter", 448, 256) == shipped


def test_a_table_that_cannot_be_read_is_written_anew(tmp_path: Path) -> None:
    table = tmp_path / "compute.json"
    table.write_text('{"some 64x36": [', encoding="utf-8")
    keep("some", 64, 36, COUNTED, table)
    keep("other", 64, 36, COUNTED, table)
    from storyboard.diffusion.families.sdxl import frame_compute

    assert set(frame_compute._read(table)) == {"some 64x36", "other 64x36"}
    assert frame_compute._read(table)["some 64x36"] == COUNTED
