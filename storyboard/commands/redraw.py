"""`storyboard redraw`: new takes of panels that have one; those so far stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.changes import told_changes
from storyboard.commands.reopening import add_project, reopened
from storyboard.errors import InputError
from storyboard.values.change import Changed
from storyboard.values.choice import numbers_text, panel_numbers

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.values.change import Change

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "redraw",
        help="draw panels again, for example those that have changed",
        description="Draw panels again, with the settings that the project was begun with, and "
        "write its PDF. The takes so far stay; the new one is shown. A panel that has not changed "
        "gets another seed.",
    )
    add_project(parser)
    parser.add_argument("--panel", metavar="3,5-7", help="these panels, or all")
    parser.add_argument(
        "--changed",
        action="store_true",
        help="the panels whose words, characters or frame have changed since they were drawn",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, choose the panels, draw them, and write the PDF."""
    from storyboard.rendering.progress import report_on

    with reopened(args) as board:
        # 1. Which panels.
        panels = board.project.board.panels
        folder = board.project.folder
        numbers = _chosen(args, board.changes, len(panels))
        others = [change for change in board.changes if change.number not in numbers]
        notes = (*board.taken_back, *told_changes(others, folder))
        if not numbers:
            report = report_on(0, as_json=args.json)
            for line in (*notes, "no panel has changed since it was drawn"):
                report.note(line)
            report.close()
            return 0

        # 2. Their pictures, then the PDF.
        again = [panels[number - 1] for number in sorted(numbers)]
        report, pdf = board.draw(program, notes, again)
    report.done(project=folder, pdf=pdf)
    return 0


def _chosen(args: argparse.Namespace, changes: tuple[Change, ...], count: int) -> frozenset[int]:
    changed = {each.number for each in changes if each.what is Changed.PICTURE}
    if args.panel is None and not args.changed:
        now = f" (now {numbers_text(changed)})" if changed else ""
        raise InputError(
            "say which panels: --changed{now}, or --panel with numbers such as 3,5-7, or all",
            now=now,
        )
    named = panel_numbers(args.panel, count) if args.panel is not None else frozenset()
    return named | changed if args.changed else named
