from __future__ import annotations

import json

import pytest

from storyboard.machine.machine import (
    ask,
    condition,
    gpu_cores,
    mac_chip,
    mac_thermal,
    this_machine,
)

_DISPLAYS = {"SPDisplaysDataType": [{"_name": "Apple M1 Max", "sppci_cores": "32"}]}


def test_this_machine_is_described() -> None:
    machine = this_machine()
    assert machine.cpu_cores >= 1
    assert machine.memory > 2**28
    assert machine.system.split()[0] in ("Linux", "macOS", "Windows")
    assert dict(machine.packages)["torch"].startswith("2.13")
    assert machine == this_machine()


def test_its_condition_has_a_load() -> None:
    assert condition().load >= 0


def test_a_mac_tells_its_chip_and_its_gpu() -> None:
    told = {"sysctl": "Apple M1 Max\n", "system_profiler": json.dumps(_DISPLAYS)}
    assert mac_chip(lambda *command: told[command[0]]) == "Apple M1 Max"
    assert gpu_cores(lambda *command: told[command[0]]) == 32


@pytest.mark.parametrize(
    "told",
    ["", "no JSON", "[]", "{}", '{"SPDisplaysDataType": [{}]}', '{"SPDisplaysDataType": [1]}'],
)
def test_a_profiler_that_says_nothing_costs_only_the_number(told: str) -> None:
    assert gpu_cores(lambda *command: told) == 0


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("", ""),
        ("Note: No thermal warning level has been recorded\n", "nominal"),
        ("CPU_Scheduler_Limit = 100\nCPU_Speed_Limit \t= 100\n", "nominal"),
        ("CPU_Scheduler_Limit = 100\nCPU_Speed_Limit \t= 70\n", "limited to 70 %"),
    ],
)
def test_a_mac_tells_whether_it_is_slowed_down(told: str, state: str) -> None:
    assert mac_thermal(lambda *command: told) == state


def test_a_command_that_is_not_there_says_nothing() -> None:
    assert ask("storyboard-has-no-such-command") == ""
    assert ask("false") == ""
