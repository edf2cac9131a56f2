"""`storyboard finish`: go over pictures that are there; each result is a new take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.options import add_time_budget
from storyboard.commands.reopening import add_project, reopened
from storyboard.commands.same_again import same_again
from storyboard.commands.taking import take_named
from storyboard.errors import InputError
from storyboard.values.choice import numbers_text, panel_numbers

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.production.production import Production

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "finish",
        help="make pictures larger and their faces finer",
        description="Go over pictures of panels with a hires pass, a face pass or both, as --hires,"
        " --faces or --workflow say. The result is a new take, and is shown; the take that it was"
        " made from stays.",
    )
    add_project(parser, elsewhere=False)
    add_time_budget(parser)
    parser.add_argument(
        "--panel", metavar="3,5-7", required=True, help="the panels whose pictures, or all"
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="TAKE",
        help="finish this take, by its number or its file's name; the one that is shown by default",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, go over the pictures, and write the PDF."""
    with reopened(args) as board:
        # 1. Which takes.
        panels = board.project.board.panels
        numbers = sorted(panel_numbers(args.panel, len(panels)))
        if args.source and len(numbers) > 1:
            raise InputError("--from names a take of one panel: name one with --panel")
        takes: dict[str, str] = {}
        for number in numbers:
            panel = panels[number - 1]
            takes[panel.key] = take_named(panel, number, args.source) if args.source else ""

        # 2. Their pictures, then the PDF.
        def rest(production: Production) -> str:
            return same_again(args.typed, numbers_text(production.rest))

        report, pdf = board.finish(program, board.taken_back, takes, rest)
        folder = board.project.folder
    report.done(project=folder, pdf=pdf)
    return 0
