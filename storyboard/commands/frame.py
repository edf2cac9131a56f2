"""`storyboard frame`: another shape of the frame for a board that is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.changes import changes_of, told_changes

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "frame",
        help="give a project's frame another shape",
        description="Give the frame of a project another shape. Nothing is drawn: pictures of the "
        "shape before stay, and are shown whole until they are drawn again.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument("aspect", metavar="W:H", help="the shape, such as 2.39:1, 16:9 or 1:1")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Keep the board as it was as a snapshot, change it, and say what there is to draw."""
    from storyboard.project.project import Project
    from storyboard.settings.layers import load_settings
    from storyboard.values.aspect import parse_aspect

    shape = parse_aspect(args.aspect)
    aspect = args.aspect.strip()
    with Project.open(args.project) as project:
        settings = load_settings(folder=project.folder).settings
        before = project.board.aspect
        if parse_aspect(before) != shape:
            project.snapshot()
            project.save(replace(project.board, aspect=aspect))
        print(f"{args.project}: the frame is {project.board.aspect}, it was {before}")
        for line in told_changes(changes_of(project, settings), args.project):
            print(line)
    return 0
