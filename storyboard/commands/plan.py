"""`storyboard plan`: the shot list as YAML, to be edited and rendered."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from config import Settings
from storyboard.commands.options import add_plan, overrides
from storyboard.errors import InputError
from storyboard.planning.planner import Plan

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from storyboard.commands.program import Commands, Program
    from storyboard.planning.characters import CharacterFile
    from storyboard.story.source import Source
    from storyboard.values.character import Character

__all__ = ["Planned", "add", "looks_wanted", "plan_from", "run"]


@dataclass(frozen=True, slots=True)
class Planned:
    """What the command line makes of a story or a shot list.

    Attributes:
        plan: Its characters dressed, and without references.
        references: The reference pictures that the list or character files name, by character.
        settings: With the seed and the frame that a shot list brings along.
        notes: Lines for people.
    """

    plan: Plan
    references: Mapping[str, tuple[Path, ...]]
    settings: Settings
    notes: tuple[str, ...] = ()


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "plan",
        help="print the shot list of a story, or of a project, as YAML",
        description="Print the shot list of a story as YAML. Edit it and give it to "
        "`storyboard render`. A project folder is written back as its list, with its seeds and "
        "references, so that rendering it draws the same panels.",
    )
    add_plan(parser, projects=True)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Print the plan."""
    from storyboard.planning.new_board import new_board
    from storyboard.planning.shot_list import to_yaml
    from storyboard.project.record_text import check_recordable
    from storyboard.settings.layers import load_settings
    from storyboard.story.source import read_source

    if _is_project(args.story):
        print(_list_of(Path(args.story), args), end="")
        return 0
    settings = load_settings(overrides(args)).settings
    source = read_source(args.story, program.stdin)
    planned = plan_from(source, args, settings)
    check_recordable(new_board(planned.plan, "", settings))  # what `render` would refuse
    print(to_yaml(planned.plan), end="")
    for line in (*planned.notes, *looks_wanted(planned.plan, planned.references)):
        print(line, file=sys.stderr)
    return 0


def plan_from(source: Source, args: argparse.Namespace, settings: Settings) -> Planned:
    """Plan a story, or read a plan that somebody has edited, and dress its characters.

    Raises:
        InputError: A story without a sentence, a wrong line in YAML, or options that contradict.
    """
    from storyboard.planning.characters import cast, read_character
    from storyboard.planning.chosen_planner import planned_as_chosen
    from storyboard.planning.planner import plan
    from storyboard.planning.shot_list import from_yaml
    from storyboard.story.scripts.excerpt import excerpt

    # 1. The shots.
    files = [read_character(path) for path in args.character]
    given = tuple(each.character for each in files)
    few: tuple[str, ...] = ()
    if not source.is_shot_list:
        text = source.text
        if args.scenes is not None:
            text = excerpt(text, args.scenes, source.name)
        a_scene = _panels_a_scene(args)
        found = plan(
            text,
            panels=settings.panels,
            seed=settings.seed,
            characters=given,
            a_scene=a_scene,
        )
        found = replace(found, story=text)
        few = _too_few(found, settings.panels) if a_scene is None else ()
        typed = args.planner is not None
        found, told = planned_as_chosen(found, settings.planner, typed=typed)
        few += told
    elif not any(_counts(args)):
        found = from_yaml(source.text, source.name)
        found, settings = _with_options(found, args, settings)
    else:
        raise InputError(
            "{name} is a shot list, which says itself how many panels there are: "
            "leave out {option}, or edit the file",
            name=source.name,
            option=next(filter(None, _counts(args))),
        )
    found, notes = _fitted(found, args)
    notes = (*few, *notes)

    # 2. Their people.
    dressed = cast(found.characters, given=given, default=settings.character_traits)
    pictures = _pictures(dressed, files, source)
    plain = tuple(replace(each, references=()) for each in dressed)
    found = replace(found, characters=plain)
    read = (str(source.note),) if source.note else ()
    return Planned(found, pictures, settings, (*read, *notes))


def _too_few(found: Plan, panels: int) -> tuple[str, ...]:
    """A line where a story has less to show than panels were asked for."""
    count = len(found.shots)
    if count >= panels:
        return ()
    return (f"the story has different pictures for {count} panels, not for {panels}: tell more",)


def _counts(args: argparse.Namespace) -> list[str]:
    """The options that were given and decide what of a story is shown, and in how many panels."""
    names = ("panels", "panels_a_scene", "scenes")
    return [f"--{each.replace('_', '-')}" for each in names if getattr(args, each) is not None]


def _panels_a_scene(args: argparse.Namespace) -> int | None:
    if args.panels_a_scene is None:
        return None
    if args.panels is not None:
        raise InputError("--panels and --panels-a-scene contradict each other: leave one out")
    if not re.fullmatch(r"[1-9]\d{0,2}", args.panels_a_scene, re.ASCII):
        raise InputError(
            "--panels-a-scene {text} is no number of panels: write 1 to 600, for example 5",
            text=repr(args.panels_a_scene[:20]),
        )
    return int(args.panels_a_scene)


def looks_wanted(found: Plan, pictures: Mapping[str, object]) -> tuple[str, ...]:
    """A line about those who have no looks yet, and how to give them some."""
    from storyboard.planning.characters import without_looks

    names = [each for each in without_looks(found.characters, found.shots) if each not in pictures]
    if not names:
        return ()
    have = "has" if len(names) == 1 else "have"
    who = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return (f"{who} {have} no looks yet: give some with --character FILE or in the window's cast",)


def _with_options(
    found: Plan, args: argparse.Namespace, settings: Settings
) -> tuple[Plan, Settings]:
    """What the command line says wins over the list, and the list over everything else."""
    told: dict[str, object] = {}
    if args.seed is not None:
        found = replace(found, seeds=())
    elif found.seed is not None:
        told["seed"] = found.seed
    if found.aspect and getattr(args, "aspect", None) is None:
        told["aspect"] = found.aspect
    return found, settings.model_copy(update=told)


def _fitted(found: Plan, args: argparse.Namespace) -> tuple[Plan, tuple[str, ...]]:
    from storyboard.planning.durations import check_target, fitted

    if args.target_seconds is None:
        return found, ()
    shots, reason = fitted(found.shots, check_target(args.target_seconds))
    return replace(found, shots=shots), (reason,) if reason else ()


def _is_project(argument: str) -> bool:
    from storyboard.project.folder import RECORD

    try:
        return (Path(argument) / RECORD).is_file()
    except (OSError, ValueError):  # a story is no path
        return False


def _list_of(folder: Path, args: argparse.Namespace) -> str:
    """A project's board as a shot list, whose references are found from anywhere."""
    from storyboard.planning.shot_list import board_plan, to_yaml
    from storyboard.project.folder import REFERENCES
    from storyboard.project.record_file import read_board

    given = [f"--{name}" for name in ("seed", "character") if getattr(args, name)]
    given = [*_counts(args), *given]
    if given:
        raise InputError(
            "{folder} is planned already: leave out {given}", folder=folder, given=given[0]
        )
    found, notes = _fitted(board_plan(read_board(folder), folder / REFERENCES), args)
    for line in notes:
        print(line, file=sys.stderr)
    return to_yaml(found)


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
