"""`storyboard render`: a story goes in, a storyboard comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.drawing import (
    check_decoder,
    check_draws,
    draw,
    export_pdf,
    production_for,
)
from storyboard.commands.options import (
    add_best_of,
    add_identity,
    add_model,
    add_pdf,
    add_plan,
    add_report,
    overrides,
)
from storyboard.commands.outputs import check_pdf
from storyboard.commands.plan import plan_from
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.models import Storyboard

__all__ = ["add", "run"]

_EPILOG = """\
examples:
  storyboard render "Mira walks to the lighthouse at night. The storm begins."
  storyboard render story.txt --panels 12 --mode QUALITY --aspect 2.39:1
  storyboard plan story.txt > shots.yaml; storyboard render shots.yaml
"""


def add(commands: Commands) -> None:
    """Describe the command."""
    from argparse import RawDescriptionHelpFormatter

    parser = commands.add_parser(
        "render",
        help="draw the storyboard of a story and write its PDF",
        description="Draw the storyboard of a story and write its PDF.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    add_plan(parser)
    add_model(parser)
    add_identity(parser)
    parser.add_argument(
        "--reference",
        type=Path,
        action="append",
        default=[],
        metavar="IMAGE",
        help="a picture of the main character to hold on to; may be given several times",
    )
    parser.add_argument(
        "--aspect", metavar="W:H", help="shape of the frame, such as 2.39:1 (default 16:9)"
    )
    parser.add_argument("--title", default="", help="title of the board; the story's by default")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="a new project folder; boards/TITLE by default"
    )
    add_best_of(parser)
    add_pdf(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Plan, make a project, draw, and write the PDF."""
    from storyboard.best_of import check_best_of
    from storyboard.pictures import read_picture
    from storyboard.production import new_board, with_references
    from storyboard.progress import report_on
    from storyboard.project import Project
    from storyboard.project_settings import keep_settings
    from storyboard.settings import load_settings
    from storyboard.source import read_source

    # 1. Everything that can be wrong is found before a folder is made.
    settings = load_settings(overrides(args)).settings
    check_pdf(args.pdf, args.story, force=args.force)
    best_of = check_best_of(args.best_of)
    source = read_source(args.story, program.stdin)
    plan, files = plan_from(source, args, settings)
    story = "" if source.is_shot_list else source.text
    board = new_board(plan, story, settings, title=args.title)
    if args.reference:
        files[_main_character(board)] = tuple(args.reference)
    pictures = {name: [read_picture(path) for path in paths] for name, paths in files.items()}
    generator = program.make_generator(settings)
    model = generator.describe()
    check_draws(model)
    check_decoder(settings, model)

    # 2. The project holds what a later `resume` needs, before it can be taken for a project.
    def prepare(project: Project) -> Storyboard:
        keep_settings(settings, project.folder)
        begun = board
        for name, references in pictures.items():
            begun = with_references(begun, project, name, references)
        return begun

    with Project.create(args.out or _free_folder(board.title), board, prepare) as project:
        # 3. The pictures, then the PDF.
        production = production_for(project, settings, model, best_of)
        report = report_on(len(production.jobs), as_json=args.json)
        outcome = draw(project, production, generator, report, best_of)
        pdf = export_pdf(project, args.pdf, settings.page, outcome, force=args.force)
    report.done(project=project.folder, pdf=pdf)
    return 0


def _main_character(board: Storyboard) -> str:
    if not board.characters:
        raise InputError(
            "--reference needs a character to hold on to, and the story names none: "
            "describe one with --character FILE"
        )
    return board.characters[0].name


def _free_folder(title: str) -> Path:
    """A folder under ``boards`` that does not exist yet, named after the title."""
    words = re.sub(r"\W+", "-", title.casefold()).strip("-")[:40].strip("-") or "storyboard"
    folder, number = Path("boards") / words, 1
    while folder.exists():
        number += 1
        folder = Path("boards") / f"{words}-{number}"
    return folder
