"""Advice on the command line: seen, tried, applied, and compared with what came of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from storyboard.advisor import checking, experience
from storyboard.advisor.experience import Prediction, hardware_name, keep, learned
from storyboard.files.output_file import is_chart
from storyboard.machine.machine import Condition, this_machine
from storyboard.project.project import read_board
from tests.terminal import STORY

if TYPE_CHECKING:
    from tests.terminal import Terminal

BOARD = Path("b")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the board is kept once one test has drawn it."""
    return tmp_path_factory.mktemp("drawn") / "b"


@pytest.fixture
def board(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, drawn: Path
) -> Terminal:
    """A board of three panels in six steps, and a machine that has learned nothing."""
    for module in (experience, checking):
        monkeypatch.setattr(module, "experience_file", lambda: tmp_path / "data" / "advice.json")
    monkeypatch.delenv("STORYBOARD_NUM_INFERENCE_STEPS")
    monkeypatch.delenv("STORYBOARD_ACCELERATION")
    if not drawn.exists():
        words = ("--panels", "3", "--steps", "6", "--acceleration", "off", "--out", "b")
        terminal.render(STORY, *words)
        shutil.copytree("b", drawn)
    else:
        shutil.copytree(drawn, "b")
    return terminal


def _advice(terminal: Terminal, *words: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(terminal("advise", "b", *words, "--json")[0])
    return told


def test_advice_knows_what_panels_took_and_where_each_effect_was_found(board: Terminal) -> None:
    told = _advice(board)
    assert told["seconds_source"] == "measured here: 2 of its panels"
    proposals = told["proposals"]
    assert isinstance(proposals, list)
    reuse = next(each for each in proposals if each["rule"] == "reuse of deep features")
    assert reuse["change"] == {"acceleration": "balanced"}
    assert 0 < reuse["factor"] < 1 and reuse["source"]["basis"] == "counted"
    lines = board("advise", "b")
    assert any(line.startswith("a panel takes") for line in lines)
    assert any("does not hold here" in line for line in lines)
    board("advise", "b", "--budget", "900s", "--apply", code=2)
    assert "panels are as quick as that already" in board.err


def test_what_is_applied_is_kept_and_compared_with_the_next_panels(board: Terminal) -> None:
    board("advise", "b", "--apply")
    settings = yaml.safe_load((BOARD / "storyboard.yaml").read_text("utf-8"))
    assert settings["acceleration"] == "balanced"
    assert "predicted" in board.err
    before = len(read_board(BOARD).panels[0].takes)
    board("redraw", "b", "--panel", "all")
    assert len(read_board(BOARD).panels[0].takes) == before + 1
    assert "advice (reuse of deep features)" in board.err
    assert "were measured" in board.err
    board("redraw", "b", "--panel", "1")
    assert "advice (" not in board.err, "it is compared once"


@pytest.mark.parametrize("load", [0.5, 50.0])
def test_a_prediction_that_was_wrong_says_so_and_teaches(
    board: Terminal, monkeypatch: pytest.MonkeyPatch, load: float
) -> None:
    monkeypatch.setattr(checking, "condition", lambda: Condition("", "", load))
    folder = str(BOARD.absolute())
    model = str(board._model)
    name = hardware_name(this_machine())
    change = (("acceleration", "off"),)
    wrong = Prediction("2026-01-01T00:00:00+00:00", name, folder, model, ("x",), change, 1, 50, 50)
    keep(wrong, experience.experience_file())
    board("advise", "b")
    factor, _ = learned(("x",), model, name, experience.experience_file())
    if load > 10:  # of others, which say nothing about the settings
        assert "nothing is learned" in board.out and factor == 1
    else:
        assert "advice (x) was wrong: 50.00 s a panel were predicted" in board.out
        assert factor < 0.75


def test_a_panel_is_tried_in_both_ways_and_nothing_is_changed(board: Terminal) -> None:
    kept = {each: each.read_bytes() for each in BOARD.rglob("*") if each.is_file()}
    board("advise", "b", "--try", "--panel", "2")
    assert "; side by side in advice.png" in board.err
    assert is_chart(Path("advice.png").read_bytes())
    assert {each: each.read_bytes() for each in BOARD.rglob("*") if each.is_file()} == kept


def test_what_cannot_be_done_is_said_in_a_line(board: Terminal) -> None:
    board("advise", "--budget", "40s", code=2)
    assert "nobody knows yet how long a panel takes here" in board.err
    board("advise", "b", "--budget", "soon", code=2)
    assert "--budget 'soon' is no time" in board.err
    board("advise", "b", "--apply", "--pick", "99", code=2)
    assert "--pick '99' is no number of the list" in board.err
    board("advise", "--try", code=2)
    assert "name its folder" in board.err
    board("advise", "nowhere", code=4)
