"""What the command line can ask of a PDF's pages."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.export.page_design import FieldPlace, PageDesign

__all__ = ["add_pages", "keep_design", "page_design", "user_layouts"]

_PRODUCTION = ("project", "episode", "director", "draft")


def add_pages(parser: argparse.ArgumentParser) -> None:
    """Add how the pages of a PDF look."""
    pages = parser.add_argument_group("pages (pdf)")
    pages.add_argument(
        "--preset",
        metavar="NAME",
        help="a layout: standard (default), production, pitch, booklet, thumbnails, one of your "
        "own, or a YAML file",
    )
    pages.add_argument(
        "--save-preset", type=Path, metavar="FILE", help="keep what is asked for as a YAML file"
    )
    pages.add_argument(
        "--grid", metavar="6|3x2", help="panels a page, or columns and rows; auto by default"
    )
    pages.add_argument(
        "--text", choices=("auto", "below", "beside"), help="where the words of a panel stand"
    )
    pages.add_argument(
        "--fields",
        metavar="LIST",
        help="the words of a panel in their order, for example action:60,dialogue:40,notes; the "
        "numbers are percent of the width",
    )
    pages.add_argument(
        "--portrait", action=argparse.BooleanOptionalAction, help="turn the page upright"
    )
    pages.add_argument("--letters", metavar="POINTS", help="size of the letters, 5 to 16")
    pages.add_argument(
        "--black-and-white", action=argparse.BooleanOptionalAction, help="without colours"
    )
    pages.add_argument("--watermark", metavar="TEXT", help="written across every page")
    pages.add_argument("--logo", type=Path, metavar="FILE", help="a picture for the upper corner")
    for name in _PRODUCTION:
        words = "the project, instead of the title" if name == "project" else f"the {name}"
        pages.add_argument(
            f"--{name}", dest=f"named_{name}", metavar="TEXT", help=f"what pages call {words}"
        )


def user_layouts() -> Path:
    """The folder of the user's own layouts, whether it exists or not."""
    from storyboard.settings.user_settings import user_file

    return user_file().parent / "layouts"


def page_design(args: argparse.Namespace) -> PageDesign:
    """The design that the options ask for.

    Raises:
        InputError: They ask for something that cannot be.
    """
    from storyboard.export.design_file import find_design
    from storyboard.export.page_design import USUAL_DESIGN, check_design, parse_grid

    design = find_design(args.preset, [user_layouts()]) if args.preset else USUAL_DESIGN
    changes: dict[str, Any] = {
        name: value
        for name, value in (
            ("text", args.text),
            ("portrait", args.portrait),
            ("black_and_white", args.black_and_white),
            ("watermark", args.watermark),
            ("logo", args.logo),
        )
        if value is not None
    }
    if args.grid is not None:
        changes["grid"] = parse_grid(args.grid)
    if args.fields is not None:
        changes["fields"] = _fields(args.fields)
    if args.letters is not None:
        changes["letters"] = _number(args.letters)
    named = {name: getattr(args, f"named_{name}") for name in _PRODUCTION}
    changes["production"] = replace(
        design.production, **{name: text for name, text in named.items() if text is not None}
    )
    design = replace(design, **changes)
    check_design(design)
    return design


def keep_design(design: PageDesign, file: Path, *, force: bool) -> None:
    """Write a layout.

    Raises:
        InputError: Another file is there, or the logo lies elsewhere.
        ProjectError: It cannot be written.
    """
    from storyboard.export.design_file import design_to_yaml
    from storyboard.files.output_file import check_output, write_output

    data = design_to_yaml(design, file).encode()
    check_output(file, lambda old: old == data, force=force)
    write_output(file, data)


def _fields(text: str) -> tuple[FieldPlace, ...]:
    from storyboard.export.page_design import MOST_FIELDS, Field, FieldPlace

    found: list[FieldPlace] = []
    for part in text.split(",") if text.strip() else []:
        name, _, width = (each.strip().lower() for each in part.partition(":"))
        percent = int(width) if width.isascii() and width.isdecimal() and len(width) < 4 else 0
        known = [each.value for each in Field if each is not Field.OWN]
        if name not in known or (width and not 10 <= percent <= 100):
            raise InputError(
                "--fields {part}: write names with commas, and widths from 10 to 100 "
                "behind colons; the names are {known}",
                part=repr(part[:40]),
                known=", ".join(known),
            )
        found.append(FieldPlace(Field(name), percent or 100))
    if len(found) > MOST_FIELDS:
        raise InputError(
            "--fields has {count} names: at most {most_fields} are possible",
            count=len(found),
            most_fields=MOST_FIELDS,
        )
    return tuple(found)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(
            "--letters {text}: write a number of points", text=repr(text[:40])
        ) from None
