"""`storyboard plan`: the shot list as YAML, to be edited and rendered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.options import add_plan, overrides
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from config import Settings
    from storyboard.characters import CharacterFile
    from storyboard.commands.program import Commands, Program
    from storyboard.models import Character
    from storyboard.source import Source
    from storyboard.story.planner import Plan

__all__ = ["add", "plan_from", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "plan",
        help="print a story's shot list as YAML",
        description="Print the shot list of a story as YAML. Edit it and give it to "
        "`storyboard render`.",
    )
    add_plan(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Print the plan."""
    from storyboard.production import new_board
    from storyboard.record_text import check_recordable
    from storyboard.settings import load_settings
    from storyboard.shotlist import to_yaml
    from storyboard.source import read_source

    settings = load_settings(overrides(args)).settings
    source = read_source(args.story, program.stdin)
    plan, _ = plan_from(source, args, settings)
    check_recordable(new_board(plan, "", settings))  # what `render` would refuse
    print(to_yaml(plan), end="")
    return 0


def plan_from(
    source: Source, args: argparse.Namespace, settings: Settings
) -> tuple[Plan, dict[str, tuple[Path, ...]]]:
    """Plan a story, or read a plan that somebody has edited, and dress its characters.

    Returns:
        The plan, and the reference pictures that it or character files name, by character.

    Raises:
        InputError: A story without a sentence, a wrong line in YAML, or options that contradict.
    """
    from storyboard.characters import cast, read_character
    from storyboard.shotlist import from_yaml
    from storyboard.story.planner import plan

    files = [read_character(path) for path in args.character]
    given = tuple(each.character for each in files)
    if not source.is_shot_list:
        found = plan(
            source.text,
            panels=settings.panels,
            seed=settings.seed,
            characters=given,
            script=source.is_script,
        )
    elif args.panels is None:
        found = from_yaml(source.text, source.name)
    else:
        raise InputError(
            f"{source.name} is a shot list, which says itself how many panels there are: "
            "leave out --panels, or edit the file"
        )
    dressed = cast(found.characters, given=given, default=settings.character_traits)
    pictures = _pictures(dressed, files, source)
    plain = tuple(replace(each, references=()) for each in dressed)
    return replace(found, characters=plain), pictures


def _pictures(
    characters: Sequence[Character], files: Sequence[CharacterFile], source: Source
) -> dict[str, tuple[Path, ...]]:
    """The reference pictures that a shot list or a character file names, by character."""
    # A shot list names them relative to itself.
    home = source.path.parent if source.path else Path()
    found = {
        each.name: tuple(home / name for name in each.references)
        for each in characters
        if each.references
    }
    names = {each.name.casefold(): each.name for each in characters}
    for file in files:
        if characters and file.references:
            name = names.get(file.character.name.casefold(), characters[0].name)
            found[name] = file.references
    return found
