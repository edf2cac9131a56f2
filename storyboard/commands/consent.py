"""The user's word before a sweep draws anything."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.explorer.budget import Budget

__all__ = ["agree", "budget_text", "cells_text"]


def cells_text(count: int) -> str:
    """So many cells, in words."""
    return "1 cell" if count == 1 else f"{count} cells"


def budget_text(budget: Budget) -> str:
    """What is to be drawn, its compute and its time, in words."""
    from storyboard.rendering.progress import duration

    time = "a time nobody has measured yet (storyboard bench)"
    if budget.seconds is not None:
        time = f"about {duration(budget.seconds)}"
    return f"{budget.cells} to draw: {budget.tflop:.1f} TFLOP, {time}"


def agree(budget: Budget, *, agreed: bool, as_json: bool) -> None:
    """Ask before anything runs.

    Raises:
        InputError: The user says no, or there is nobody to ask.
    """
    if agreed:
        return
    if as_json or sys.stdin is None or not sys.stdin.isatty():
        raise InputError("{cells} to be drawn: say --yes", cells=cells_text(budget.cells))
    print("draw them? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise InputError("nothing was drawn")
