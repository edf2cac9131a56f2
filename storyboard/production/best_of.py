"""Several takes of one panel, and which of them is the best.

The likeness of a reference picture can be copied, pose, framing and all: the high scores of such
adapters come partly from that (One-Prompt-One-Story, arXiv 2501.13554, table 1). Such a take is
first by identity and last by its prompt. So takes are ranked by both, and the best is the one whose
worse rank is best: to be first in one does not make up for being last in the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.project.recipe_file import read_recipe
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.values.fingerprint import asked, fingerprint
from storyboard.values.judgement import another_seed
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from storyboard.project.recipe import Recipe
    from storyboard.values.board import Take
    from storyboard.values.request import PanelRequest

__all__ = ["MOST_TAKES", "best_take", "check_best_of", "is_picture_of", "take_seeds"]

MOST_TAKES = 16
"""So many takes of a panel at most: an eighth of the seeds are better than the best of eight."""


def check_best_of(text: str) -> int:
    """Read the number of takes that a user gives.

    Raises:
        InputError: Not a number from 1 to `MOST_TAKES`.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_TAKES:
        return int(text)
    raise InputError(
        "--best-of {text} is not a number of takes: 1 to {most_takes}",
        text=text[:40],
        most_takes=MOST_TAKES,
    )


def take_seeds(seed: int, count: int) -> tuple[int, ...]:
    """The seeds of `count` takes of a panel: its own, then others that follow from it."""
    return (seed, *(derived_seed(seed, f"take {number}") for number in range(2, count + 1)))


def best_take(takes: Sequence[Take]) -> Take | None:
    """The take to show, or None where there is none.

    A take that came out as no picture is chosen only where all did, and one that shows the wrong
    number of people only where none shows the right one. Takes that are as good as each other in
    everything keep their order: the first wins.
    """
    pictures = [each for each in takes if not (each.rescue and each.rescue.broken)] or list(takes)
    sound = [each for each in pictures if not (each.rescue and each.rescue.flaw)] or pictures
    if not sound:
        return None
    likeness = _ranks([_likeness(each) for each in sound])
    agreement = _ranks([each.agreement.prompt if each.agreement else None for each in sound])
    ranked = zip(likeness, agreement, range(len(sound)), strict=True)
    return sound[min((max(one, two), one + two, place) for one, two, place in ranked)[-1]]


def is_picture_of(request: PanelRequest, take: Take, picture: Path) -> bool:
    """Whether a take is a whole picture of just this request, so that it need not be drawn.

    What was asked counts, not what came of it: the guard may have taken another seed, and short
    memory a smaller frame.

    Args:
        request: What is wanted, with the seed of the take.
        take: A take of the panel.
        picture: Its file.
    """
    if take.asked and take.asked != asked(request):
        return False
    seed = request.sampling.seed
    if not take.asked and take.seed not in (seed, another_seed(seed)):
        return False
    try:
        recipe = read_recipe(picture)
        return bool(take.asked) or _was_asked(request, take, recipe)
    except InputError:  # no recipe of ours, or a record that names no acceleration that there is
        return False


def _was_asked(request: PanelRequest, take: Take, recipe: Recipe) -> bool:
    """The same for a take of an older version: what was asked follows from what came of it."""
    request = replace(request, aspect="")  # such pictures were not cut
    if take.rescue:
        kept = parse_acceleration(take.rescue.acceleration)
        request = request.sampled(seed=take.rescue.seed).using(kept)
    if request.smaller_if_needed:
        request = replace(request, width=recipe.width, height=recipe.height)
    return fingerprint(request, recipe.model_hash) == take.fingerprint


def _likeness(take: Take) -> float | None:
    """Of several characters the one that is least like its reference counts."""
    if take.agreement is None or not take.agreement.identities:
        return None
    return min(cosine for _, cosine in take.agreement.identities)


def _ranks(values: Iterable[float | None]) -> list[int]:
    """How many are better than each; all 0, which decides nothing, where one was not measured."""
    known = list(values)
    if any(each is None for each in known):
        return [0] * len(known)
    numbers = [each for each in known if each is not None]
    return [sum(other > each for other in numbers) for each in numbers]
