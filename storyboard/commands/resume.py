"""`storyboard resume`: complete a board without rendering a finished panel again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.changes import told_changes
from storyboard.commands.reopening import add_project, reopened

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "resume",
        help="render the panels of a project that have no picture",
        description="Render the panels of a project that have no picture yet, with the settings "
        "that the project was begun with, and write its PDF. With --best-of the panels that have "
        "fewer takes get the others, but for those where another take is pinned.",
    )
    add_project(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, draw what is missing, and write the PDF."""
    with reopened(args) as board:
        folder = board.project.folder
        notes = (*board.taken_back, *told_changes(board.changes, folder))
        report, pdf = board.draw(program, notes)
    report.done(project=folder, pdf=pdf)
    return 0
