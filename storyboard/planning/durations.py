"""Durations that add up to a length that somebody wants."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.planning.timing import speech_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.shot import Shot

__all__ = ["check_target", "fitted"]

_SHORTEST = 0.5  # seconds; a picture that is shown for less is a flash
_LONGEST = 36_000.0
_LONGEST_SHOT = 3600.0  # as in board.yaml


def check_target(text: str) -> float:
    """Read the length that a user gives, in seconds.

    Raises:
        InputError: Not a number from 1 to 36,000.
    """
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= _LONGEST:
        raise InputError(
            "--target-seconds {text} is not a length: seconds from 1 to {longest}",
            text=text[:40],
            longest=f"{_LONGEST:g}",
        )
    return seconds


def fitted(shots: Sequence[Shot], seconds: float) -> tuple[tuple[Shot, ...], str]:
    """Scale the durations of shots so that they add up to a length, exactly to a tenth.

    No shot gets shorter than its dialogue takes to be spoken, nor than half a second.

    Args:
        shots: At least one.
        seconds: The length.

    Returns:
        The shots, and why they do not add up; empty where they do.
    """
    # 1. In tenths of a second, because whole numbers add up.
    target = round(seconds * 10)
    floors = [
        max(round(_SHORTEST * 10), math.ceil(10 * speech_seconds(each.dialogue) - 1e-6))
        for each in shots
    ]
    weights = [max(each.duration, 0.01) for each in shots]
    reason = ""
    if sum(floors) > target:
        tenths = floors
        reason = (
            f"{target / 10:g} s cannot hold the dialogue and half a second for every other panel: "
            f"the panels take {sum(floors) / 10:g} s"
        )
    else:
        # 2. In proportion; whoever would fall below the floor keeps it, the others share the rest.
        tenths = _shared(target, floors, weights)
    longest = round(_LONGEST_SHOT * 10)
    if max(tenths) > longest:
        tenths = [min(each, longest) for each in tenths]
        reason = f"a panel stays at most {_LONGEST_SHOT:g} s: they take {sum(tenths) / 10:g} s"
    return (
        tuple(replace(shot, duration=each / 10) for shot, each in zip(shots, tenths, strict=True)),
        reason,
    )


def _shared(target: int, floors: Sequence[int], weights: Sequence[float]) -> list[int]:
    held: set[int] = set()
    while True:
        free = [index for index in range(len(floors)) if index not in held]
        rest = target - sum(floors[index] for index in held)
        scale = rest / sum(weights[index] for index in free) if free else 0.0
        below = {index for index in free if weights[index] * scale < floors[index]}
        if not below:
            break
        held |= below
    exact = [
        float(floors[index]) if index in held else weights[index] * scale
        for index in range(len(floors))
    ]
    # The tenths that rounding down has left go to those who lost most by it.
    tenths = [math.floor(each + 1e-9) for each in exact]
    order = sorted(range(len(exact)), key=lambda index: (tenths[index] - exact[index], index))
    for index in order[: target - sum(tenths)]:
        tenths[index] += 1
    return tenths
