"""Schedules that are measured on a model itself."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import numpy as np

from storyboard.explorer import findings, measuring
from storyboard.explorer.measuring import candidates_at_most, measured
from storyboard.project.recipe_file import read_recipe
from tests.explorer.test_explore import pictures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from storyboard.explorer.measuring import Levels
    from tests.terminal import Terminal


def test_measured_levels_come_nearer_round_by_round() -> None:
    """To levels that are known here; the highest is all noise, and stays."""
    goal, first = (14.0, 5.0, 1.5, 0.2), (14.0, 8.0, 4.0, 0.03)
    asked: list[float] = []

    def differences(tried: Sequence[Levels]) -> list[float]:
        assert all(one > two for each in tried for one, two in itertools.pairwise(each))
        assert all(len(each) == 4 and each[0] == 14 for each in tried)
        asked.extend(0.0 for _ in tried)
        return [float(np.abs(np.log(each) - np.log(goal)).sum()) for each in tried]

    rounds: list[float] = []
    found = measured(first, differences, lambda number, least: rounds.append(least))
    assert rounds == sorted(rounds, reverse=True)
    assert found.after == rounds[-1] < found.before / 5
    assert len(asked) <= candidates_at_most(4)
    # One step has nothing to move, and costs nothing but the beginning.
    assert measured((9.0,), lambda tried: [0.5] * len(tried), lambda *_: None).levels == (9.0,)


def test_a_measured_schedule_is_one_to_choose(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "charts", lambda verdict: (b"", b""))
    monkeypatch.setattr(measuring, "MANY", 4)
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    words = (
        *("explore", "a red boat", "--models", str(tiny_model), "--out", "s", "--seeds", "3"),
        *("--samplers", "Euler", "--yes", "--json"),
    )
    told = [json.loads(line) for line in terminal(*words, "--measure-schedule", "2")]
    (kept,) = [each for each in told if each["event"] == "measured"]
    assert 0 < kept["after"] <= kept["before"]
    drawn = len(terminal.generators[-1].finished)
    # Again: every picture is there already.
    again = [json.loads(line) for line in terminal(*words, "--measure-schedule", "2")]
    assert again[-1] == kept
    assert (drawn, len(terminal.generators[-1].finished)) == (len(set(pictures("s/measuring"))), 0)
    # It is a schedule like others, for as many steps as it was measured for.
    told = [
        json.loads(line)
        for line in terminal(*words, "--schedules", "measured,karras", "--steps", "2,3")
    ]
    assert [each["cells"] for each in told[0]["left_out"]] == [1]
    assert "--measure-schedule 3" in told[0]["left_out"][0]["reason"]
    schedules = {read_recipe(each).schedule for each in pictures("s")}
    assert schedules == {kept["levels"], "karras"}
    assert {each["schedule"] for each in told[-1]["points"]} == {"measured", "karras"}
    for wrong, reason in (
        (("--steps", "2"), "leave --steps out"),
        (("--samplers", "DDIM"), "goes by whole timesteps"),
        (("--samplers", "Euler,UniPC"), "with one sampler, and 2 are given"),
    ):
        terminal(*words, "--measure-schedule", "2", *wrong, code=2)
        assert reason in terminal.err.splitlines()[-1]
