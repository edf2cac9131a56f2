"""What a sweep says: how few steps are enough, and with which sampler and schedule."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.explorer.likeness import grey, ssim

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from storyboard.explorer.drawn import Drawn
    from storyboard.explorer.likeness import Grey

__all__ = ["WITHIN", "Pair", "Point", "Verdict", "verdict_of"]

WITHIN = 0.05
"""How far from the reference (1 - SSIM) a picture may be, unless somebody says otherwise."""

_LOOKED = frozenset({"sampler", "schedule", "steps"})

Pair = tuple[str, str]
"""Names of a sampler and a schedule."""


@dataclass(frozen=True, slots=True)
class Point:
    """A pair at a number of steps, over all its pictures.

    Attributes:
        pair: Sampler and schedule.
        steps: Their number.
        pictures: How many there are.
        seconds: Of one, the median.
        difference: Mean of 1 - SSIM to the reference.
        attributes: Share, 0..1, of what the reader reads as it does in the reference; None where no
            reader knows the model's pictures.
        people: Share of the pictures that show as many people as the reference; likewise.
    """

    pair: Pair
    steps: int
    pictures: int
    seconds: float
    difference: float
    attributes: float | None = None
    people: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found.

    Attributes:
        points: Of every pair and number of steps, by pair and then by steps.
        reference: The point that the others are compared with. A pair whose sampler adds noise of
            its own, and so comes to another picture, is compared with its own highest steps.
        own: The pairs that are.
        within: How far from the reference is near enough.
    """

    points: tuple[Point, ...]
    reference: Point
    own: frozenset[Pair]
    within: float

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair once, in the order of the points."""
        return tuple(dict.fromkeys(each.pair for each in self.points))

    def of(self, pair: Pair) -> tuple[Point, ...]:
        """The points of a pair, fewest steps first."""
        return tuple(each for each in self.points if each.pair == pair)

    def fewest(self, pair: Pair) -> Point | None:
        """The fewest steps of a pair from which on it stays near enough; None where none does.

        The highest steps of a pair that is compared with them say nothing, and are not counted.
        """
        found = None
        told = self.of(pair)
        for each in reversed(told[:-1] if pair in self.own else told):
            if each.difference > self.within:
                break
            found = each
        return found

    @property
    def best(self) -> Point | None:
        """The quickest of the fewest; None where nothing is near enough."""
        near = [each for pair in self.pairs if (each := self.fewest(pair)) is not None]
        return min(near, key=lambda each: (each.seconds, each.difference), default=None)

    @property
    def front(self) -> tuple[Point, ...]:
        """The points that no other beats in both time and likeness, quickest first."""
        found: list[Point] = []
        for each in sorted(self.points, key=lambda each: (each.seconds, each.difference)):
            own_end = each.pair in self.own and each == self.of(each.pair)[-1]
            if not own_end and (not found or each.difference < found[-1].difference):
                found.append(each)
        return tuple(found)


def verdict_of(
    pictures: Sequence[Drawn],
    within: float = WITHIN,
    *,
    random: Collection[str] = (),
    read: Callable[[Sequence[Path]], Sequence[Mapping[str, str]]] | None = None,
) -> Verdict:
    """Compare the pictures of a sweep.

    Args:
        pictures: All of them. Those that differ in nothing but sampler, schedule and steps are
            compared with each other.
        within: How far from the reference (1 - SSIM) is near enough.
        random: Samplers that add noise of their own.
        read: Reads off pictures what they show, by the name of each attribute.

    Raises:
        InputError: There is nothing to compare, or a picture cannot be read.
    """
    # 1. Who is compared with whom.
    groups: dict[tuple[str, ...], list[Drawn]] = defaultdict(list)
    for each in pictures:
        groups[_context(each)].append(each)
    if all(len(group) < 2 for group in groups.values()):
        raise InputError(
            "there is nothing to compare: draw more samplers, schedules or numbers of steps"
        )
    greys = {each.path: _grey(each.path) for each in pictures}
    answers: dict[Path, Mapping[str, str]] = {}
    if read is not None:
        paths = [each.path for each in pictures]
        answers = dict(zip(paths, read(paths), strict=True))
    own = frozenset(each.pair for each in pictures if each.pair[0] in random)

    # 2. The pair that all others come to with the most steps.
    reference, most = _reference(groups.values(), own, greys)
    own = own - {reference}

    # 3. How far each picture is from it.
    told: dict[tuple[Pair, int], list[tuple[Drawn, Drawn]]] = defaultdict(list)
    for group in groups.values():
        common = _highest([each for each in group if each.pair == reference])
        for each in group:
            mine = _highest([other for other in group if other.pair == each.pair])
            goal = mine if each.pair in own or common is None else common
            if goal is not None:
                told[each.pair, each.recipe.steps].append((each, goal))
    points = [_point(key, found, greys, answers) for key, found in told.items()]
    points.sort(key=lambda each: (*each.pair, each.steps))
    named = next(each for each in points if (each.pair, each.steps) == (reference, most))
    return Verdict(tuple(points), named, own, within)


def _context(drawn: Drawn) -> tuple[str, ...]:
    """What must be equal in pictures that are compared."""
    values = [value for name, value in drawn.values.items() if name not in _LOOKED]
    size = drawn.recipe.picture
    return (*values, f"{size[0]}x{size[1]}", drawn.recipe.model_hash)


def _highest(found: Sequence[Drawn]) -> Drawn | None:
    return max(found, key=lambda each: each.recipe.steps, default=None)


def _reference(
    groups: Collection[Sequence[Drawn]], own: Collection[Pair], greys: Mapping[Path, Grey]
) -> tuple[Pair, int]:
    """The pair whose highest steps are nearest to those of all others, and these steps."""
    likeness: dict[Pair, float] = defaultdict(float)
    most = max(each.recipe.steps for group in groups for each in group)
    for group in groups:
        ends = [each for each in group if each.recipe.steps == most]
        ends = [each for each in ends if each.pair not in own] or ends
        for one in ends:
            likeness[one.pair] += 0.0
        for one, two in itertools.combinations(ends, 2):
            alike = ssim(greys[one.path], greys[two.path])
            likeness[one.pair] += alike
            likeness[two.pair] += alike
    nearest = max(likeness, key=lambda pair: (likeness[pair], pair))
    return nearest, most


def _point(
    key: tuple[Pair, int],
    found: Sequence[tuple[Drawn, Drawn]],
    greys: Mapping[Path, Grey],
    answers: Mapping[Path, Mapping[str, str]],
) -> Point:
    apart = [1 - ssim(greys[each.path], greys[goal.path]) for each, goal in found]
    right: list[bool] = []
    people: list[bool] = []
    for each, goal in found if answers else ():
        seen, wanted = answers[each.path], answers[goal.path]
        right += [seen[name] == value for name, value in wanted.items()]
        people.append(seen["people"] == wanted["people"])
    return Point(
        *key,
        len(found),
        median(each.recipe.times.total for each, _ in found),
        max(0.0, fmean(apart)),
        fmean(right) if right else None,
        fmean(people) if people else None,
    )


def _grey(path: Path) -> Grey:
    try:
        return grey(path)
    except (OSError, ValueError, SyntaxError):
        raise InputError(
            "{path} is damaged: take it out of the folder, and the same sweep draws it again",
            path=path,
        ) from None
