"""Which panels of a board are meant, as people write it: scenes or numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.values.board import Storyboard

__all__ = ["in_scenes", "named_scenes", "numbers_text", "panel_numbers", "scenes_text"]

_SCENE = re.compile(r"([A-Z]{0,3})(\d{1,4})([A-Z0-9.]{0,8})", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)


def in_scenes(board: Storyboard, text: str) -> frozenset[str]:
    """Keys of the panels of scenes such as "2,4-6,23A".

    Raises:
        InputError: There are no such scenes.
    """
    names = tuple(dict.fromkeys(each.shot.scene_name for each in board.panels))
    named = named_scenes(text, names)
    if not named:
        known = sorted(names, key=lambda each: _place(each) or (0, 0, "", each))
        raise InputError(
            "{text} names no scenes of this board: write numbers from {first} to {last}, for "
            "example 3-5",
            text=repr(text[:40]),
            first=known[0] if known else 1,
            last=known[-1] if known else 1,
        )
    return frozenset(each.key for each in board.panels if each.shot.scene_name in named)


def named_scenes(text: str, names: Iterable[str]) -> frozenset[str]:
    """Those of some scenes' names that "12-18,23A" means; none where it is not of that form.

    Between 12 and 18 are 12A and A13, but not 18A.
    """
    known = {each.casefold(): each for each in names}
    found: set[str] = set()
    for part in (each.strip().casefold() for each in text.split(",")):
        if part in known:
            found.add(known[part])
            continue
        first, _, last = part.partition("-")
        start, end = _place(first.strip()), _place(last.strip() or first.strip())
        if not start or not end or start > end:
            return frozenset()
        places = {each: _place(each) for each in known.values()}
        found |= {each for each, place in places.items() if place and start <= place <= end}
    return frozenset(found)


def _place(name: str) -> tuple[int, int, str, str] | None:
    """Where a scene comes among others: A13 before 13, and 13A behind it."""
    match = _SCENE.fullmatch(name.upper())
    if match is None or not int(match[2]):
        return None
    return int(match[2]), 0 if match[1] else 1, match[1], match[3]


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


def scenes_text(names: Iterable[str]) -> str:
    """Names of scenes as they are read: "3,5-7", then labels such as 2A."""
    known = set(names)
    labels = sorted(
        (n for n in known if not n.isdecimal()), key=lambda n: _place(n) or (0, 0, "", n)
    )
    counted = numbers_text(int(each) for each in known if each.isdecimal())
    return ",".join(filter(None, (counted, *labels)))


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
