"""What the user wants of the advice: a time, a factor, better pictures, or only to see it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.errors import InputError

__all__ = ["Goal", "parse_goal"]

_SECONDS = re.compile(r"(\d{1,6}(?:[.,]\d+)?)\s*(s|sec|m|min)?", re.IGNORECASE | re.ASCII)
_FACTOR = re.compile(r"(\d{1,4}(?:[.,]\d+)?)\s*x?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the user wants; nothing where all of them are empty.

    Attributes:
        seconds: Of a panel, at most; 0 for any.
        faster: Times as fast as now, at least; 0 for any.
        better: Whether pictures are to be better, at whatever time.
    """

    seconds: float = 0.0
    faster: float = 0.0
    better: bool = False

    def limit(self, now: float | None) -> float | None:
        """Seconds of a panel that are wanted at most; None where there is no such goal.

        Args:
            now: Seconds of a panel as it is drawn now; 1 stands for those that nobody knows.
        """
        if self.seconds:
            return self.seconds
        return (now or 1.0) / self.faster if self.faster else None


def parse_goal(budget: str | None, faster: str | None, *, better: bool) -> Goal:
    """Read what a user asks for.

    Args:
        budget: "40s", "1.5 min" or "40".
        faster: "2x" or "2".
        better: Whether pictures are to be better.

    Raises:
        InputError: Neither a time nor a factor, or more than one goal.
    """
    if sum((budget is not None, faster is not None, better)) > 1:
        raise InputError("choose one of --budget, --faster and --better")
    if budget is not None:
        found = _SECONDS.fullmatch(budget.strip())
        seconds = _number(found[1]) if found else 0.0
        if not found or not seconds:
            raise InputError(
                "--budget {text} is no time: write seconds a panel, such as 40s or 1.5min",
                text=repr(budget[:40]),
            )
        return Goal(seconds=seconds * (60 if (found[2] or "s").lower().startswith("m") else 1))
    if faster is not None:
        match = _FACTOR.fullmatch(faster.strip())
        factor = _number(match[1]) if match else 0.0
        if factor <= 1:
            raise InputError(
                "--faster {text} is not faster: write a factor above 1, such as 2x",
                text=repr(faster[:40]),
            )
        return Goal(faster=factor)
    return Goal(better=better)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
