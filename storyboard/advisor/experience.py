"""What came of earlier advice on this machine: predictions, and what was measured afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import platformdirs

from storyboard.files.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.machine.machine import Machine

__all__ = [
    "OFF_BY",
    "Prediction",
    "experience_file",
    "hardware_name",
    "keep",
    "learned",
    "now",
    "open_ones",
]

OFF_BY = 0.25
"""A prediction that the measured time misses by more than this share is told and learned from."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was predicted when a change was applied, and what came of it.

    Attributes:
        created: When it was applied, ISO 8601 in UTC.
        hardware: The machine, by chip and cores.
        folder: The project, as an absolute path; empty where there is none.
        model: What draws.
        rules: Names of the rules whose ideas were applied together.
        change: The settings that were changed, as text by name.
        before: Seconds of a panel before.
        counted: Seconds that were counted or published, before anything learned.
        told: Seconds that the user was told.
        measured: Median seconds of the panels that were drawn since; 0 as long as there are none.
        panels: How many these are.
        busy: Whether others kept the machine busy then: such a time teaches nothing.
    """

    created: str
    hardware: str
    folder: str
    model: str
    rules: tuple[str, ...]
    change: tuple[tuple[str, str], ...]
    before: float
    counted: float
    told: float
    measured: float = 0.0
    panels: int = 0
    busy: bool = False

    @property
    def off(self) -> float:
        """How far the measured time was from the one that was told, as a share of it."""
        return self.measured / self.told - 1 if self.measured and self.told else 0.0

    def checked(self, measured: float, panels: int, *, busy: bool) -> Prediction:
        """The same, with what was measured."""
        return replace(self, measured=measured, panels=panels, busy=busy)


def hardware_name(machine: Machine) -> str:
    """What predictions of one machine have in common; packages may change."""
    return f"{machine.chip}, {machine.cpu_cores} + {machine.gpu_cores} cores"


def now() -> str:
    """The time as predictions and recipes have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def experience_file() -> Path:
    """Where it is kept: the platform's folder for the data of programs."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "advice.json"


_LEDGER = Ledger(Prediction, lambda each: (each.created, each.folder, each.rules), most=200)


def keep(prediction: Prediction, file: Path | None = None) -> None:
    """Keep a prediction in place of the same one without a measurement."""
    _LEDGER.keep(file or experience_file(), prediction)


def open_ones(folder: str, hardware: str, file: Path | None = None) -> tuple[Prediction, ...]:
    """The predictions for a project that nothing was measured of yet, newest first."""
    known = _LEDGER.entries(file or experience_file())
    return tuple(
        each
        for each in reversed(known)
        if each.folder == folder and each.hardware == hardware and not each.measured
    )


def learned(
    rules: Iterable[str], model: str, hardware: str, file: Path | None = None
) -> tuple[float, Prediction | None]:
    """What a factor of these rules is multiplied by here, and the prediction that taught it.

    Only a prediction that was off by more than `OFF_BY` teaches anything: what is within it is
    noise. The newest one counts that was measured while nobody else kept the machine busy.
    """
    asked = tuple(rules)
    for each in reversed(_LEDGER.entries(file or experience_file())):
        same = (each.rules, each.model, each.hardware) == (asked, model, hardware)
        if same and each.measured and each.counted and not each.busy:
            ratio = each.measured / each.counted
            return (ratio, each) if abs(ratio - 1) > OFF_BY else (1.0, each)
    return 1.0, None
