"""`storyboard cost`: what is counted is told, and what cannot be counted is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal import Terminal


def test_cost_counts_fast(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORYBOARD_NUM_INFERENCE_STEPS")
    (line,) = terminal("cost", "--mode", "FAST", "--size", "1024x576", "--json")
    told = json.loads(line)
    assert told["total_tflop"] == pytest.approx(93.1, rel=0.01)
    assert sum(told["stages"].values()) == pytest.approx(told["total_tflop"])
    assert told["evaluations"] == {"whole": 24, "reused": 0}
    assert {each["chip"] for each in told["chips"]} >= {"M1", "M1 Max", "M2 Ultra"}
    shown = "\n".join(terminal("cost", "--mode", "FAST"))
    assert "93." in shown
    assert "M1 Max" in shown


def test_cost_of_a_model_that_makes_clips_is_that_of_a_clip(terminal: Terminal) -> None:
    (line,) = terminal("cost", "--model", "wan", "--size", "1280x704", "--json")
    told = json.loads(line)
    assert told["frames"] == 25
    # docs/moving.md has the same count.
    assert told["stages"]["decode"] == pytest.approx(419, rel=0.01)
    assert " 25 frames," in terminal("cost", "--model", "wan")[0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--size", "1024"), "--size 1024 cannot be drawn"),
        (("--size", "1001x576"), "multiples of 8"),
        (("--size", "99999x576"), "up to 4096"),
        (("--references", "-1"), "--references -1"),
        (("--references", "99"), "0 to 16"),
        (("--acceleration", "warp"), "--acceleration 'warp' is not known: choose off"),
        (("--mode", "WARP"), "mode"),
    ],
)
def test_cost_refuses_what_it_cannot_count(
    terminal: Terminal, words: tuple[str, ...], message: str
) -> None:
    terminal("cost", *words, code=2)
    (line,) = terminal.err.splitlines()
    assert message in line
