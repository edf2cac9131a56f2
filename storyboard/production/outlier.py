"""Panels whose character is less like its reference than on the rest of the board.

What cosine is high differs from model to model, from character to character and from encoder to
encoder. So a panel is compared with the other panels of the same character: it is out of
line where its modified z-score lies below -3.5 (Iglewicz and Hoaglin, How to Detect and Handle
Outliers, 1993), which takes medians, so that outliers do not widen what they are measured by.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from storyboard.values.board import Storyboard

__all__ = ["Likeness", "Outlier", "likeness", "outliers"]

_LEAST_PANELS = 5
"""Of fewer panels nobody can say what is usual."""
_LIMIT = 3.5
_LESS = 1.5
"""From here on a person is told that a panel is less like its reference than most; of a normal
distribution this is the lowest 7 %."""
_NORMAL = 0.6745
"""The median absolute deviation of a normal distribution whose deviation is 1."""
_LEAST_DEVIATION = 0.01
"""Cosine; panels that are nearly equal do not make a flaw of the next digit."""


class Likeness(Enum):
    """How like its reference a character is in a take, among the panels of its own board."""

    LIKE = "like"
    LESS = "less like"
    NOT = "not like"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A character who is out of line in a panel.

    Attributes:
        character: The name.
        cosine: How like its reference it is in this panel, -1..1.
        usual: The median of its panels.
    """

    character: str
    cosine: float
    usual: float


def outliers(board: Storyboard) -> Mapping[str, tuple[Outlier, ...]]:
    """Who is out of line, by the key of the panel; panels without anybody are left out."""
    flagged: dict[str, list[Outlier]] = defaultdict(list)
    for name, cosines in _cosines(board).items():
        if len(cosines) < _LEAST_PANELS:
            continue
        usual, deviation = _spread(cosines.values())
        for key, cosine in cosines.items():
            if cosine < usual - _LIMIT * deviation:
                flagged[key].append(Outlier(name, cosine, usual))
    return {key: tuple(each) for key, each in flagged.items()}


def likeness(board: Storyboard, character: str, cosine: float) -> Likeness | None:
    """How like its reference a character is in a take, against the takes that the board shows.

    Args:
        board: The board that the take belongs to; it need not show the take.
        character: The name.
        cosine: Of the take, -1..1.

    Returns:
        None where the board shows too few panels of the character to say what is usual.
    """
    cosines = _cosines(board).get(character, {})
    if len(cosines) < _LEAST_PANELS:
        return None
    usual, deviation = _spread(cosines.values())
    if cosine < usual - _LIMIT * deviation:
        return Likeness.NOT
    return Likeness.LESS if cosine < usual - _LESS * deviation else Likeness.LIKE


def _cosines(board: Storyboard) -> Mapping[str, Mapping[str, float]]:
    """By character and panel, what was measured of the takes that are shown."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for panel in board.panels:
        take = panel.shown
        if take is not None and take.agreement is not None:
            for name, cosine in take.agreement.identities:
                found[name][panel.key] = cosine
    return found


def _spread(cosines: Collection[float]) -> tuple[float, float]:
    """The median, and what the standard deviation would be if they were normally distributed."""
    usual = median(cosines)
    deviation = median(abs(each - usual) for each in cosines)
    return usual, max(deviation, _LEAST_DEVIATION) / _NORMAL
