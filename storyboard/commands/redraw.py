"""`storyboard redraw`: new takes of panels that have one; those so far stay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.changes import changes_of, numbers_text, taken_back, told_changes
from storyboard.commands.drawing import (
    check_draws,
    draw,
    export_pdf,
    production_for,
)
from storyboard.commands.options import (
    add_best_of,
    add_download,
    add_model,
    add_pdf,
    add_report,
    overrides,
)
from storyboard.commands.outputs import check_pdf, go_on
from storyboard.errors import InputError
from storyboard.values.change import Changed

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.values.change import Change

__all__ = ["add", "panel_numbers", "run"]

_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "redraw",
        help="draw panels again, for example those that have changed",
        description="Draw panels again, with the settings that the project was begun with, and "
        "write its PDF. The takes so far stay; the new one is shown. A panel that has not changed "
        "gets another seed.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument("--panel", metavar="3,5-7", help="these panels, or all")
    parser.add_argument(
        "--changed",
        action="store_true",
        help="the panels whose words, characters or frame have changed since they were drawn",
    )
    add_model(parser)
    add_download(parser)
    add_best_of(parser)
    add_pdf(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, choose the panels, draw them, and write the PDF."""
    from storyboard.production.best_of import check_best_of
    from storyboard.project.project import Project, read_board
    from storyboard.rendering.progress import report_on
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings

    check_pdf(
        args.pdf or args.project / "storyboard.pdf" if args.project.is_dir() else args.pdf,
        force=args.force,
    )
    best_of = check_best_of(args.best_of)
    before = read_board(args.project)
    with Project.open(args.project) as project:
        go_on(project)
        # 1. Which panels.
        board = project.board
        settings = load_settings(overrides(args), folder=project.folder).settings
        changes = changes_of(project, settings)
        numbers = _chosen(args, changes, len(board.panels))
        notes = (
            *taken_back(before, board, project.folder),
            *told_changes([each for each in changes if each.number not in numbers], project.folder),
        )
        if not numbers:
            report = report_on(0, as_json=args.json)
            for line in (*notes, "no panel has changed since it was drawn"):
                report.note(line)
            report.close()
            return 0

        # 2. Their pictures, then the PDF.
        generator = program.make_generator(settings)
        model = generator.describe(choice_of(settings))
        check_draws(model)
        panels = [board.panels[number - 1] for number in sorted(numbers)]
        production = production_for(project, settings, model, best_of, again=panels)
        report = report_on(len(production.jobs), as_json=args.json)
        for line in notes:
            report.note(line)
        outcome = draw(project, production, generator, report)
        pdf = export_pdf(project, production, args.pdf, settings.page, outcome, force=args.force)
    report.done(project=project.folder, pdf=pdf)
    return 0


def panel_numbers(text: str, count: int) -> frozenset[int]:
    """Read "3,5-7" or "all".

    Args:
        text: As the user gave it.
        count: How many panels there are.

    Raises:
        InputError: It is none of both, or names a panel that is not there.
    """
    if text.strip().casefold() == "all":
        return frozenset(range(1, count + 1))
    found: set[int] = set()
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not 1 <= first <= last <= count:
            raise InputError(
                f"--panel {text[:40]} names no panels of this board: write numbers from 1 to "
                f"{count}, for example 3,5-7, or all"
            )
        found.update(range(first, last + 1))
    return frozenset(found)


def _chosen(args: argparse.Namespace, changes: tuple[Change, ...], count: int) -> frozenset[int]:
    changed = {each.number for each in changes if each.what is Changed.PICTURE}
    if args.panel is None and not args.changed:
        now = f" (now {numbers_text(changed)})" if changed else ""
        raise InputError(
            f"say which panels: --changed{now}, or --panel with numbers such as 3,5-7, or all"
        )
    named = panel_numbers(args.panel, count) if args.panel is not None else frozenset()
    return named | changed if args.changed else named
