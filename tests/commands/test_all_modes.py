"""`bench --all-modes`: the modes beside each other, and what their pictures show."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config import SPEED_MODES, SpeedMode
from local_image_generator import LocalImageGenerator
from storyboard.benchmark.result import report_from_json
from storyboard.commands.starter_eval import mode_quality
from storyboard.diffusion.families.sdxl.cost import count_panel
from storyboard.settings.layers import load_settings
from tests.terminal import Watched

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal


def test_all_modes_are_measured_in_turn(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SPEED_MODES:  # as long as a test may take
        monkeypatch.setitem(SPEED_MODES, name, SpeedMode(1, 5.0, 0.5))
    words = ("--repeats", "1", "--panels", "1", "--acceleration", "guided=0")
    files = ("--json", "modes.json", "--plot", "modes.png")
    lines = terminal("bench", "--all-modes", "--model", str(tiny_model), *words, *files)
    rows = [line.split()[:2] for line in lines if line.startswith(tuple(SPEED_MODES))]
    assert [each for each in rows if each[1] == "1"] == [[name, "1"] for name in SPEED_MODES]
    results = report_from_json(Path("modes.json").read_text(), "modes.json").results
    assert [each.mode for each in results] == list(SPEED_MODES)
    # The compute is that of the acceleration: a step without guidance is one evaluation.
    assert {each.acceleration for each in results} == {"guided=0"}
    ours = results[0]
    counted = count_panel(
        str(tiny_model),
        width=ours.width,
        height=ours.height,
        steps=1,
        guidance_scale=1.0,
        judged=True,
    )
    assert ours.lines[0].tflop == pytest.approx(counted.further)


def test_what_a_mode_draws_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"num_inference_steps": 1, "guidance_scale": 1.0, "acceleration": "guided=0.5"}
    settings = load_settings(values).settings
    asked: list[PanelRequest] = []
    generator = Watched(LocalImageGenerator())
    generator.at_step = lambda request, step: asked.append(request)
    quality, reason = mode_quality(settings, generator, 1)
    assert reason is None
    assert quality is not None
    assert (quality.captions, quality.panels) == (1, 6)
    assert quality.accuracy is not None
    assert 0 <= quality.accuracy <= 1
    assert {each.acceleration.text for each in asked} == {"guided=0.5"}
    assert {each.identities[0].scale for each in asked if each.identities} == {0.5}

    generator.at_step = lambda request, step: os.kill(os.getpid(), signal.SIGINT)
    stopped, reason = mode_quality(settings, generator, 1)
    generator.unload()
    assert stopped is None
    assert str(reason) == "quality of FAST: stopped with 7 panels left"
