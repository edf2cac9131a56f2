"""`storyboard plan-eval`: how much of what a director expects the planner meets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.planning.gold import GoldStory
    from storyboard.planning.scoring import Check

__all__ = ["add", "run"]

_GOLD = Path(__file__).parents[2] / "tests" / "planning" / "gold"


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "plan-eval",
        help="measure the planner against what a director expects of gold stories",
        description="Plan the gold stories and count the expectations that hold, by kind. The "
        "failures of held-out stories are counted and never listed, so that nobody works on them.",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=_GOLD, help="of gold stories in YAML"
    )
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.add_argument(
        "--held-out", action="store_true", help="the stories that are held out, instead of the rest"
    )
    parser.add_argument(
        "--failures", action="store_true", help="list what does not hold; not with --held-out"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Plan, compare, and print the numbers."""
    from storyboard.errors import InputError
    from storyboard.planning.gold import read_gold
    from storyboard.planning.scoring import score

    if args.held_out and args.failures:
        raise InputError("--failures is not for --held-out: what is held out stays unread")
    stories = [each for each in read_gold(args.folder) if each.held_out == args.held_out]
    checks = [check for story in stories for check in score(story)]
    if args.json:
        print(json.dumps(_numbers(stories, checks), indent=2))
        return 0
    if args.failures:
        for each in checks:
            if not each.holds:
                print(f"{each.story} [{each.of}] {each.kind}: {each.expected} <> {each.found}")
    for line in _table(stories, checks):
        print(line)
    return 0


def _numbers(stories: list[GoldStory], checks: list[Check]) -> dict[str, object]:
    from storyboard.planning.scoring import KINDS, tally

    def told(some: list[Check]) -> dict[str, float]:
        found = tally(some)
        return {"held": found.held, "asked": found.asked, "share": round(found.share, 4)}

    languages = {story.name: story.language for story in stories}
    return {
        "stories": len(stories),
        "kinds": {kind: told([each for each in checks if each.kind == kind]) for kind in KINDS},
        "languages": {
            language: told([each for each in checks if languages[each.story] == language])
            for language in dict.fromkeys(languages.values())
        },
        "total": told(checks),
    }


def _table(stories: list[GoldStory], checks: list[Check]) -> list[str]:
    from storyboard.planning.scoring import KINDS, tally

    languages = {story.name: story.language for story in stories}
    groups = [(kind, [each for each in checks if each.kind == kind]) for kind in KINDS]
    groups += [
        (language, [each for each in checks if languages[each.story] == language])
        for language in dict.fromkeys(languages.values())
    ]
    lines = [f"{len(stories)} stories"]
    for name, some in [*groups, ("total", checks)]:
        found = tally(some)
        lines.append(f"{name:<9} {found.held:>4} of {found.asked:>4}  {found.share:.2f}")
    return lines
