from __future__ import annotations

import json

import pytest

from storyboard.machine.machine import (
    ask,
    condition,
    gpu_cores,
    mac_chip,
    mac_low_power,
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
        (
            "Thermal Warning Level = 1\nNote: No performance warning level has been recorded\n",
            "hot (warning level 1)",
        ),
        ("Thermal Warning Level = 0\nPerformance Warning Level = 0\n", "nominal"),
    ],
)
def test_a_mac_tells_whether_it_is_slowed_down(told: str, state: str) -> None:
    assert mac_thermal(lambda *command: told) == state


# As `pmset -g` prints it on a laptop; the line is missing where a Mac has no such mode.
_SETTINGS = """\
System-wide power settings:
Currently in use:
 standby              1
 powernap             1
 displaysleep         2
 sleep                1 (sleep prevented by caffeinate)
 lowpowermode         {}
 womp                 0
"""


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("", ""),
        (_SETTINGS.format(1), "low power"),
        (_SETTINGS.format(0), ""),
        (_SETTINGS.replace("lowpowermode", "highpowermode").format(1), ""),
    ],
)
def test_a_mac_tells_whether_it_saves_power(told: str, state: str) -> None:
    assert mac_low_power(lambda *command: told) == state


def test_a_command_that_is_not_there_says_nothing() -> None:
    assert ask("storyboard-has-no-such-command") == ""
    assert ask("false") == ""
