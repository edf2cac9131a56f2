"""`storyboard update`: a board follows its story, and keeps what was drawn and written by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.merging import add_yes, merged
from storyboard.commands.options import overrides
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from storyboard.commands.program import Commands, Program
    from storyboard.planning.returning import Merge
    from storyboard.project.story_file import StoryFile
    from storyboard.story.source import Source
    from storyboard.values.board import Storyboard

__all__ = ["add", "run"]

_ALL = "all"


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "update",
        help="let a board follow its story, which was written on",
        description="Read a story or script again, and print what would stay, change, come and go "
        "on its board. With --yes, change it. Panels stay with their words: pictures, and what "
        "was written by hand, go along, and scenes that are drawn keep their numbers. A snapshot "
        "is kept, and pictures of panels that leave the board move to removed/.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument(
        "story",
        nargs="?",
        metavar="STORY",
        help="the story as it is now, as for `storyboard plan`; by default the file that the board "
        "came from",
    )
    parser.add_argument(
        "--panels",
        metavar="N",
        help="break the whole story down anew into so many panels; by default only what is new",
    )
    parser.add_argument(
        "--scenes",
        metavar="12-18,23A",
        help="of a film script only these scenes, as for `storyboard plan`; by default those that "
        "the board came from; 'all' means all",
    )
    add_yes(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read the story, print, and with --yes apply."""
    from storyboard.planning.drafting import draft, draft_from_list
    from storyboard.planning.story_update import updated
    from storyboard.project.story_file import StoryFile
    from storyboard.settings.layers import load_settings

    file = StoryFile(args.project)
    source = _source(args, program, file)
    if not source.is_shot_list:
        source = source.of_scenes(_scenes(args, source, file))
    if source.note:
        print(source.note, file=sys.stderr)
    settings = load_settings(overrides(args), folder=args.project).settings

    def merge(board: Storyboard, taken: Collection[str]) -> Merge:
        if source.is_shot_list:
            return draft_from_list(board, source.text, source.name, settings, taken)
        if args.panels is None and board.panels:
            return updated(board, source.text, settings, taken=taken)
        return draft(board, source.text, settings, taken)

    if merged(args.project, merge, yes=args.yes) and args.yes and not source.is_shot_list:
        file.remember(source)
    return 0


def _scenes(args: argparse.Namespace, source: Source, file: StoryFile) -> str:
    """Those that were named, else those that the board showed of the same file until now."""
    if args.scenes is not None:
        return "" if args.scenes.strip().lower() == _ALL else str(args.scenes)
    known = source.path is not None and source.path.absolute() == file.path
    return file.scenes if known else ""


def _source(args: argparse.Namespace, program: Program, file: StoryFile) -> Source:
    from storyboard.story.source import read_source

    if args.story is not None:
        return read_source(args.story, program.stdin)
    if file.elsewhere is not None:
        raise InputError(
            "{folder} was moved or copied since its story was read from {file}: name the file once "
            "more, for example storyboard update {folder} {file}",
            folder=args.project,
            file=file.elsewhere,
        )
    if file.path is None:
        raise InputError(
            "nothing tells which file the story of {folder} came from: name it, for example "
            "storyboard update {folder} script.fountain",
            folder=args.project,
        )
    return read_source(str(file.path), program.stdin)
