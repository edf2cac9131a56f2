"""How many people a picture is to show, and how often it is drawn again for that."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.values.judgement import another_seed
from storyboard.values.seeds import derived_seed

__all__ = ["MOST_DRAWS", "Headcount", "seeds_after"]

MOST_DRAWS = 9
"""So often a picture is drawn for its people at most."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people a picture is to show.

    Attributes:
        people: 0 or more.
        draws: Pictures that are drawn at most until one shows so many, with seeds that follow from
            the first, 1 to `MOST_DRAWS`; with 1 they are only counted.
    """

    people: int
    draws: int = 1

    def seeds(self, seed: int) -> tuple[int, ...]:
        """The seeds of the draws, the request's own first."""
        following = (derived_seed(seed, f"people {n}") for n in range(2, self.draws + 1))
        return (seed, *following)


def seeds_after(seed: int) -> frozenset[int]:
    """Every seed that a picture may have which was asked for with this one.

    The guard takes another seed for what came out as no picture, a headcount takes others for what
    shows the wrong number of people.
    """
    drawn = Headcount(0, MOST_DRAWS).seeds(seed)
    return frozenset((*drawn, *map(another_seed, drawn)))
