"""What was measured on this machine, turned into seconds: for the command line and the window.

Only the history is read, and no torch is imported. How a calibration comes about is told in
docs/performance.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.benchmark.history import read_history
from storyboard.benchmark.result import ModeEstimate
from storyboard.machine.machine import this_machine

if TYPE_CHECKING:
    from storyboard.benchmark.history import History

__all__ = ["Calibration", "calibration"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A model on this machine, as its latest whole benchmark found it.

    Attributes:
        tflops: Sustained TFLOPS (10**12 operations a second).
        measured: When, ISO 8601 in UTC.
        width: Of the panels that were measured, in pixels.
        height: Likewise.
        acceleration: What was left out of their compute.
        modes: A panel with an identity in each mode: counted TFLOP and predicted seconds.
    """

    tflops: float
    measured: str
    width: int
    height: int
    acceleration: str
    modes: tuple[ModeEstimate, ...]

    def seconds(self, tflop: float) -> float:
        """Seconds that so much compute takes."""
        return tflop / self.tflops


def calibration(
    model: str, acceleration: str = "", history: History | None = None
) -> Calibration | None:
    """The calibration of a model, or None where no whole benchmark is known.

    Args:
        model: As the user names it; a family's name means any model of its architecture.
        acceleration: Only from panels with this acceleration; from any if empty.
        history: Earlier results; those of this machine if None.
    """
    known = read_history() if history is None else history
    found = known.latest(model, this_machine(), acceleration=acceleration)
    if found is None or not found.sustained_tflops:
        return None
    return Calibration(
        found.sustained_tflops,
        found.created,
        found.width,
        found.height,
        found.acceleration,
        found.modes,
    )
