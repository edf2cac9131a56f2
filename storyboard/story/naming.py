"""Naming: which nouns explain which names, "Mara, the lighthouse keeper", "a dog named Rex"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.story.grammar.kazakh import is_owned
from storyboard.story.grammar.russian_forms import form_of
from storyboard.story.lexicon import canon, fold

if TYPE_CHECKING:
    from storyboard.story.lexicon import Hit, Lexicon, Reading

__all__ = ["TITLES", "Name", "linked", "may_own"]

TITLES = {
    **dict.fromkeys(("mr", "sir", "lord", "господин", "мырза"), "male"),
    **dict.fromkeys(("mrs", "ms", "miss", "madam", "lady", "госпожа", "ханым"), "female"),
    "dr": "",
}
"""Words before a name, and whose they are: "male", "female" or, empty, anybody's."""
_TITLE = re.compile(r"\b(?:mrs?|ms|dr)\.", re.IGNORECASE)
_CHRISTENED = frozenset({"boat", "ship", "train", "plane", "robot", "lighthouse", "doll"})
_APPOSITION = 5
"""Words between a name and the noun that explains it, at most."""


@dataclass(frozen=True, slots=True)
class Name:
    """An occurrence of a name: the words ``first`` to ``last`` of a sentence."""

    name: str
    first: int
    last: int


def linked(reading: Reading, lexicon: Lexicon, name: Name, hit: Hit) -> bool:
    """Whether a noun explains a name: "Mara, the lighthouse keeper", "a dog named Rex"."""
    if name.last < hit.first:
        between = list(range(name.last + 1, hit.first))
        gap = reading.text[reading.words[name.last].end : reading.words[hit.first].start]
    else:
        between = list(range(hit.last + 1, name.first))
        gap = reading.text[reading.words[hit.last].end : reading.words[name.first].start]
    between = [index for index in between if reading.word(index) not in TITLES]
    words = [reading.word(index) for index in between]
    gap = _TITLE.sub("", gap)
    if lexicon.language == "kk" and is_owned(reading.word(hit.last)):
        # "Әкесі Ерланды" is Erlan's father, or somebody's; "немересі Ерасыл" is who he is.
        return not words and hit.last < name.first and reading.word(name.last) == fold(name.name)
    if len(words) > _APPOSITION or any(mark in gap for mark in ".!?;:"):
        return False
    naming = lexicon.lists["naming"]
    if "'s" in words:
        return False
    passing = lexicon.lists["articles"] | naming
    qualities = {
        index
        for each in reading.of("qualities", "traits", "looks")
        for index in (each.first, each.last)
    }
    if lexicon.language == "ru":
        qualities |= {i for i in between if form_of(reading.word(i)).kind in ("ADJF", "PRTF")}
    if any(w not in passing and i not in qualities for i, w in zip(between, words, strict=True)):
        return False
    if not words:
        # "fisherman Ivan", and "Ivan, fisherman" only with a comma.
        return hit.last < name.first or "," in gap
    return "," in gap or any(word in naming for word in words)


def may_own(reading: Reading, lexicon: Lexicon, name: Name, hit: Hit) -> bool:
    """Whether things of a kind have names: dogs and ships, or whatever is "called" something."""
    if hit.value in canon().animals or hit.value in _CHRISTENED:
        return True
    between = range(min(name.last, hit.last) + 1, max(name.first, hit.first))
    return any(reading.word(index) in lexicon.lists["naming"] for index in between)
