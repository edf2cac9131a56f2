"""`storyboard config`: every effective setting, and where it came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.options import add_model, add_report, overrides
from storyboard.terminal import one_line

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "config",
        help="print every effective setting and where it came from",
        description="Print every effective setting and where it came from.",
    )
    parser.add_argument(
        "project", type=Path, nargs="?", metavar="DIR", help="a project; the working folder if none"
    )
    add_model(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Print the table."""
    from storyboard.settings.layers import effective_table, load_settings

    effective = load_settings(overrides(args), folder=args.project)
    if args.json:
        for name, value in effective.settings.model_dump(mode="json").items():
            print(json.dumps({"setting": name, "value": value, "origin": effective.origins[name]}))
        return 0
    rows = effective_table(effective)
    width = max(len(name) for name, _, _ in rows)
    for name, value, origin in rows:
        print(f"{name:<{width}}  {one_line(str(value))}  ({one_line(origin)})")
    return 0
