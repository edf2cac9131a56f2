"""Which beats a changed story has on a board that is there, and which panel shows each.

What a panel shows stays together as long as the story has it, so that nothing is broken down anew
beside a scene that was written in. Only where another number of panels is asked for, the whole
story is, and each panel goes to the beat that has most of its words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from storyboard.planning.alignment import Piece, aligned
from storyboard.story.moments import Beat, Moment, beats
from storyboard.values.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.planning.planner import Told
    from storyboard.values.board import Panel

__all__ = ["Row", "known_passages", "regrouped"]

_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_LITTLE = 0.5
"""Of what a panel shows: less, written into the story, joins the panel before it."""
_SHARED = 0.3
"""Of the words of panel and beat that both have, at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """A beat of the story, and the key of the panel that shows it; empty for a new one."""

    beat: Beat
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """Panels that show the same words."""

    passage: Passage
    keys: tuple[str, ...]

    @property
    def letters(self) -> int:
        return sum(map(len, self.passage.texts))


def known_passages(panels: Sequence[Panel]) -> dict[str, Passage]:
    """Where the panels come from, by their keys; those that were made by hand are left out.

    A board of an older version does not say it: there a panel's words are taken for the story's.
    """
    known = {each.key: each.passage for each in panels if each.passage is not None}
    return known or {each.key: Passage(place, _words_of(each)) for place, each in enumerate(panels)}


def _words_of(panel: Panel) -> tuple[str, ...]:
    shot = panel.shot
    told = _SENTENCES.split(shot.action.strip())
    return tuple(each for each in (*told, *(line.text for line in shot.dialogue)) if each)


def regrouped(passages: dict[str, Passage], told: Told, panels: int | None) -> tuple[Row, ...]:
    """Lay the beats of a story beside the panels of a board.

    Args:
        passages: Of the panels, in the order of the board.
        told: The story as it is now.
        panels: How many beats; as many as are left of the board and new ones need, if None.
    """
    groups = _groups(passages)
    owners = _owners(groups, told)
    if panels is not None:
        return tuple(_anew(groups, owners, beats(told.moments, panels, told.words)))
    return tuple(_kept(groups, owners, told))


def _groups(passages: dict[str, Passage]) -> list[_Group]:
    keys: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for key, passage in passages.items():
        keys.setdefault((passage.place, passage.texts), []).append(key)
    found = [_Group(passages[each[0]], tuple(each)) for each in keys.values()]
    return sorted(found, key=lambda each: each.passage.place)


def _owners(groups: Sequence[_Group], told: Told) -> list[dict[int, int]]:
    """For each moment, the letters that it has of each group."""
    pieces = [
        (number, Piece(text, group.passage.heading))
        for number, group in enumerate(groups)
        for text in group.passage.texts
    ]
    now = [
        (number, Piece(text, told.heading_text(moment)))
        for number, moment in enumerate(told.moments)
        for text in moment.sentence.texts
    ]
    found: list[dict[int, int]] = [{} for _ in told.moments]
    pairs = aligned([each for _, each in pieces], [each for _, each in now])
    for index, other in pairs.items():
        (number, piece), group = now[index], pieces[other][0]
        found[number][group] = found[number].get(group, 0) + len(piece.text)
    return found


def _kept(groups: Sequence[_Group], owners: Sequence[dict[int, int]], told: Told) -> Iterable[Row]:
    """The beats as they were, with new ones between them."""
    # 1. What each panel shows by now, and what none does.
    homes = _homes(owners)
    staying = {each for each in homes if each is not None}
    moments = told.moments
    weight = sum(each.weight for each, home in zip(moments, homes, strict=True) if home is not None)
    count = sum(len(groups[each].keys) for each in staying)
    usual = weight / count if count else sum(each.weight for each in moments) / max(1, len(groups))
    runs = _with_little(_runs(homes, moments), usual * _LITTLE)
    # 2. A group stays together at its first words; what was written into it follows.
    words: dict[int, list[Moment]] = {}
    for home, run in runs:
        if home is not None:
            words.setdefault(home, []).extend(run)
    for home, run in runs:
        if home is None:
            panels = max(1, min(len(run), round(sum(each.weight for each in run) / usual)))
            yield from (Row(each) for each in beats(run, panels, told.words))
        elif home in words:
            keys = groups[home].keys
            pictures = beats(words.pop(home), len(keys), told.words)
            yield from (Row(*each) for each in zip(pictures, keys, strict=True))


