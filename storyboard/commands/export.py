"""`storyboard export`: write a project's board in another form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.changes import changes_of, told_changes
from storyboard.commands.options import add_force, add_page, overrides
from storyboard.commands.outputs import tell
from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "export",
        help="write a project's PDF, or its pictures, again",
        description="Write the board of a project in another form, without rendering anything.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    parser.add_argument(
        "--as", dest="form", default="pdf", metavar="FORM", help="pdf (default) or images"
    )
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="what to write; in the project folder by default"
    )
    add_page(parser)
    add_force(parser)
    parser.add_argument(
        "--annotations",
        action=argparse.BooleanOptionalAction,
        help="draw arrows, strokes and notes above the pictures; usual in a PDF, not in images",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read the board and write it."""
    from storyboard.export import ExportOptions, exporter
    from storyboard.project.annotation_folder import AnnotationFolder
    from storyboard.project.project_view import ProjectView
    from storyboard.settings.layers import load_settings

    # Nothing of the project is changed, so it may lie on a disk that is read-only.
    way = exporter(args.form)
    project = ProjectView.look(args.project)
    tell(project)
    if not any(panel.takes for panel in project.board.panels):
        raise InputError(
            f"{project.folder} has no pictures yet: render them with "
            f"storyboard resume {project.folder}"
        )
    default = "storyboard" + way.suffix if way.suffix else way.name
    out = args.out or project.folder / default
    settings = load_settings(overrides(args), folder=project.folder).settings
    for line in told_changes(changes_of(project, settings), project.folder):
        print(line, file=sys.stderr)
    options = ExportOptions(
        page=settings.page,
        force=args.force,
        project=project.folder,
        marks_of=AnnotationFolder(project.folder).of,
        annotations=args.annotations,
    )
    print(way.export(project.board, project.picture, out, options))
    return 0
