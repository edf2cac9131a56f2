"""What the window hears of a picture that is being drawn."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.rendering.measurements import Snapshot
from storyboard.values.stages import StepProgress

__all__ = ["SHEET", "Step"]

SHEET = "sheet/"
"""What the key of a character sheet's job begins with; keys of panels hold no slash."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a picture, with what is left.

    Attributes:
        key: The panel, or "sheet/<name>".
        title: "panel 3".
        progress: The step.
        numbers: The measurements of the order that it belongs to.
        seconds_left: For everything that was asked for, or None while nobody knows.
    """

    key: str
    title: str
    progress: StepProgress
    numbers: Snapshot
    seconds_left: float | None

    @property
    def sheet_of(self) -> str:
        """The character whose sheet this is; empty for a panel."""
        return self.key.removeprefix(SHEET) if self.key.startswith(SHEET) else ""
