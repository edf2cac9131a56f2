"""Which panels of a board are meant, as people write it: scenes or numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.values.board import Storyboard

__all__ = ["in_scenes", "numbers_text", "panel_numbers"]

_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)


def in_scenes(board: Storyboard, text: str) -> frozenset[str]:
    """Keys of the panels of scenes such as "2,4-6".

    Raises:
        InputError: There are no such scenes.
    """
    ranges = _ranges(text)
    found = frozenset(
        each.key
        for each in board.panels
        if any(first <= each.shot.scene <= last for first, last in ranges)
    )
    if not found:
        there = sorted({each.shot.scene for each in board.panels})
        raise InputError(
            "{text} names no scenes of this board: write numbers from {first} to {last}, for "
            "example 3-5",
            text=repr(text[:40]),
            first=there[0] if there else 1,
            last=there[-1] if there else 1,
        )
    return found


def panel_numbers(text: str, count: int) -> frozenset[int]:
    """Read "3,5-7" or "all".

    Args:
        text: As the user gave it.
        count: How many panels there are.

    Raises:
        InputError: It is none of both, or names a panel that is not there.
    """
    if text.strip().casefold() == "all":
        return frozenset(range(1, count + 1))
    ranges = _ranges(text)
    if not ranges or any(last > count for _, last in ranges):
        raise InputError(
            "{text} names no panels of this board: write numbers from 1 to {count}, for example "
            "3,5-7, or all",
            text=repr(text[:40]),
            count=count,
        )
    return frozenset(each for first, last in ranges for each in range(first, last + 1))


def numbers_text(numbers: Iterable[int]) -> str:
    """Numbers as they are read: "3,5-7"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _ranges(text: str) -> list[tuple[int, int]]:
    """Read "3,5-7" as first and last numbers from 1; nothing where it is not of that form."""
    found: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not 1 <= first <= last:
            return []
        found.append((first, last))
    return found
