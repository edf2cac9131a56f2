"""The machine on record: what a measured time must be read with."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Condition", "Machine", "condition", "this_machine"]

_PACKAGES = ("diffusers", "torch", "transformers")
_SECONDS = 5.0  # no question to the system takes longer
_CPU_NAMES = re.compile(r"^(?:model name|Hardware|Model)\s*:\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Machine:
    """What does not change between two runs; equal machines are comparable.

    Attributes:
        chip: "Apple M1 Max", or the processor's name; empty where the system does not tell.
        cpu_cores: Cores that the program may use.
        gpu_cores: Of Apple's GPU; 0 elsewhere.
        memory: Bytes.
        system: "macOS 15.1" or "Linux 6.8".
        python: Its version.
        packages: (package, version) pairs of what decides about speed.
    """

    chip: str
    cpu_cores: int
    gpu_cores: int
    memory: int
    system: str
    python: str
    packages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What may change from one run to the next.

    Attributes:
        power: "mains", "battery 80 %", with ", low power" where the system saves it, or empty where
            it does not tell.
        thermal: "nominal", "limited to 70 %", "hot (warning level 1)", "85 C", or empty.
        load: Processes that wanted a core in the last minute, on average; 0 where unknown.
    """

    power: str
    thermal: str
    load: float


def ask(*command: str) -> str:
    """What a command of the system prints; empty if it cannot be run."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


@cache
def this_machine() -> Machine:
    """Describe the machine that runs this program."""
    mac = platform.system() == "Darwin"
    return Machine(
        chip=mac_chip(ask) if mac else _linux_chip(),
        cpu_cores=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 0,
        gpu_cores=gpu_cores(ask) if mac else 0,
        memory=psutil.virtual_memory().total,
        system=f"macOS {platform.mac_ver()[0]}" if mac else _system(),
        python=platform.python_version(),
        packages=tuple((name, _version(name)) for name in _PACKAGES),
    )


def condition() -> Condition:
    """Describe the state that the machine is in now."""
    mac = platform.system() == "Darwin"
    return Condition(
        power=", ".join(filter(None, (_power(), mac_low_power(ask) if mac else ""))),
        thermal=mac_thermal(ask) if mac else _hottest(),
        load=round(psutil.getloadavg()[0], 2),
    )


def mac_chip(ask: Callable[..., str]) -> str:
    """The name of Apple's chip.

    Args:
        ask: Runs a command and returns what it prints.
    """
    return ask("sysctl", "-n", "machdep.cpu.brand_string").strip()


def gpu_cores(ask: Callable[..., str]) -> int:
    """Cores of Apple's GPU as the system profiler counts them; 0 where it does not tell."""
    try:
        displays = json.loads(ask("system_profiler", "-json", "SPDisplaysDataType"))
        return max(
            int(each.get("sppci_cores", 0)) for each in displays.get("SPDisplaysDataType", [])
        )
    except (ValueError, AttributeError, TypeError):
        return 0


def mac_thermal(ask: Callable[..., str]) -> str:
    """Whether macOS slows the processor down because it is hot.

    Intel's Macs have a limit in per cent, Apple's chips levels of warning, which begin at 1.
    """
    told = ask("pmset", "-g", "therm")
    limit = re.search(r"CPU_Speed_Limit\s*=\s*(\d+)", told)
    if limit and int(limit.group(1)) < 100:
        return f"limited to {limit.group(1)} %"
    levels = re.findall(r"(?:Thermal|Performance) Warning Level\s*=\s*(\d+)", told)
    if hottest := max(map(int, levels), default=0):
        return f"hot (warning level {hottest})"
    return "nominal" if told else ""


def mac_low_power(ask: Callable[..., str]) -> str:
    """Whether macOS is in its Low Power Mode, which takes a good part of the GPU's speed."""
    told = ask("pmset", "-g")
    return "low power" if re.search(r"^\s*lowpowermode\s+1\s*$", told, re.MULTILINE) else ""


def _linux_chip() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        told = ""
    found = _CPU_NAMES.search(told)
    return found.group(1).strip() if found else platform.processor()


def _system() -> str:
    return f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"


def _power() -> str:
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if battery is None:
        return ""
    return "mains" if battery.power_plugged else f"battery {battery.percent:.0f} %"


def _hottest() -> str:
    if not hasattr(psutil, "sensors_temperatures"):
        return ""
    degrees = [each.current for group in psutil.sensors_temperatures().values() for each in group]
    return f"{max(degrees):.0f} C" if degrees else ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
