"""What the command line can ask of pictures in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.export.picture_files import PictureFiles

__all__ = ["add_picture_files", "picture_files"]


def add_picture_files(parser: argparse.ArgumentParser) -> None:
    """Add what the files are and what they are called."""
    group = parser.add_argument_group("pictures (images)")
    group.add_argument(
        "--pictures", choices=("png", "jpeg", "webp"), default="png", help="png by default"
    )
    group.add_argument("--quality", metavar="1-100", help="of jpeg and webp, 90 by default")
    group.add_argument(
        "--names",
        metavar="PATTERN",
        help="what they are called, panel-{panel} by default; there are {panel}, {scene}, {shot}, "
        "{key}, {take} and {title}, and {panel:4} has four digits",
    )


def picture_files(args: argparse.Namespace) -> PictureFiles:
    """What the options ask for.

    Raises:
        InputError: They ask for something that cannot be.
    """
    from storyboard.export.picture_files import USUAL_FILES, PictureFiles
    from storyboard.export.picture_names import check_pattern

    names = USUAL_FILES.names if args.names is None else args.names
    check_pattern(names)
    text = args.quality or str(USUAL_FILES.quality)
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise InputError("--quality {text}: write a number from 1 to 100", text=repr(text[:40]))
    return PictureFiles(args.pictures, int(text), names)
