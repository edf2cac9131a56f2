"""Stress: the capital letters in which scripts put sounds, things and actions."""

from __future__ import annotations

import re

from storyboard.story.grammar.english import is_word, verb_of
from storyboard.story.grammar.nouns import kind_of

__all__ = ["unstressed"]

_STRESSED = re.compile(r"\b[A-Z]{2,}\b")
_ENTITLED = re.compile(r"\b(?:[Aa]n?|[Tt]he)(?: [a-z]+)? ([A-Z][a-z]+)\b(?! [A-Z])")
"""Of "a Crow" and "the little Mouse" the word by which fables call somebody."""
_BEFORE = re.compile(r"(\w+)\W*$")
_BACK = 40
"""Letters before a word in which the one before it is looked for."""
_LEADING = frozenset("a an the his her its their my your our this that".split())


def unstressed(text: str, *, names: bool = True) -> str:
    """An English sentence with its stressed words in lower case: "Tom SLAMS the door", "a BANG".

    A parser takes capital letters for names, those of "the Lion" as well. Verbs have an ending
    and nouns an article; what has neither stays, because "MARK" is a name.

    Args:
        text: Keeps its length.
        names: Whether a verb behind a name in capitals is a part of it: "TOM BANKS".
    """

    def low(found: re.Match[str]) -> str:
        word = found[0].lower()
        before = _BEFORE.search(text, max(0, found.start() - _BACK), found.start())
        led = before[1] if before else ""
        if led.lower() in _LEADING and is_word(word):
            return word
        named = names and len(led) > 1 and led.isupper()
        return word if not named and verb_of(word) else found[0]

    def common(found: re.Match[str]) -> str:
        word = found[1].lower()
        known = kind_of(word) in ("person", "animal")
        return found[0][: -len(word)] + word if known else found[0]

    return _ENTITLED.sub(common, _STRESSED.sub(low, text))
