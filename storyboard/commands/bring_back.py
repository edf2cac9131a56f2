"""`storyboard import`: a re-timed cut or an edited shot list comes back to its board."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.film_progress import film_progress
from storyboard.commands.merging import add_yes, merged
from storyboard.commands.outputs import tell
from storyboard.commands.selection import add_selection, selected
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from storyboard.commands.program import Commands, Program
    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "import",
        help="make a project of others' files, or take an edited cut or shot list back",
        description="Make a new project in DIR of a bundle (.zip), a project of Storyboarder "
        "(.storyboarder, or its folder), a folder of pictures or a contact sheet. "
        "Or read a cut (OTIO, OTIOZ, XML of Final Cut Pro 7 or X, EDL) or a shot list "
        "(CSV, XLSX) that `storyboard export` wrote and somebody has edited, or the comments "
        "that somebody has put on an exported PDF, which become notes, and print what it "
        "would change. With --yes, change it: a snapshot is kept, and pictures of panels that "
        "leave the board move to removed/.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument("file", type=Path, metavar="FILE", help="what came, or came back")
    add_selection(parser, "the file has only these")
    parser.add_argument(
        "--rate", metavar="FPS", help="frames a second of an EDL, which does not say them (24)"
    )
    add_yes(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read, print, and with --yes apply."""
    from storyboard.project.arrival import can_arrive
    from storyboard.project.folder import RECORD

    if can_arrive(args.file):
        if (args.project / RECORD).exists():
            raise InputError(
                "{file} becomes a project of its own, and {folder} is one already: name a new "
                "folder",
                file=args.file,
                folder=args.project,
            )
        return _make(args)
    merged(args.project, lambda board, taken: _merge(board, taken, args), yes=args.yes)
    return 0


def _make(args: argparse.Namespace) -> int:
    """Make a new project of what has come, and say what did not come along."""
    from storyboard.project.arrival import arrive

    with film_progress() as progress:
        arrival = arrive(args.file, args.project, progress)
    with arrival.project as project:
        tell(project)
        for line in arrival.told:
            print(f"storyboard: {line}", file=sys.stderr)
        panels = project.board.panels
        drawn = sum(each.shown is not None for each in panels)
        print(f"{args.project}: {len(panels)} panels, {drawn} with a picture")
    return 0


def _merge(board: Storyboard, taken: Collection[str], args: argparse.Namespace) -> Merge:
    from storyboard.planning.returned_file import returned_file
    from storyboard.values.frame_rate import FILM, parse_rate

    rate = FILM if args.rate is None else parse_rate(args.rate)
    come = returned_file(args.file, board, taken, selected(board, args), rate)
    for line in come.told:
        print(f"storyboard: {line}", file=sys.stderr)
    return come.merge
