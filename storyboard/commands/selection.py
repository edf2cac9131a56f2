"""Which panels a command is about: numbers, scenes, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.values.board import Storyboard

__all__ = ["add_selection", "selected"]


def add_selection(parser: argparse.ArgumentParser, what: str = "only these") -> None:
    """Add the choice of scenes and panels."""
    parser.add_argument("--scenes", metavar="3-5", help=f"scenes: {what}; all by default")
    parser.add_argument("--panel", metavar="3,5-7", help=f"panels: {what}; all by default")


def selected(board: Storyboard, args: argparse.Namespace) -> frozenset[str] | None:
    """Keys of the panels that the options choose; None where they choose nothing.

    Raises:
        InputError: They name scenes or panels that are not there.
    """
    from storyboard.values.choice import in_scenes, panel_numbers

    found: frozenset[str] | None = None
    if args.scenes is not None:
        found = in_scenes(board, args.scenes)
    if args.panel is not None:
        numbers = panel_numbers(args.panel, len(board.panels))
        keys = frozenset(board.panels[number - 1].key for number in numbers)
        found = keys if found is None else found & keys
        if not found:
            raise InputError("none of these panels is in these scenes: leave one of the two out")
    return found
