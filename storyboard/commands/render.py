"""`storyboard render`: a story goes in, a storyboard comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.budget import within_budget
from storyboard.commands.cluster import add_cluster, check_cluster, executor_of
from storyboard.commands.drawing import (
    check_draws,
    draw,
    export_pdf,
    production_for,
)
from storyboard.commands.options import (
    add_best_of,
    add_download,
    add_identity,
    add_model,
    add_pdf,
    add_plan,
    add_report,
    add_time_budget,
    overrides,
)
from storyboard.commands.outputs import check_pdf
from storyboard.commands.plan import looks_wanted, plan_from
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from storyboard.commands.program import Commands, Program
    from storyboard.values.board import Storyboard

__all__ = ["add", "run"]

_EPILOG = """\
examples:
  storyboard render "Mira walks to the lighthouse at night. The storm begins."
  storyboard render story.txt --panels 12 --mode QUALITY --aspect 2.39:1
  storyboard render story.txt --reference Mira=mira.png --target-seconds 30
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
    add_time_budget(parser)
    add_download(parser)
    add_identity(parser)
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="[NAME=]IMAGE",
        help="a picture of a character to hold on to, of the main one where no name is given; may "
        "be given several times",
    )
    parser.add_argument(
        "--style", metavar="WORDS", help="how it is drawn, the most important words first"
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
    add_cluster(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Plan, make a project, draw, and write the PDF."""
    from storyboard.files.pictures import read_picture
    from storyboard.planning.new_board import new_board
    from storyboard.production.best_of import check_best_of
    from storyboard.production.production import with_references
    from storyboard.project.project import Project
    from storyboard.project.project_settings import keep_settings
    from storyboard.project.story_file import StoryFile
    from storyboard.rendering.progress import report_on
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings
    from storyboard.story.source import read_source

    # 1. Everything that can be wrong is found before a folder is made.
    settings = load_settings(overrides(args)).settings
    check_pdf(args.pdf, args.story, force=args.force)
    check_cluster(args)
    best_of = check_best_of(args.best_of)
    source = read_source(args.story, program.stdin)
    planned = plan_from(source, args, settings)
    settings = planned.settings
    board = new_board(planned.plan, planned.plan.story, settings, title=args.title)
    files = {**planned.references, **references_given(args.reference, board)}
    pictures = {name: [read_picture(path) for path in paths] for name, paths in files.items()}
    generator = program.make_generator(settings)
    model = generator.describe(choice_of(settings))
    check_draws(model)
    settings, fit = within_budget(args, settings, model, board.aspect)

    # 2. The project holds what a later `resume` needs, before it can be taken for a project.
    def prepare(project: Project) -> Storyboard:
        keep_settings(settings, project.folder)
        if not source.is_shot_list:
            StoryFile(project.folder).remember(source.of_scenes(args.scenes or ""))
        begun = board
        for name, references in pictures.items():
            begun = with_references(begun, project, name, references)
        return begun

    with Project.create(args.out or _free_folder(board.title), board, prepare) as project:
        # 3. The pictures, then the PDF.
        production = production_for(project, settings, model, best_of)
        report = report_on(len(production.jobs), as_json=args.json)
        nobody = [path for paths in files.values() for path in paths if not _shows_a_person(path)]
        notes = [f"no face found in {path}: it is held on to all the same" for path in nobody]
        for line in (*fit, *planned.notes, *looks_wanted(planned.plan, files), *notes):
            report.note(line)
        executor = executor_of(args, program, report)
        outcome = draw(project, production, generator, report, executor=executor)
        pdf = export_pdf(project, production, args.pdf, settings.page, outcome, force=args.force)
    report.done(project=project.folder, pdf=pdf)
    return 0


def _shows_a_person(path: Path) -> bool:
    from storyboard.files.pictures import read_picture
    from storyboard.production.face_hint import may_show_a_person

    return may_show_a_person(read_picture(path))


def references_given(arguments: Sequence[str], board: Storyboard) -> dict[str, tuple[Path, ...]]:
    """The pictures of ``--reference``, by character.

    Args:
        arguments: Each a file, for the main character, or "NAME=FILE".
        board: Says who there is.

    Raises:
        InputError: Nobody is called so, or nobody is there at all.
    """
    found: dict[str, tuple[Path, ...]] = {}
    for argument in arguments:
        name, equals, file = argument.partition("=")
        if not equals or Path(argument).is_file():
            name, file = "", argument
        if not board.characters:
            raise InputError(
                "--reference needs a character to hold on to, and the story names none: "
                "describe one with --character FILE"
            )
        names = {each.name.casefold(): each.name for each in board.characters}
        known = names.get(name.strip().casefold()) if name else board.characters[0].name
        if known is None:
            raise InputError(
                "--reference {name}=...: nobody is called so; there is {names}",
                name=name[:40],
                names=", ".join(names.values())[:200],
            )
        found[known] = (*found.get(known, ()), Path(file))
    return found


def _free_folder(title: str) -> Path:
    """A folder under ``boards`` that does not exist yet, named after the title."""
    words = re.sub(r"\W+", "-", title.casefold()).strip("-")[:40].strip("-") or "storyboard"
    folder, number = Path("boards") / words, 1
    while folder.exists():
        number += 1
        folder = Path("boards") / f"{words}-{number}"
    return folder
