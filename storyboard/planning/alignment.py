"""Which words of a story are which of its last version: by scenes first, then piece by piece.

A scene is found again by what is told in it, wherever it stands now and whatever its heading says.
Inside a pair of scenes, pieces that are the same stay in their order; what stands alone between the
same neighbours is the same piece with other words. What is left is looked for in the whole story,
so that a sentence may move from one scene to another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Piece", "aligned"]

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.5
"""Share of words that two versions of a sentence have in common at least."""
_MOST_ALONE = 3
"""Pieces in a row that may be replaced by as many without a word in common."""
_MOST_COMPARED = 2500
"""Pairs of one gap that are compared word by word; more is another scene."""
_TELLING = 3
"""Words by which a sentence is known anywhere in the story."""
_USUAL = 50
"""Scenes beyond which what is in all of them tells none from another."""
_MANY = 1000
"""Pieces in a row beyond which those that come again and again are no help."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a speech, and the scene heading above it."""

    text: str
    heading: str = ""


def aligned(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Find for pieces of the new version those of the old that they are, changed or not.

    Returns:
        Indices of `new`, and of the `old` that each is; none is there twice.
    """
    found: dict[int, int] = {}
    for before, after in _pairs(old, new):
        found |= _in_scene(old, new, before, after)
    taken = set(found.values())
    left: dict[str, deque[int]] = defaultdict(deque)
    for index, piece in enumerate(old):
        if index not in taken and len(_words(piece.text)) >= _TELLING:
            left[piece.text].append(index)
    for index, piece in enumerate(new):
        if index not in found and left[piece.text]:
            found[index] = left[piece.text].popleft()
    return found


def _scenes(pieces: Sequence[Piece]) -> list[range]:
    scenes: list[range] = []
    for _, group in groupby(range(len(pieces)), key=lambda each: pieces[each].heading):
        indices = list(group)
        scenes.append(range(indices[0], indices[-1] + 1))
    return scenes


def _pairs(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[range, range]]:
    """Scenes that belong together: those that share the most first."""
    before, after = _scenes(old), _scenes(new)
    # 1. What each two have in common, in letters.
    counts = [Counter(old[each].text for each in scene) for scene in before]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        for text in count:
            holders[text].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for number, scene in enumerate(after):
        for text, times in Counter(new[each].text for each in scene).items():
            there = holders.get(text, ())
            for other in there if len(there) <= _USUAL else ():
                shared[other, number] += len(text) * min(times, counts[other][text])
    # 2. The same heading counts where the words do not decide.
    headings: dict[str, list[int]] = defaultdict(list)
    for number, scene in enumerate(before):
        headings[old[scene[0]].heading].append(number)
    for number, scene in enumerate(after):
        there = headings.get(new[scene[0]].heading, ())
        near = bisect_left(there, number) - _USUAL // 2
        for other in there[max(0, near) : max(0, near) + _USUAL]:
            shared[other, number] += 1
    # 3. One for one, neighbours in place before others.
    used: tuple[set[int], set[int]] = (set(), set())
    for (left, right), _ in sorted(
        shared.items(), key=lambda each: (-each[1], abs(each[0][0] - each[0][1]), each[0])
    ):
        if left not in used[0] and right not in used[1]:
            used[0].add(left)
            used[1].add(right)
            yield before[left], after[right]


def _in_scene(
    old: Sequence[Piece], new: Sequence[Piece], before: range, after: range
) -> dict[int, int]:
    first = [old[each].text for each in before]
    second = [new[each].text for each in after]
    # 1. What is the same from the beginning and from the end on: mostly all but a few words.
    begin = _same(first, second)
    end = _same(first[begin:][::-1], second[begin:][::-1])
    found = dict(zip(after[:begin], before[:begin], strict=True))
    if end:
        found |= zip(after[-end:], before[-end:], strict=True)
    # 2. What is between.
    first, second = first[begin : len(first) - end], second[begin : len(second) - end]
    matcher = SequenceMatcher(None, first, second, autojunk=len(second) > _MANY)
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        pairs: Iterable[tuple[int, int]] = ()
        if tag == "equal":
            pairs = zip(range(left, left_end), range(right, right_end), strict=True)
        elif tag == "replace":
            alike = _alike(first[left:left_end], second[right:right_end])
            pairs = ((left + one, right + other) for one, other in alike)
        found |= {after[begin + other]: before[begin + one] for one, other in pairs}
    return found


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many are the same from the beginning on."""
    unlike = (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))


def _alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs, in order, of what was there and what is there now."""
    if len(old) * len(new) > _MOST_COMPARED:
        return
    words = [[Counter(_words(each)) for each in texts] for texts in (old, new)]
    best = _best_pairs([[_likeness(a, b) for b in words[1]] for a in words[0]])
    # What is left alone between two pairs, as many on both sides, was written anew.
    ends = [(-1, -1), *best, (len(old), len(new))]
    yield from best
    for (left, right), (left_end, right_end) in pairwise(ends):
        count = left_end - left - 1
        if 0 < count <= _MOST_ALONE and count == right_end - right - 1:
            yield from ((left + each, right + each) for each in range(1, count + 1))


def _best_pairs(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs in rising order that are most alike in all."""
    rows, columns = len(likeness), len(likeness[0])
    total = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            total[row][column] = max(
                total[row + 1][column],
                total[row][column + 1],
                total[row + 1][column + 1] + likeness[row][column],
            )
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < rows and column < columns:
        if total[row][column] == total[row + 1][column]:
            row += 1
        elif total[row][column] == total[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Share of words in common; 0 where it is less than `_ALIKE`."""
    share = 2 * (one & other).total() / max(1, one.total() + other.total())
    return share if share >= _ALIKE else 0.0


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(text)]
