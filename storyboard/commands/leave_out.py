"""`storyboard leave-out`: mark panels that exports leave out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.outputs import go_on
from storyboard.commands.selection import add_selection, selected
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "leave-out",
        help="mark panels that exports leave out",
        description="Mark panels of a project that exports leave out, or take the marks away. The "
        "panels stay on the board with their pictures; `export --with-left-out` shows them.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    add_selection(parser)
    parser.add_argument("--back", action="store_true", help="take the marks away")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Mark the panels, and say which are marked now; without a choice only say it."""
    from storyboard.project.project import Project
    from storyboard.values.editing import with_value

    with Project.open(args.project) as project:
        go_on(project)
        keys = selected(project.board, args)
        if keys is None and args.back:
            raise InputError("say which panels come back: --panel 3,5-7, --panel all or --scenes 2")
        if keys is not None:
            project.save(with_value(project.board, keys, "left_out", not args.back))
        numbers = [n for n, each in enumerate(project.board.panels, 1) if each.left_out]
    print(f"{args.project}: exports leave out {_named(numbers)}")
    return 0


def _named(numbers: list[int]) -> str:
    from storyboard.values.choice import numbers_text

    if not numbers:
        return "no panel"
    return f"panel {numbers[0]}" if len(numbers) == 1 else f"panels {numbers_text(numbers)}"
