"""`storyboard export`: write a project's board in another form."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.changes import changes_of, told_changes
from storyboard.commands.film_progress import film_progress
from storyboard.commands.options import add_force, add_page, overrides
from storyboard.commands.outputs import tell
from storyboard.commands.page_options import add_pages, keep_design, page_design, user_layouts
from storyboard.commands.picture_options import add_picture_files, picture_files
from storyboard.commands.selection import add_selection, selected
from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.commands.program import Commands, Program
    from storyboard.export.film_look import FilmLook

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "export",
        help="write a project as a PDF, pictures, lists, subtitles ...",
        description="Write the board of a project in another form, without rendering anything.",
    )
    parser.add_argument("project", type=Path, metavar="DIR", nargs="?", help="the project folder")
    parser.add_argument(
        "--as", dest="form", default="pdf", metavar="NAME", help="pdf (default), or one of --list"
    )
    parser.add_argument("--list", action="store_true", help="print every form and what it is for")
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="what to write; in the project folder by default"
    )
    add_selection(parser)
    parser.add_argument(
        "--with-left-out",
        action="store_true",
        help="show the panels, too, that are marked to be left out (see leave-out)",
    )
    parser.add_argument(
        "--rate",
        metavar="FPS",
        help="frames a second of whatever runs in time: 23.976, 24 (default), 25, 29.97, 30 ...",
    )
    add_picture_files(parser)
    film = parser.add_argument_group("films (mp4, mov, gif, webp)")
    film.add_argument("--height", metavar="PIXELS", help="720 by default, 480 of WebP, 360 of GIF")
    film.add_argument(
        "--dissolve", metavar="SECONDS", help="go over from panel to panel; cut by default"
    )
    film.add_argument(
        "--no-moves",
        dest="moves",
        action="store_false",
        help="do not push, pan, tilt or track as the shots' cameras do",
    )
    film.add_argument(
        "--no-parallax",
        dest="parallax",
        action="store_false",
        help="move the whole picture alike; by default what surely stands in front moves more",
    )
    film.add_argument(
        "--burn",
        metavar="LIST",
        help="what is written into the picture: caption (default), shot, scene, timecode, with "
        "commas between them, or none",
    )
    film.add_argument(
        "--codec",
        choices=("h264", "hevc", "prores"),
        default="",
        help="how the film is encoded, by ffmpeg and a Mac's media engine where it can: h264 "
        "(default of mp4) or hevc for mp4, prores for mov, which else has JPEG pictures",
    )
    film.add_argument(
        "--bit-rate",
        metavar="BITS",
        help="bits a second of h264 and hevc, such as 12M; what the quality needs by default",
    )
    film.add_argument(
        "--speech",
        nargs="?",
        const="on",
        default="off",
        choices=("on", "fit", "off"),
        help="speak the dialogue with the system's voice (mp4, mov); with 'fit' a panel stays as "
        "long as its lines take",
    )
    film.add_argument(
        "--silent",
        dest="recordings",
        action="store_false",
        help="leave soundtrack and sounds out (see sound)",
    )
    add_page(parser)
    add_pages(parser)
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
    from storyboard.project.bundle import bundled
    from storyboard.project.folder import REFERENCES
    from storyboard.project.project_view import ProjectView
    from storyboard.settings.layers import load_settings
    from storyboard.sound.film_hearing import FilmSound, Speech
    from storyboard.values.frame_rate import FILM, parse_rate

    if args.list:
        return _list()
    if args.project is None:
        raise InputError("say which project: storyboard export DIR, or --list for every form")
    # 1. The board and what is wanted of it. Nothing of the project is changed, so it may lie on a
    #    disk that is read-only.
    way = exporter(args.form)
    rate = FILM if args.rate is None else parse_rate(args.rate)
    film = _look(args)
    files = picture_files(args)
    design = page_design(args)
    if args.save_preset is not None:
        keep_design(design, args.save_preset, force=args.force)
    project = ProjectView.look(args.project)
    tell(project)
    if way.needs_pictures and not any(panel.takes for panel in project.board.panels):
        raise InputError(
            "{folder} has no pictures yet: render them with storyboard resume {folder}",
            folder=project.folder,
        )
    only = selected(project.board, args)

    # 2. The file.
    default = "storyboard" + way.suffix if way.suffix else way.name
    out = args.out or project.folder / default
    settings = load_settings(overrides(args), folder=project.folder).settings
    if way.needs_pictures:
        for line in told_changes(changes_of(project, settings), project.folder):
            print(line, file=sys.stderr)
    options = ExportOptions(
        page=settings.page,
        files=files,
        files_of_project=partial(bundled, project.folder),
        design=design if args.page is None else replace(design, paper=None),
        force=args.force,
        project=project.folder,
        marks_of=AnnotationFolder(project.folder).of,
        annotations=args.annotations,
        only=only,
        left_out=args.with_left_out,
        references=project.folder / REFERENCES,
        rate=rate,
        film=film,
        sound=FilmSound(project.sounds.read, args.recordings, Speech(args.speech)),
        sound_of=project.sounds.path if args.recordings else None,
    )
    if not way.marks_left_out and (count := options.omitted(project.board)):
        print(f"storyboard: {_omitted(count)}", file=sys.stderr)
    with film_progress() as progress:
        options = replace(options, progress=progress)
        written = way.export(project.board, project.picture, out, options)
    print(written)
    return 0


def _omitted(count: int) -> str:
    panels = "1 panel is" if count == 1 else f"{count} panels are"
    return f"{panels} left out, as marked; --with-left-out shows all"


def _look(args: argparse.Namespace) -> FilmLook:
    from storyboard.export.film_look import (
        USUAL,
        FilmLook,
        parse_bit_rate,
        parse_burns,
        parse_height,
        parse_seconds,
    )

    return FilmLook(
        height=None if args.height is None else parse_height(args.height),
        dissolve=USUAL.dissolve if args.dissolve is None else parse_seconds(args.dissolve),
        moves=args.moves,
        parallax=args.parallax,
        burns=USUAL.burns if args.burn is None else parse_burns(args.burn),
        codec=args.codec,
        bit_rate=0 if args.bit_rate is None else parse_bit_rate(args.bit_rate),
    )


def _list() -> int:
    from storyboard.export import EXPORTERS
    from storyboard.export.design_file import SHIPPED

    widest = max(len(each.name) for each in EXPORTERS)
    for each in EXPORTERS:
        print(f"{each.name:{widest}}  {each.title}: {each.purpose}")
    own = sorted(each.stem for each in user_layouts().glob("*.yaml"))
    print(f"layouts of the PDF, for --preset: {', '.join((*SHIPPED, *own))}")
    return 0
