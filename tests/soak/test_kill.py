"""A few moments of each killer in every run of the tests; all of them with `make soak`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT


def tallies(module: str, *words: str) -> list[dict[str, Any]]:
    """Run a killer, or the fuzzer, in a process without threads, and return what it tells."""
    command = [sys.executable, "-m", f"tests.soak.{module}", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    told = [json.loads(line) for line in run.stdout.splitlines()]
    for each in told:
        print(json.dumps(each))
    return told


def check(told: list[dict[str, Any]], tried: int) -> None:
    assert sum(each["tried"] for each in told) >= tried
    assert [flaw for each in told for flaw in each["flaws"]] == []
    assert sum(each["lost"] for each in told) == 0


def test_a_kill_at_a_change_of_the_disk_loses_nothing() -> None:
    check(tallies("boundaries", "--every", "16", "--twice", "5"), 20)


def test_killed_commands_lose_nothing_and_resume_completes() -> None:
    check(tallies("kill_command", "--moments", "2", "--seed", "7"), 2)


def test_killed_windows_lose_nothing() -> None:
    check(tallies("kill_window", "--moments", "1", "--seed", "7"), 1)


@pytest.mark.soak
def test_kills_at_every_change_of_the_disk_and_of_the_mending() -> None:
    check(tallies("boundaries", "--every", "1", "--twice", "1"), 1000)


@pytest.mark.soak
def test_110_kills_of_commands() -> None:
    check(tallies("kill_command", "--moments", "110", "--cold", "5", "--seed", "1"), 110)


@pytest.mark.soak
def test_50_kills_of_render_processes() -> None:
    check(tallies("kill_worker", "--moments", "50", "--cold", "3", "--seed", "1"), 50)


@pytest.mark.soak
def test_40_kills_of_windows() -> None:
    check(tallies("kill_window", "--moments", "40", "--starter", "6", "--seed", "1"), 40)
