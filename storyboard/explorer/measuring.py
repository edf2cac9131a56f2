"""Noise levels that suit a model: found by drawing with many and comparing with many steps.

A descent along the levels: every one is moved towards its neighbours, and what comes nearer to the
model's own pictures of many steps is kept. It needs nothing but pictures, so it works for every
family and sampler that takes levels, and it begins anew from pictures that are there already.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["MANY", "ROUNDS", "Levels", "Measured", "candidates_at_most", "measured"]

Levels = tuple[float, ...]
"""Noise levels that fall, one a step; the zero at the end is not among them."""

Differences = Callable[[Sequence[Levels]], Sequence[float]]
"""Draws with each of some levels: how far its pictures are from the model's own, 0..1."""

MANY = 50
"""Steps of the pictures that the others are to be like."""

ROUNDS = 6
"""Of a descent, at most."""

_CURVES = (1.0, 3.0, 7.0)  # exponents of Karras et al., arXiv 2206.00364; theirs is 7
_FIRST_SHARE, _LEAST_SHARE = 0.5, 0.1  # of the way to a neighbour, in the logarithm


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found.

    Attributes:
        levels: The nearest.
        before: Difference of the levels that it began with.
        after: Difference of the nearest.
    """

    levels: Levels
    before: float
    after: float


def candidates_at_most(steps: int) -> int:
    """Levels that are drawn with at most, so that somebody can agree to it."""
    return 1 + len(_CURVES) + ROUNDS * (2 * (steps - 1) + 1)


def measured(
    first: Levels, differences: Differences, told: Callable[[int, float], None]
) -> Measured:
    """Measure levels for as many steps as the first have.

    Args:
        first: Where to begin. The highest level stays what it is: all noise.
        differences: Draws and compares.
        told: Called after every round with its number and the least difference so far.
    """
    # 1. The best of some curves.
    curves = [_rounded(first), *(_curve(first[0], first[-1], len(first), k) for k in _CURVES)]
    found = differences(curves)
    before = found[0]
    after, best = min(zip(found, curves, strict=True))
    told(0, after)
    # 2. Level after level, as long as it helps.
    share = _FIRST_SHARE
    for number in range(1, ROUNDS + 1):
        moves = [(at, way) for at in range(1, len(best)) for way in (-1, 1)]
        tried = [_moved(best, {at: way * share}) for at, way in moves]
        found = differences(tried)
        helping: dict[int, tuple[float, float]] = {}
        for (at, way), difference in zip(moves, found, strict=True):
            if difference < min(after, helping.get(at, (after, 0.0))[0]):
                helping[at] = difference, way * share
        # All that help alone may help together.
        together = _moved(best, {at: move / 2 for at, (_, move) in helping.items()})
        if len(helping) > 1:
            tried, found = [*tried, together], [*found, *differences([together])]
        nearest, levels = min(zip(found, tried, strict=True), default=(after, best))
        if nearest < after:
            after, best = nearest, levels
        else:
            share /= 2
        told(number, after)
        if share < _LEAST_SHARE:
            break
    return Measured(best, before, after)


def _curve(high: float, low: float, count: int, exponent: float) -> Levels:
    """From the highest level to the lowest, even in the root of this exponent."""
    ends = high ** (1 / exponent), low ** (1 / exponent)
    places = [step / max(1, count - 1) for step in range(count)]
    return _rounded([(ends[0] + each * (ends[1] - ends[0])) ** exponent for each in places])


def _moved(levels: Levels, shares: dict[int, float]) -> Levels:
    """Each named level so much of the way to the one before (below 0) or behind it (above 0)."""
    logs = [math.log(each) for each in levels]
    logs.append(2 * logs[-1] - logs[-2] if len(logs) > 1 else logs[-1] - 1)  # behind the last
    moved = list(logs[:-1])
    for at, share in shares.items():
        moved[at] += abs(share) * (logs[at + (1 if share > 0 else -1)] - logs[at])
    return _rounded([math.exp(each) for each in moved])


def _rounded(levels: Sequence[float]) -> Levels:
    """As recipes write them, each still below the one before it."""
    found = [float(f"{each:.4g}") for each in levels]
    for one, two in itertools.pairwise(range(len(found))):
        found[two] = min(found[two], float(f"{found[one] * 0.999:.6g}"))
    return tuple(found)
