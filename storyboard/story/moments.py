"""Moments: what happens in one sentence or clause, and how moments become as many as panels."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storyboard.story.cast import Mention
from storyboard.story.coverage import View, views
from storyboard.story.grammar.acting import has_own_agent
from storyboard.story.grammar.kazakh import kazakh_understood
from storyboard.story.grammar.russian import russian_understood
from storyboard.story.grammar.understanding import understood
from storyboard.story.lexicon import Reading
from storyboard.story.naming import Name
from storyboard.story.sentence import Sentence
from storyboard.story.sentences import clauses
from storyboard.story.setting import Setting
from storyboard.values.shot import DialogueLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.lexicon import Lexicon

__all__ = ["Beat", "Moment", "beats", "beats_by_scene"]

_HEADED_SCENE = 1000.0
_OTHER_SCENE, _OTHER_PARAGRAPH, _ONLY_TALK = 5.0, 1.3, 0.4
_PAIR = 2
_WITH_PLACE = 3
"""Pictures of a moment from which on the first shows nothing but its place."""
_ACTION = View("action")


@dataclass(frozen=True, slots=True)
class Moment:
    """One sentence or clause, read.

    Attributes:
        reading: Its words, without dialogue.
        mentions: The people in it.
        things: Names of animals and things in it.
        lines: What is said.
        setting: Where and when.
        sentence: The sentence that it is, or is a clause of.
        company: Names of those who are there although the words do not say so.
    """

    reading: Reading
    mentions: tuple[Mention, ...]
    things: tuple[Name, ...]
    lines: tuple[DialogueLine, ...]
    setting: Setting
    sentence: Sentence
    company: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Names of those in the frame, the main one first."""
        seen = [each.person.name for each in self.mentions if each.present]
        return tuple(dict.fromkeys(seen or self.company))

    @property
    def props(self) -> tuple[str, ...]:
        """Canonical names of the things in the frame."""
        named = [each.name for each in self.things]
        return tuple(dict.fromkeys([*(hit.value for hit in self.reading.of("props")), *named]))

    @property
    def weight(self) -> float:
        """How much of a picture the moment fills; about 1 for a plain short sentence."""
        found = len(self.reading.of("actions", "emotions", "times")) + len(self.props)
        talk = sum(len(each.text.split()) for each in self.lines)
        return 0.5 + 0.04 * len(self.reading.words) + 0.3 * min(found, 6) + 0.03 * min(talk, 40)


@dataclass(frozen=True, slots=True)
class Beat:
    """What one panel shows.

    Attributes:
        moments: At least one, in reading order.
        view: What of the moment, where it fills several panels.
        key: The moment that the picture shows: the one with most to see.
    """

    moments: tuple[Moment, ...]
    view: View = _ACTION
    key: Moment = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the key moment once: a beat may hold a page, and everybody asks for it."""
        key = max(self.moments, key=lambda each: (_closeness(each), each.weight))
        object.__setattr__(self, "key", key)

    @property
    def people(self) -> tuple[str, ...]:
        """Those in the frame: the key moment's, and somebody to make a pair of one."""
        if self.view.alone:
            return self.view.people
        main = self.key.people
        place = self.key.setting.place
        others = [
            name
            for each in self.moments
            if each.setting.place == place
            for name in each.people
            if name not in main
        ]
        return (*main, *others[: max(0, _PAIR - len(main))])


def _closeness(moment: Moment) -> int:
    """How much a moment is about people: by name, by pronoun, or not at all."""
    present = [each for each in moment.mentions if each.present]
    if any(not each.pronoun for each in present):
        return 2
    return int(bool(present or moment.people))


def beats(moments: Sequence[Moment], panels: int, lexicon: Lexicon) -> tuple[Beat, ...]:
    """Make as many beats as panels.

    Too many moments: the lightest neighbours are merged, across a change of scene only where
    nothing else is left. Too few: sentences are cut into clauses, then the heaviest moments are
    shown in several pictures, each of something else; where nothing else is left to show, there
    are fewer beats than panels. Nothing is dropped, and each line of dialogue is in one beat.
    """
    if len(moments) > panels:
        return tuple(Beat(group) for group in _merge(moments, panels))
    pieces = _cut(list(moments), panels, lexicon)
    return tuple(beat for beats_ in _spread(pieces, panels) for beat in beats_)


def beats_by_scene(moments: Sequence[Moment], most: int, lexicon: Lexicon) -> tuple[Beat, ...]:
    """Make beats of each scene for itself, at most so many, and no more than it has moments."""
    scenes: list[list[Moment]] = []
    for each in moments:
        setting = each.setting
        if not scenes or setting.headed or _new_scene(scenes[-1][-1].setting, setting):
            scenes.append([])
        scenes[-1].append(each)
    return tuple(beat for scene in scenes for beat in beats(scene, min(most, len(scene)), lexicon))


def _merge(moments: Sequence[Moment], panels: int) -> list[tuple[Moment, ...]]:
    """Join the cheapest pair of neighbours until the number is right."""
    groups: dict[int, tuple[Moment, ...]] = {n: (each,) for n, each in enumerate(moments)}
    weights = {n: each.weight for n, each in enumerate(moments)}
    after = {n: n + 1 for n in range(len(moments) - 1)}
    before = {n + 1: n for n in range(len(moments) - 1)}
    versions = dict.fromkeys(groups, 0)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(left: int) -> None:
        right = after.get(left)
        if right is not None:
            cost = (weights[left] + weights[right]) * _seam(groups[left][-1], groups[right][0])
            heapq.heappush(heap, (cost, left, right, versions[left], versions[right]))

    for number in groups:
        offer(number)
    while len(groups) > panels:
        _, left, right, old_left, old_right = heapq.heappop(heap)
        if versions.get(left) != old_left or versions.get(right) != old_right:
            continue
        groups[left] += groups.pop(right)
        weights[left] += weights[right]
        versions[left] += 1
        del versions[right]
        follower = after.pop(right, None)
        after.pop(left)
        if follower is not None:
            after[left], before[follower] = follower, left
        before.pop(right, None)
        offer(left)
        if left in before:
            offer(before[left])
    return [groups[number] for number in sorted(groups)]


