"""`storyboard plan`: the shot list as YAML, to be edited and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.options import add_plan, overrides
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from config import Settings
    from storyboard.commands.program import Commands, Program
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
    from storyboard.settings import load_settings
    from storyboard.shotlist import to_yaml
    from storyboard.source import read_source

    settings = load_settings(overrides(args)).settings
    source = read_source(args.story, program.stdin)
    print(to_yaml(plan_from(source, args, settings)), end="")
    return 0


def plan_from(source: Source, args: argparse.Namespace, settings: Settings) -> Plan:
    """Plan a story, or read a plan that somebody has edited.

    Raises:
        InputError: A story without a sentence, a wrong line in YAML, or options that contradict.
    """
    from storyboard.characters import read_character
    from storyboard.shotlist import from_yaml
    from storyboard.story.planner import plan

    if source.is_shot_list:
        if args.panels is not None or args.character:
            raise InputError(
                f"{source.name} is a shot list, which says itself how many panels and which "
                "characters there are: leave out --panels and --character, or edit the file"
            )
        return from_yaml(source.text, source.name)
    characters = [read_character(path) for path in args.character]
    return plan(source.text, panels=settings.panels, seed=settings.seed, characters=characters)