def _homes(owners: Sequence[dict[int, int]]) -> list[int | None]:
    """The group of each moment; of a group that was torn apart, the largest part stays one."""
    homes = [max(each, key=lambda group: each[group]) if each else None for each in owners]
    # 1. The parts of each group, between which moments of others stand.
    parts: list[tuple[int, list[int]]] = []
    known = [index for index, home in enumerate(homes) if home is not None]
    for home, group in groupby(known, key=lambda index: homes[index]):
        assert home is not None
        parts.append((home, list(group)))
    # 2. The largest part of each.
    largest: dict[int, list[int]] = {}
    for home, indices in parts:
        letters = [
            sum(owners[each][home] for each in part) for part in (indices, largest.get(home, []))
        ]
        if letters[0] > letters[1]:
            largest[home] = indices
    kept = set(chain.from_iterable(largest.values()))
    return [home if index in kept else None for index, home in enumerate(homes)]


def _runs(
    homes: Sequence[int | None], moments: Sequence[Moment]
) -> list[tuple[int | None, list[Moment]]]:
    """Moments in a row that one group shows, or of one scene that none does."""
    runs = []
    for (home, _), group in groupby(
        zip(homes, moments, strict=True),
        key=lambda each: (each[0], each[1].sentence.part if each[0] is None else 0),
    ):
        runs.append((home, [moment for _, moment in group]))
    return runs


def _with_little(
    runs: Sequence[tuple[int | None, list[Moment]]], little: float
) -> list[tuple[int | None, list[Moment]]]:
    """The runs, where what is too little for a picture has joined its neighbour in the scene."""
    joined = list(runs)
    for index, (home, run) in enumerate(runs):
        if home is not None or sum(each.weight for each in run) >= little:
            continue
        for other, there in ((index - 1, -1), (index + 1, 0)):
            if not 0 <= other < len(runs) or runs[other][0] is None:
                continue
            if runs[other][1][there].sentence.part == run[0].sentence.part:
                joined[index] = (runs[other][0], run)
                break
    return joined


def _anew(
    groups: Sequence[_Group], owners: Sequence[dict[int, int]], pictures: Sequence[Beat]
) -> Iterable[Row]:
    """Beats of a story that was broken down anew, each with the panel that has most of it."""
    # 1. Beats that show the same words, as panels may.
    shown = [
        list(group)
        for _, group in groupby(
            pictures, key=lambda each: {m.sentence.number for m in each.moments}
        )
    ]
    # 2. What each has in common with each group of panels.
    likeness: dict[tuple[int, int], float] = {}
    for index, same in enumerate(shown):
        sentences = {m.sentence.number: m.sentence for m in same[0].moments}
        letters = sum(len(text) for each in sentences.values() for text in each.texts)
        common: Counter[int] = Counter()
        for number in sentences:
            common.update(owners[number])
        for group, count in common.items():
            share = count / max(1, letters + groups[group].letters - count)
            if share >= _SHARED:
                likeness[index, group] = share
    # 3. The most alike first.
    homes: dict[int, int] = {}
    for (index, group), _ in sorted(likeness.items(), key=lambda each: (-each[1], each[0])):
        if index not in homes and group not in homes.values():
            homes[index] = group
    for index, same in enumerate(shown):
        keys = groups[homes[index]].keys if index in homes else ()
        for number, beat in enumerate(same):
            yield Row(beat, keys[number] if number < len(keys) else "")
