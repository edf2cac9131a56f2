"""`storyboard animate`: let the pictures of panels move; each clip is a new take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.commands.reopening import add_project, reopened
from storyboard.commands.same_again import same_again
from storyboard.values.choice import numbers_text, panel_numbers

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.production.production import Production

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "animate",
        help="let the pictures of panels move",
        description="Let the pictures of panels move, as their actions and camera moves say, with "
        "a model that makes clips: --model, or the setting animate_model. Each clip is a new take "
        "and is shown; the picture that it was made from stays.",
    )
    add_project(parser, elsewhere=False)
    parser.add_argument(
        "--panel", metavar="3,5-7", default="all", help="the panels that move; all by default"
    )
    parser.add_argument(
        "--frames",
        dest="clip_frames",
        metavar="N",
        help="frames of each clip, rounded to what the model can make; 25 by default",
    )
    parser.add_argument(
        "--fps", dest="clip_fps", metavar="N", help="frames a second; 12 by default"
    )
    parser.add_argument(
        "--smooth",
        dest="clip_smooth",
        choices=("1", "2", "4"),
        help="make so many frames of one, by interpolation",
    )
    parser.add_argument(
        "--to-next",
        action="store_true",
        help="let each clip end with the picture of the next panel, if the model can",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Open, see what is to move, let it move, and write the PDF."""
    from storyboard.values.panel_animation import PanelAnimation

    # What draws the project's panels stays as it is.
    args.animate_model, args.model = args.model, None
    with reopened(args) as board:
        # 1. Which panels; of all of them those that have a picture.
        panels = board.project.board.panels
        numbers = sorted(panel_numbers(args.panel, len(panels)))
        if args.panel.strip().casefold() == "all":
            numbers = [n for n in numbers if panels[n - 1].shown is not None] or numbers
        wanted = [
            PanelAnimation(panels[number - 1].key, to_next=args.to_next) for number in numbers
        ]

        # 2. Their clips, then the PDF.
        def rest(production: Production) -> str:
            return same_again(args.typed, numbers_text(production.rest))

        report, pdf = board.animate(program, board.taken_back, wanted, rest)
        folder = board.project.folder
    report.done(project=folder, pdf=pdf)
    return 0
