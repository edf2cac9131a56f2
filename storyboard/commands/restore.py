"""`storyboard restore`: rebuild a lost or damaged record, or go back to an earlier one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.outputs import tell
from storyboard.errors import ProjectError
from storyboard.terminal import one_line

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.project.project import Project
    from storyboard.project.project_view import ProjectView

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "restore",
        help="rebuild a project's lost or damaged board.yaml, or go back to an earlier one",
        description="Rebuild a project's lost or damaged board.yaml from its pictures and "
        "snapshots. A damaged one is kept beside it; one that can be read stays as it is. "
        "Or go back to a snapshot, which was kept before something was taken off the board.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument("--list", action="store_true", help="list the snapshots, oldest first")
    parser.add_argument(
        "--to",
        metavar="SNAPSHOT",
        help="go back to that one, named by its number; what is there now is kept as another",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Recover the project, go back if that is wanted, and say what there is."""
    from storyboard.project.project import Project

    if args.list and args.to is None:
        return _list(args.project)
    with Project.recover(args.project) as project:
        if args.to is not None:
            project.restore(_named(project, args.to))
        if args.list:
            for name in project.snapshots():
                print(_line(project, name))
        tell(project)
        panels, missing = len(project.board.panels), len(project.missing())
    print(f"{args.project}: {panels} panels, {panels - missing} of them with a picture")
    return 0


def _list(folder: Path) -> int:
    """Say what there is, and change nothing: the record may be damaged, the disk read-only."""
    from storyboard.project.project_view import ProjectView

    project = ProjectView(folder.absolute())
    for name in project.snapshots():
        print(_line(project, name))
    project = ProjectView.look(folder)
    tell(project)
    panels, missing = len(project.board.panels), len(project.missing())
    print(f"{folder}: {panels} panels, {panels - missing} of them with a picture")
    return 0


def _named(project: Project, word: str) -> str:
    """The snapshot of that name or number; the word itself where there is none."""
    digits = word.strip().lstrip("0")
    found = (each for each in project.snapshots() if each.partition("-")[0].lstrip("0") == digits)
    return next(found, word)


def _line(project: ProjectView, name: str) -> str:
    number, _, when = name.removesuffix(".yaml").partition("-")
    try:
        board = project.look_back(name)
    except ProjectError as error:
        return f"{int(number):>4}  {when}  {error}"
    drawn = sum(bool(panel.takes) for panel in board.panels)
    title = one_line(board.title)
    return f"{int(number):>4}  {when}  {len(board.panels)} panels, {drawn} drawn: {title}"
