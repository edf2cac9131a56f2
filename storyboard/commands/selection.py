"""Which panels a command is about: numbers, scenes, or all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.values.board import Storyboard

__all__ = ["add_selection", "panel_numbers", "selected"]

_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)


def add_selection(parser: argparse.ArgumentParser, what: str = "only these") -> None:
    """Add the choice of scenes and panels."""
    parser.add_argument("--scenes", metavar="3-5", help=f"scenes: {what}; all by default")
    parser.add_argument("--panel", metavar="3,5-7", help=f"panels: {what}; all by default")


def selected(board: Storyboard, args: argparse.Namespace) -> frozenset[str] | None:
    """Keys of the panels that the options choose; None where they choose nothing.

    Raises:
        InputError: They name scenes or panels that are not there.
    """
    wanted = board.panels
    if args.scenes is not None:
        ranges = _ranges(args.scenes)
        there = sorted({each.shot.scene for each in board.panels})
        wanted = tuple(
            each
            for each in board.panels
            if any(first <= each.shot.scene <= last for first, last in ranges)
        )
        if not wanted:
            raise InputError(
                "--scenes {scenes} names no scenes of this board: write numbers from "
                "{first} to {last}, for example 3-5",
                scenes=args.scenes[:40],
                first=there[0] if there else 1,
                last=there[-1] if there else 1,
            )
    if args.panel is not None:
        numbers = panel_numbers(args.panel, len(board.panels))
        keys = {board.panels[number - 1].key for number in numbers}
        wanted = tuple(each for each in wanted if each.key in keys)
        if not wanted:
            raise InputError("none of these panels is in these scenes: leave one of the two out")
    chosen = args.scenes is not None or args.panel is not None
    return frozenset(each.key for each in wanted) if chosen else None


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
            "--panel {text} names no panels of this board: write numbers from 1 to "
            "{count}, for example 3,5-7, or all",
            text=text[:40],
            count=count,
        )
    return frozenset(each for first, last in ranges for each in range(first, last + 1))


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
