"""Coverage: one moment in several pictures, each of which shows what the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.story.lexicon import canon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.lexicon import Reading
    from storyboard.story.setting import Setting

__all__ = ["View", "printed_view", "prompted_view", "views"]

_FACES, _THINGS = 3, 2
"""People and things of a moment that get a picture of their own, at most."""
_WORDS = {
    "en": {
        "establish": "View of the place: {}.",
        "face": "Close on {}.",
        "hands": "Close on the hands of {}.",
        "feet": "Close on the feet of {}.",
        "thing": "Close on the {}.",
        "behind": "Seen from behind: {}",
        "profile": "Seen in profile: {}",
        "above": "Seen from above: {}",
        "below": "Seen from below: {}",
        "far": "Seen from afar: {}",
    },
    "ru": {
        "establish": "Общий план, место: {}.",
        "face": "Крупный план: {}.",
        "hands": "Крупный план, руки: {}.",
        "feet": "Крупный план, ноги: {}.",
        "thing": "Крупный план: {}.",
        "behind": "Вид со спины: {}",
        "profile": "Вид в профиль: {}",
        "above": "Вид сверху: {}",
        "below": "Вид снизу: {}",
        "far": "Вид издалека: {}",
    },
    "kk": {
        "establish": "Жалпы план, орны: {}.",
        "face": "Ірі план: {}.",
        "hands": "Ірі план, қолдары: {}.",
        "feet": "Ірі план, аяқтары: {}.",
        "thing": "Ірі план: {}.",
        "behind": "Арт жағынан: {}",
        "profile": "Бүйірден: {}",
        "above": "Жоғарыдан: {}",
        "below": "Төменнен: {}",
        "far": "Алыстан: {}",
    },
}
_OF_SOMEBODY = ("face", "hands", "feet", "behind", "profile")


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows of a moment.

    Attributes:
        kind: "action" for the moment itself; "establish" for its place; "face", "hands", "feet",
            "behind" or "profile" of somebody; "thing"; "above", "below" or "far".
        whom: The name of somebody, or the English noun of a thing.
        words: The story's own word for a thing or a place.
    """

    kind: str
    whom: str = ""
    words: str = ""

    @property
    def alone(self) -> bool:
        """Whether nobody but `whom` is in the frame."""
        return self.kind in (*_OF_SOMEBODY, "establish", "thing")

    @property
    def people(self) -> tuple[str, ...]:
        """Who is in the frame of a view that is `alone`."""
        return (self.whom,) if self.kind in _OF_SOMEBODY else ()


def views(
    reading: Reading, people: Sequence[str], setting: Setting, *, first: bool
) -> tuple[View, ...]:
    """All that can be shown of a moment, what tells most in front.

    Args:
        reading: What happens.
        people: Names of those in the frame.
        setting: Where.
        first: Whether the scene begins with it, so that its place comes before everything.
    """
    place = _place(reading, setting) if first else None
    found = [View("action"), *(View("face", name) for name in people[:_FACES])]
    found += _things(reading)
    ways = ("behind", "hands", "above", "profile", "far", "feet", "below")
    for kind in ways:
        if kind in _OF_SOMEBODY:
            found += [View(kind, name) for name in people[:1]]
        else:
            found.append(View(kind))
    return (*([place] if place else []), *found)


def _place(reading: Reading, setting: Setting) -> View | None:
    """The place itself, in the story's words; None where nobody knows it."""
    if not setting.place:
        return None
    own = next((e for e in reading.of("places") if e.value == setting.place), None)
    words = setting.detail or setting.place
    if own is not None and not own.lemma.isascii():
        words = own.lemma
    return View("establish", setting.detail or setting.place, words)


def _things(reading: Reading) -> list[View]:
    """The things that a near camera can hold."""
    known = {hit.value: hit for hit in reading.of("props", "details")}
    near = [each for each in known if each not in canon().large and each not in canon().animals]
    small = [each for each in near if each in canon().small]
    ordered = dict.fromkeys([*small, *near])
    return [View("thing", each, known[each].lemma) for each in ordered][:_THINGS]


def printed_view(view: View, sentence: str, language: str) -> str:
    """What the board prints of a view.

    Args:
        view: Of any kind but "action".
        sentence: What the moment's own picture prints.
        language: "en", "ru" or "kk".
    """
    told = view.words or view.whom or sentence
    if language == "en" and view.kind in ("face", "hands", "feet") and told.islower():
        told = f"the {told}"
    if view.kind in ("behind", "profile"):
        told = sentence
    return _WORDS[language][view.kind].format(told)


def prompted_view(view: View, text: str) -> str:
    """What the prompt says of a view, given what it says of the moment."""
    if view.kind == "establish":
        return f"view of the {view.whom}"
    if view.kind == "thing":
        noun = view.whom if view.whom.endswith("s") else canon().article(view.whom)
        return f"detail of {noun}"
    if view.kind in ("face", "hands", "feet"):
        return f"near view of the {view.kind}, {text}"
    return f"{text}, in profile" if view.kind == "profile" else f"{text}, {_SEEN[view.kind]}"


_SEEN = {
    "behind": "seen from behind",
    "above": "seen from above",
    "below": "seen from below",
    "far": "seen from afar",
}
