"""A stage's training state on disk: written often, atomically, and picked up again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

__all__ = ["Checkpoint", "Clock"]


@dataclass
class Clock:
    """Time of one run in seconds.

    The learning rate follows the share of the time that is spent, not the number of steps: a slow
    machine ends its schedule too.
    """

    budget: float
    _begun: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds so far."""
        return time.monotonic() - self._begun

    @property
    def share(self) -> float:
        """Share of the budget that is spent, in 0..1."""
        return min(1.0, self.elapsed / self.budget)


@dataclass(frozen=True)
class Checkpoint:
    """One file that holds everything a stage needs to go on."""

    file: Path

    def load(self) -> dict[str, Any] | None:
        """The saved state, or None where there is none yet."""
        if not self.file.exists():
            return None
        state: dict[str, Any] = torch.load(self.file, weights_only=True, map_location="cpu")
        return state

    def save(self, state: dict[str, Any]) -> None:
        """Replace the saved state; a kill in the middle leaves the old one."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        half = self.file.with_suffix(".half")
        torch.save(state, half)
        half.replace(self.file)
