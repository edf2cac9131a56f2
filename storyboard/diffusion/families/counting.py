"""Counts compute and keeps it: `python -m THIS_MODULE MODEL [WIDTHxHEIGHT ...]`.

The window starts it in a process of its own, because it needs torch and some seconds. Without
frames, those of the usual shapes are counted; with ``--into FILE`` the counts go into that table
instead of the user's. What ships is made by ``starter --into assets/compute.json``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families import family_of
from storyboard.errors import StoryboardError
from storyboard.values.aspect import frame_size, parse_aspect
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.card import ModelCard

__all__ = ["main"]

_USUAL = ("16:9", "1.85:1", "2.39:1", "4:3", "1:1", "4:5", "9:16")


def main(argv: Sequence[str] | None = None) -> int:
    """Count the frames that are named and keep what was counted."""
    parser = argparse.ArgumentParser(prog="counting", description=__doc__, allow_abbrev=False)
    parser.add_argument("model")
    parser.add_argument("frames", nargs="*", metavar="WIDTHxHEIGHT")
    parser.add_argument("--into", type=Path, default=None, metavar="FILE")
    words = parser.parse_args(argv)
    try:
        family, choice = family_of(words.model), ModelChoice(words.model)
        sizes = [tuple(map(int, each.split("x"))) for each in words.frames]
        for width, height in sizes or _usual_frames(family.card(choice)):
            family.count(choice, width, height, words.into)
    except StoryboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _usual_frames(card: ModelCard) -> list[tuple[int, int]]:
    return [frame_size(parse_aspect(each), card.native_pixels, card.multiple) for each in _USUAL]


if __name__ == "__main__":
    sys.exit(main())
