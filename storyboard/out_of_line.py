"""Panels whose character is less like its reference than on the rest of the board.

What cosine is high differs from model to model, from character to character and from encoder to
encoder. So a panel is compared with the other panels of the same character: it is out of
line where its modified z-score lies below -3.5 (Iglewicz and Hoaglin, How to Detect and Handle
Outliers, 1993), which takes medians, so that outliers do not widen what they are measured by.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.models import Storyboard

__all__ = ["Stranger", "strangers"]

_LEAST_PANELS = 5
"""Of fewer panels nobody can say what is usual."""
_LIMIT = 3.5
_NORMAL = 0.6745
"""The median absolute deviation of a normal distribution whose deviation is 1."""
_LEAST_DEVIATION = 0.01
"""Cosine; panels that are nearly equal do not make a flaw of the next digit."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A character who is out of line in a panel.

    Attributes:
        character: The name.
        cosine: How like its reference it is in this panel, -1..1.
        usual: The median of its panels.
    """

    character: str
    cosine: float
    usual: float


def strangers(board: Storyboard) -> Mapping[str, tuple[Stranger, ...]]:
    """Who is out of line, by the key of the panel; panels without anybody are left out."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for panel in board.panels:
        take = panel.shown
        if take is not None and take.agreement is not None:
            for name, cosine in take.agreement.identities:
                found[name][panel.key] = cosine
    flagged: dict[str, list[Stranger]] = defaultdict(list)
    for name, cosines in found.items():
        if len(cosines) < _LEAST_PANELS:
            continue
        usual = median(cosines.values())
        deviation = median(abs(each - usual) for each in cosines.values())
        least = usual - _LIMIT * max(deviation, _LEAST_DEVIATION) / _NORMAL
        for key, cosine in cosines.items():
            if cosine < least:
                flagged[key].append(Stranger(name, cosine, usual))
    return {key: tuple(each) for key, each in flagged.items()}
