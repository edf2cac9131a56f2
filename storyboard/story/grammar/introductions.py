"""Introductions: how a script brings somebody in, "MERCER, 30s, helmet in his lap, studies a map".

What stands there between a name and its verb describes somebody without any grammar that a parser
could know.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from storyboard.story.grammar.english import verb_of
from storyboard.story.grammar.nouns import kind_of

__all__ = ["Introduction", "introduction", "without_describing"]

_NAME = re.compile(r"\b(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3}), (?=\S)")
_COMMA = re.compile(r",\s+")
_WORD = re.compile(r"[a-z]+")
_BEHIND_VERBS = frozenset(
    "to at into onto up down away off out back around over in on with from the a an his her its "
    "their them him it".split()
)
_MOST = 8
"""Parts of a description."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Where in a sentence a name begins, its description, and behind it the verb."""

    name: int
    start: int
    end: int


@functools.lru_cache(maxsize=4096)
def introduction(text: str) -> Introduction | None:
    """The first introduction in a sentence; None without one."""
    for name in _NAME.finditer(text):
        for parts, comma in enumerate(_COMMA.finditer(text, name.end() - 2)):
            if parts > _MOST:
                break
            if parts and _begins_with_verb(text, comma.end()):
                return Introduction(name.start(), name.end() - 2, comma.end())
    return None


def without_describing(text: str) -> str:
    """A sentence that keeps its length, with spaces for the description and the name written low.

    A parser takes what follows "Kieran" for his verb more often than what follows "KIERAN".
    """
    found = introduction(text)
    if found is None:
        return text
    name, gap = text[found.name : found.start].title(), " " * (found.end - found.start)
    return text[: found.name] + name + gap + text[found.end :]


def _begins_with_verb(text: str, start: int) -> bool:
    word = _WORD.match(text, start)
    if word is None or not word[0].endswith("s") or not verb_of(word[0]):
        return False
    following = _WORD.match(text, word.end() + 1)
    behind = following is not None and following[0] in _BEHIND_VERBS
    return behind or not (kind_of(word[0]) or kind_of(verb_of(word[0])))
