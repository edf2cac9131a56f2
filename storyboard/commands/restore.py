"""`storyboard restore`: rebuild a project whose record is lost or damaged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "restore",
        help="rebuild a project's lost or damaged board.yaml",
        description="Rebuild a project's lost or damaged board.yaml from its pictures and "
        "snapshots. A damaged one is kept beside it; one that can be read stays as it is.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Recover the project and say what there is."""
    from storyboard.project import Project

    with Project.recover(args.project) as project:
        panels, missing = len(project.board.panels), len(project.missing())
    print(f"{args.project}: {panels} panels, {panels - missing} of them with a picture")
    return 0
