"""What the pictures of a sweep say, told on the command line."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

from storyboard.errors import InputError, StoryboardError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config import Settings
    from storyboard.explorer.drawn import DrawnFolder
    from storyboard.rendering.panel_generator import PanelGenerator

__all__ = ["near_enough", "tell_best"]

_MOST_NAMES = 5


def near_enough(text: str | None) -> float:
    """What ``--within`` says.

    Raises:
        InputError: No number from 0 to 1.
    """
    from storyboard.explorer.verdict import WITHIN

    if text is None:
        return WITHIN
    number = float(text) if re.fullmatch(r"\d{1,3}(\.\d{1,9})?", text.strip()) else -1.0
    if not 0 <= number <= 1:
        raise InputError("--within {text}: write a number from 0 to 1", text=repr(text[:60]))
    return number


def tell_best(
    folder: Path,
    within: float,
    generator: Callable[[Settings], PanelGenerator],
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Compare the pictures of a folder, write sheet and charts, say how few steps are enough.

    Args:
        folder: What ``--out`` named.
        within: How far from the reference is near enough.
        generator: Who knows the models.
        force: Whether files that this program has not written may be replaced.
        as_json: Whether a program reads what is told.

    Raises:
        InputError: There are no pictures, or a file is in the way.
    """
    from storyboard.explorer.drawn import DrawnFolder
    from storyboard.explorer.findings import find

    drawn = DrawnFolder(folder)
    found = find(drawn, folder, within, random=_random(drawn, generator), force=force)
    if as_json:
        print(json.dumps({**found.as_json(), "foreign": drawn.foreign}), flush=True)
        return
    if drawn.foreign:
        names = ", ".join(drawn.foreign[:_MOST_NAMES])
        more = len(drawn.foreign) - _MOST_NAMES
        print(
            f"left out, damaged or not drawn by this program: {names}"
            + (f" and {more} more" if more > 0 else ""),
            file=sys.stderr,
        )
    print("\n".join(found.words()))
    for file in found.files:
        print(file)


def _random(drawn: DrawnFolder, generator: Callable[[Settings], PanelGenerator]) -> frozenset[str]:
    """The samplers that add noise of their own, as far as the models are here to say so."""
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings

    found: set[str] = set()
    for model in dict.fromkeys(each.recipe.model for each in drawn.pictures):
        try:
            settings = load_settings({"model": model}).settings
            card = generator(settings).describe(choice_of(settings))
        except StoryboardError:  # its pictures are here, the model is not
            continue
        found |= {each.name for each in card.sampling.samplers if each.random}
    return frozenset(found)
