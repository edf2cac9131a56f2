"""What an examination found out about this machine, and what is therefore switched off.

Kept by machine, versions and device in the platform's folder for the data of programs, so that an
update, of the system, of torch or of this program, is examined anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from storyboard import __version__
from storyboard.files.ledger import Ledger
from storyboard.machine.machine import Machine, this_machine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "AUTOCAST",
    "CHANNELS_LAST",
    "GPU",
    "HALF",
    "HALF_DECODER",
    "Check",
    "Findings",
    "findings_file",
    "keep",
    "recall",
    "to_switch_off",
]

GPU = "the GPU"
HALF = "half precision"
AUTOCAST = "autocast"
HALF_DECODER = "the half-precision decoder"
CHANNELS_LAST = "channels last"


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of the device with the CPU's fp32.

    Attributes:
        what: What was computed, for people.
        dtype: In which type, as torch spells it; with "autocast" where it ran under it.
        difference: Largest difference, as a share of the largest number of the reference; of a
            panel the mean difference of a pixel, 0..255. None where a result is no number.
        limit: What the difference may be, in the same unit.
        doubts: What is wrong if this is wrong; empty where that is known from other checks.
        note: More for people.
    """

    what: str
    dtype: str
    difference: float | None
    limit: float
    doubts: str
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the device computes what the CPU does."""
        return self.difference is not None and self.difference <= self.limit


@dataclass(frozen=True, slots=True)
class Findings:
    """An examination.

    Attributes:
        created: When, ISO 8601 in UTC.
        program: Version of this program.
        machine: Versions of system and packages included.
        device: "mps", "cuda" or "cpu".
        whole: Whether a whole panel was drawn too.
        checks: In the order in which they were made.
    """

    created: str
    program: str
    machine: Machine
    device: str
    whole: bool
    checks: tuple[Check, ...]

    @property
    def switched_off(self) -> tuple[str, ...]:
        """What must not be used here, the most serious first."""
        return to_switch_off(self.checks)


def to_switch_off(checks: Sequence[Check]) -> tuple[str, ...]:
    """Every doubt that a failed check confirms, as far as no greater one includes it."""
    doubts = {each.doubts for each in checks if not each.passed}
    if GPU in doubts:
        return (GPU,)
    if HALF in doubts:
        doubts -= {AUTOCAST, HALF_DECODER}
    return tuple(each for each in (HALF, AUTOCAST, HALF_DECODER, CHANNELS_LAST) if each in doubts)


def findings_file() -> Path:
    """Where findings are kept."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "examinations.json"


def recall(device: str, file: Path | None = None) -> Findings | None:
    """The latest findings about a device of this machine with these versions, or None."""
    return _EXAMINATIONS.recall(file or findings_file(), (__version__, this_machine(), device))


def keep(findings: Findings, file: Path | None = None) -> None:
    """Keep findings in place of earlier ones; where that fails, they are made again one day."""
    _EXAMINATIONS.keep(file or findings_file(), findings)


_EXAMINATIONS = Ledger(Findings, lambda each: (each.program, each.machine, each.device), most=16)
