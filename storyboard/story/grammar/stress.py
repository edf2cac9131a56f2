"""Stress: the capital letters in which scripts put sounds, things and actions."""

from __future__ import annotations

import re

from storyboard.story.grammar.english import is_word, verb_of

__all__ = ["unstressed"]

_STRESSED = re.compile(r"\b[A-Z]{2,}\b")
_BEFORE = re.compile(r"(\w+)\W*$")
_BACK = 40
"""Letters before a word in which the one before it is looked for."""
_LEADING = frozenset("a an the his her its their my your our this that".split())


def unstressed(text: str, *, names: bool = True) -> str:
    """An English sentence with its stressed words in lower case: "Tom SLAMS the door", "a BANG".

    A parser takes capital letters for names. Verbs have an ending and nouns an article; what has
    neither stays, because "MARK" is a name.

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

    return _STRESSED.sub(low, text)
