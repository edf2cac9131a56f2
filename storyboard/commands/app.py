"""`storyboard app`: open the window."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "app",
        help="open the window",
        description="Open the window, with a project, a story, or the last.",
    )
    parser.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="a project folder, or a story or script"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Start the window in a process of its own: this one has no Qt and never will."""
    if any(importlib.util.find_spec(each) is None for each in ("PySide6", "gui")):
        raise InputError(
            "the window is not installed: install it in the program's folder with "
            "pip install '.[window]'"
        )
    words = [str(args.path)] if args.path else []
    return subprocess.call([sys.executable, "-m", "gui", *words])
