"""How many people a panel is to show, where that is certain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storyboard.values.character import Character
    from storyboard.values.shot import Shot

__all__ = ["people_shown"]

_MOST = 2
"""A crowd is not counted: where one stands before another, nobody can say how many there are."""
_PEOPLE = frozenset({"person", "crowd"})
_NO_PEOPLE = frozenset({"hamlet", "settlement", "nobody"})
"""Crowds or people by their first meaning, but not in a story."""
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "wives": "wife"}
_WORD = re.compile(r"[^\W\d_]+")
_KIND = frozenset({"person", "role"})
"""Traits that say what somebody is: a horse may be a character too."""


def people_shown(shot: Shot, characters: Iterable[Character]) -> int | None:
    """How many people a shot is to show: 0, 1 or 2; None where that is not certain.

    It is not where there are more, where one of them is an animal or several people, or where the
    words speak of somebody who is no character: "Anna walks through the crowd".

    Args:
        shot: Of the panel.
        characters: Of the board.
    """
    # 1. Those who are named.
    if len(shot.characters) > _MOST:
        return None
    looks = {each.name.casefold(): each for each in characters}
    known: set[str] = set()
    for name in shot.characters:
        character = looks.get(name.casefold())
        traits = character.traits if character else ()
        words = {
            *_words(name),
            *(each for kind, text in traits if kind in _KIND for each in _words(text)),
        }
        if not _is_one_person(words):
            return None
        known |= words
    # 2. Those who are spoken of.
    others = set(_words(shot.prompt_action)) - known - _NO_PEOPLE
    return len(shot.characters) if all(_kind(each) not in _PEOPLE for each in others) else None


def _is_one_person(words: Iterable[str]) -> bool:
    """Whether a name and what somebody is told to be are those of one person."""
    kinds = {_kind(each) for each in words}
    if any(kind_of(each) == "" and _kind(each) == "person" for each in words):
        return False  # "soldiers"
    return "crowd" not in kinds and ("animal" not in kinds or "person" in kinds)


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def _kind(word: str) -> str:
    """What a word names, in the singular or the plural."""
    for noun in (word, _IRREGULAR.get(word, ""), word.removesuffix("s"), word.removesuffix("es")):
        if noun and (kind := kind_of(noun)):
            return kind
    return ""
