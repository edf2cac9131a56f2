"""`storyboard resume`: complete a board without rendering a finished panel again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.changes import changes_of, taken_back, told_changes
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

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "resume",
        help="render the panels of a project that have no picture",
        description="Render the panels of a project that have no picture yet, with the settings "
        "that the project was begun with, and write its PDF. With --best-of the panels that have "
        "fewer takes get the others, but for those where another take is pinned.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    add_model(parser)
    add_download(parser)
    add_best_of(parser)
    add_pdf(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, draw what is missing, and write the PDF."""
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
        settings = load_settings(overrides(args), folder=project.folder).settings
        generator = program.make_generator(settings)
        model = generator.describe(choice_of(settings))
        check_draws(model)
        production = production_for(project, settings, model, best_of)
        report = report_on(len(production.jobs), as_json=args.json)
        changes = told_changes(changes_of(project, settings), project.folder)
        for line in (*taken_back(before, project.board, project.folder), *changes):
            report.note(line)
        outcome = draw(project, production, generator, report)
        pdf = export_pdf(project, production, args.pdf, settings.page, outcome, force=args.force)
    report.done(project=project.folder, pdf=pdf)
    return 0
