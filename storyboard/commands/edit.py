"""`storyboard edit`: change the picture of a panel by an instruction; the result is a new take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.reopening import add_project, reopened
from storyboard.commands.same_again import same_again
from storyboard.commands.taking import take_named
from storyboard.errors import InputError
from storyboard.values.choice import numbers_text, panel_numbers

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.production.production import Production
    from storyboard.values.panel_edit import Beside, PanelEdit

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "edit",
        help="change the picture of a panel by an instruction",
        description="Change the pictures of panels by an instruction, such as 'make it night', "
        "with a model that edits: --model, or the setting edit_model. The result is a new take, "
        "and is shown; the take that it was made from stays.",
    )
    add_project(parser, elsewhere=False)
    parser.add_argument("instruction", metavar="INSTRUCTION", help="what is to change, in words")
    parser.add_argument(
        "--panel", metavar="3,5-7", required=True, help="the panels whose pictures change, or all"
    )
    parser.add_argument(
        "--mask",
        type=Path,
        metavar="FILE",
        help="a picture of the same shape, white where the picture may change",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="TAKE",
        help="change this take, by its number or its file's name; the one that is shown by default",
    )
    parser.add_argument(
        "--reference",
        dest="references",
        action="append",
        default=[],
        metavar="NAME",
        help="look at this besides: a character of the board, or a picture of a set or a prop "
        "(may be given several times; a model says how many it looks at)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, see what is to be changed, change it, and write the PDF."""
    from storyboard.files.pictures import read_file
    from storyboard.production.edits import check_instruction
    from storyboard.values.panel_edit import PanelEdit

    instruction = check_instruction(args.instruction)
    mask = read_file(args.mask, str(args.mask)) if args.mask else b""
    beside = tuple(map(_beside, args.references))
    # What draws the project's panels stays as it is.
    args.edit_model, args.model = args.model, None

    with reopened(args) as board:
        # 1. Which takes.
        panels = board.project.board.panels
        numbers = sorted(panel_numbers(args.panel, len(panels)))
        if args.source and len(numbers) > 1:
            raise InputError("--from names a take of one panel: name one with --panel")
        edits: list[PanelEdit] = []
        for number in numbers:
            panel = panels[number - 1]
            take = take_named(panel, number, args.source) if args.source else ""
            edits.append(PanelEdit(panel.key, instruction, mask, take, beside))

        # 2. Their pictures, then the PDF.
        def rest(production: Production) -> str:
            return same_again(args.typed, numbers_text(production.rest))

        report, pdf = board.edit(program, board.taken_back, edits, rest)
        folder = board.project.folder
    report.done(project=folder, pdf=pdf)
    return 0


def _beside(text: str) -> Beside:
    """What a reference names: a picture where there is such a file, else a character."""
    from storyboard.files.pictures import read_file
    from storyboard.values.panel_edit import Beside

    file = Path(text)
    if file.is_file():
        return Beside(file.stem, (read_file(file, text),))
    return Beside(text)
