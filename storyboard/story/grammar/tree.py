"""Trees: a sentence as its words, each of which depends on another."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Parse", "Token"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark.

    Attributes:
        text: As it is written.
        lemma: The dictionary's form, in lower case except for names.
        pos: Universal part of speech, such as "VERB".
        tag: Penn Treebank tag, such as "VBD".
        dep: What it is to its head, in ClearNLP's labels; "ROOT" for the head of all.
        head: Index of the word that it depends on; its own for a root.
        start: Of its first letter in the text.
        end: Behind its last letter.
    """

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence as a tree of its tokens."""

    text: str
    tokens: tuple[Token, ...]
    _below: dict[int, list[int]] = field(init=False, repr=False, compare=False)
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the tokens by their heads once: everybody asks for it."""
        below: dict[int, list[int]] = {}
        for number, token in enumerate(self.tokens):
            if token.head != number:
                below.setdefault(token.head, []).append(number)
        object.__setattr__(self, "_below", below)
        object.__setattr__(self, "_starts", [each.start for each in self.tokens])

    def children(self, index: int) -> Sequence[int]:
        """Indices of the tokens that depend on one, in reading order."""
        return self._below.get(index, ())

    def child(self, index: int, *deps: str) -> int | None:
        """The first token that depends on one in one of some ways; None without such."""
        return next((n for n in self.children(index) if self.tokens[n].dep in deps), None)

    def subtree(self, index: int) -> frozenset[int]:
        """A token with all that depend on it, near and far."""
        found: set[int] = set()
        open_ = [index]
        while open_:
            number = open_.pop()
            if number not in found:
                found.add(number)
                open_ += self.children(number)
        return frozenset(found)

    def at(self, start: int) -> int:
        """The token that holds a letter of the text, or the last one before it."""
        return max(0, bisect.bisect_right(self._starts, start) - 1)
