"""Wearing: whether English clothes are on somebody, and whom an adjective describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.introductions import introduction
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.grammar.tree import Parse
    from storyboard.story.lexicon import Hit, Reading

__all__ = ["is_of", "is_worn", "own_word"]

_CLOTHES = frozenset({"clothing", "hat", "boots"})
_VERBS = frozenset({"wear", "don", "have"})
_MOST_WORDS = 3
_BEFORE = frozenset("a an the his her their with in and of under over on wearing".split())
"""Words that describe no clothes, before those that do."""
_WITH = frozenset({"in", "with"})


def is_worn(reading: Reading, hit: Hit, *, told: bool) -> bool:
    """Whether somebody has clothes on: "with a stoop and a tweed cap", "MERCER, helmet, waits".

    What is done *with* somebody's own clothes is no wearing: "catches the door with his shoe".

    Args:
        reading: The sentence.
        hit: The clothes.
        told: What their neighbours say, for sentences without grammar.
    """
    if _is_introducing(reading, hit):
        return True
    parse = parse_english(reading.text)
    if not parse.tokens:
        return told
    noun = _first_of_list(parse, parse.at(reading.words[hit.last].start))
    token = parse.tokens[noun]
    above = parse.tokens[token.head]
    if token.dep == "pobj" and above.text.lower() in _WITH:
        tool = parse.tokens[above.head].pos == "VERB" and parse.child(noun, "poss") is not None
        return not (tool and above.text.lower() == "with")
    return told or (token.dep == "dobj" and above.lemma in _VERBS)


def own_word(reading: Reading, hit: Hit, noun: str) -> str:
    """The text's own word for clothes where it says more: a raincoat is more than a coat."""
    word = reading.word(hit.last)
    if _is_introducing(reading, hit):
        return _introduced(reading, hit)
    pair = f"{reading.word(hit.last - 1)} {word}"
    if kind_of(pair) in _CLOTHES:
        return pair  # a dressing gown
    return word if kind_of(word) in _CLOTHES or word == f"{noun}s" else noun


def is_of(reading: Reading, hit: Hit, people: Sequence[tuple[int, int]]) -> bool:
    """Whether an adjective says how somebody is built, rather than a house or a tree.

    Args:
        reading: The sentence.
        hit: The adjective.
        people: First and last word of everybody in it.
    """
    if _is_introducing(reading, hit):
        return True
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    token = parse.tokens[_first_of_list(parse, parse.at(reading.words[hit.last].start))]
    whom = token.head
    if token.dep == "acomp":
        subject = parse.child(whom, "nsubj")
        whom = whom if subject is None else subject
    start = parse.tokens[whom].start
    return any(
        reading.words[first].start <= start < reading.words[last].end for first, last in people
    )


def _first_of_list(parse: Parse, index: int) -> int:
    """The first of several that "and" joins, which says what all of them are to the others."""
    while parse.tokens[index].dep == "conj" and parse.tokens[index].head < index:
        index = parse.tokens[index].head
    return index


def _introduced(reading: Reading, hit: Hit) -> str:
    """Clothes of an introduction with what describes them: "cowboy hat", "an old suit"."""
    first = hit.first
    while first and hit.last - first < _MOST_WORDS:
        between = reading.text[reading.words[first - 1].end : reading.words[first].start]
        if not between.isspace() or reading.word(first - 1) in _BEFORE:
            break
        first -= 1
    return reading.span(first, hit.last).lower()


def _is_introducing(reading: Reading, hit: Hit) -> bool:
    found = introduction(reading.text)
    return found is not None and found.start <= reading.words[hit.first].start < found.end