def _seam(left: Moment, right: Moment) -> float:
    """How much a cut between two moments is worth keeping."""
    if right.setting.headed:
        return _HEADED_SCENE
    if _new_scene(left.setting, right.setting):
        return _OTHER_SCENE
    if left.sentence.paragraph != right.sentence.paragraph:
        return _OTHER_PARAGRAPH
    return _ONLY_TALK if not right.reading.words or not left.reading.words else 1.0


def _new_scene(left: Setting, right: Setting) -> bool:
    return right.cut or (left.place, left.time) != (right.place, right.time)


def _cut(moments: list[Moment], panels: int, lexicon: Lexicon) -> list[Moment]:
    """Cut the heaviest sentences into clauses while there are too few moments."""
    whole: set[int] = set()
    while len(moments) < panels:
        open_ = [n for n, each in enumerate(moments) if id(each) not in whole]
        if not open_:
            break
        index = max(open_, key=lambda n: (len(moments[n].reading.words), -n))
        halves = _halves(moments[index], lexicon)
        if halves is None:
            whole.add(id(moments[index]))
        else:
            moments[index : index + 1] = halves
    return moments


def _halves(moment: Moment, lexicon: Lexicon) -> tuple[Moment, Moment] | None:
    cut = clauses(moment.reading.text, lexicon)
    if cut is None:
        return None
    first, second = (_understood(lexicon.read(each), lexicon.language) for each in cut)
    count = len(first.words)
    offset = len(moment.reading.words) - len(second.words)
    left = replace(
        moment,
        reading=first,
        mentions=tuple(each for each in moment.mentions if each.last < count),
        things=tuple(each for each in moment.things if each.last < count),
        lines=(),
        company=moment.people,
    )
    own = tuple(
        replace(each, first=each.first - offset, last=each.last - offset)
        for each in moment.mentions
        if each.first >= offset
    )
    lead = left.mentions[:1] if own and not has_own_agent(second, lexicon.language) else ()
    right = replace(
        moment,
        reading=second,
        mentions=(*(replace(each, first=0, last=0, pronoun=True) for each in lead), *own),
        things=tuple(
            replace(each, first=each.first - offset, last=each.last - offset)
            for each in moment.things
            if each.first >= offset
        ),
        setting=replace(moment.setting, cut=False),
        company=moment.people,
    )
    return _without_people(left), _without_people(right)


def _understood(reading: Reading, language: str) -> Reading:
    if language == "en":
        return understood(reading)
    return (russian_understood if language == "ru" else kazakh_understood)([reading])[0]


def _without_people(moment: Moment) -> Moment:
    """The moment without the animals among its things that the story knows as somebody."""
    people = {n for each in moment.mentions for n in range(each.first, each.last + 1)}
    hits = (h for h in moment.reading.hits if h.kind != "props" or h.last not in people)
    return replace(moment, reading=replace(moment.reading, hits=tuple(hits)))


def _spread(moments: Sequence[Moment], panels: int) -> list[list[Beat]]:
    """Give each moment its share of the panels, by weight: at least one, at most all its views."""
    shown = [
        views(
            each.reading,
            each.people,
            each.setting,
            first=n == 0 or _new_scene(moments[n - 1].setting, each.setting),
        )
        for n, each in enumerate(moments)
    ]
    total = sum(each.weight for each in moments)
    spare = panels - len(moments)
    exact = [spare * each.weight / total for each in moments]
    counts = [min(1 + int(share), len(own)) for share, own in zip(exact, shown, strict=True)]
    order = sorted(range(len(moments)), key=lambda n: (int(exact[n]) - exact[n], n))
    while sum(counts) < panels:
        free = [n for n in order if counts[n] < len(shown[n])]
        if not free:
            break
        for index in free[: panels - sum(counts)]:
            counts[index] += 1
    return [
        _viewed(each, _chosen(own, count))
        for each, own, count in zip(moments, shown, counts, strict=True)
    ]


def _chosen(own: tuple[View, ...], count: int) -> tuple[View, ...]:
    """The views that tell most; the empty place only where it takes no picture from the people."""
    if count == 1:
        return (_ACTION,)
    if count < _WITH_PLACE and len(own) > count:
        own = tuple(each for each in own if each.kind != "establish")
    return own[:count]


def _viewed(moment: Moment, shown: Sequence[View]) -> list[Beat]:
    """A beat for each view. The lines are spread over those after the first; each stays whole."""
    count = len(shown)
    beats_: list[Beat] = []
    for number, view in enumerate(shown):
        lines = tuple(
            line
            for n, line in enumerate(moment.lines)
            if min(1 + n * (count - 1) // max(1, len(moment.lines)), count - 1) == number
        )
        setting = moment.setting if number == 0 else replace(moment.setting, cut=False)
        seen = replace(moment, lines=lines, setting=setting, company=moment.people)
        beats_.append(Beat((seen,), view))
    return beats_
