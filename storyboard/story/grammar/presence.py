"""Presence: whether somebody whom an English sentence names is there, as its grammar tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.english_clauses import is_past_perfect
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english
from storyboard.story.lexicon import canon

if TYPE_CHECKING:
    from storyboard.story.grammar.tree import Parse
    from storyboard.story.lexicon import Reading

__all__ = ["is_elsewhere", "is_of_several"]

_SEVERAL = frozenset(
    "both neither either none all each one two three four five six some many most half".split()
)
_SEEN_WITH = frozenset("eye hand face arm leg head hair body shoulder back lap neck gaze".split())
_SAYING = frozenset(
    "say tell think know hope believe remember promise explain ask wonder dream swear claim learn "
    "announce imagine guess suppose".split()
)
_THERE = frozenset({"nsubj", "nsubjpass"})


def is_elsewhere(reading: Reading, index: int) -> bool:
    """Whether somebody is only named: as an owner, as who is missing, or in what was before.

    "In his wife's old coat", "without her", "when the visitors had left, he comes".
    """
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    number = parse.at(reading.words[index].start)
    gone = (_only_owns, _is_missing, _was_before, _is_told)
    return any(each(parse, number) for each in gone)


def is_of_several(reading: Reading, index: int) -> bool:
    """Whether a pronoun says of whom some are meant: "both of them", "neither of us"."""
    return reading.word(index - 1) == "of" and reading.word(index - 2) in _SEVERAL


def _only_owns(parse: Parse, number: int) -> bool:
    token = parse.tokens[number]
    if token.dep != "poss" or token.tag == "PRP$":
        return False
    owned = parse.tokens[token.head]
    if owned.dep in _THERE or owned.lemma in canon().parts or owned.lemma in _SEEN_WITH:
        return kind_of(owned.lemma) == "place" and owned.dep not in _THERE
    # "Anna's coat" is on Anna; "a butcher's apron" only says what kind of apron it is.
    return token.pos != "PROPN" or kind_of(owned.lemma) == "place"


def _is_missing(parse: Parse, number: int) -> bool:
    for above in _above(parse, number):
        token = parse.tokens[above]
        if token.dep == "prep" and token.text.lower() == "without":
            return True
        if token.pos == "VERB" and token.tag != "VBG":
            return False
    return False


def _was_before(parse: Parse, number: int) -> bool:
    """Whether somebody is in a clause of what had happened, beside one of what happens."""
    verbs = [each for each in _above(parse, number) if parse.tokens[each].pos in ("VERB", "AUX")]
    if not verbs:
        return False
    own = verbs[0]
    while parse.tokens[own].dep == "conj" and not is_past_perfect(parse, own):
        if parse.tokens[own].head == own or parse.tokens[own].tag != "VBN":
            break
        own = parse.tokens[own].head
    if not is_past_perfect(parse, own):
        return False
    return any(
        token.pos in ("VERB", "AUX")
        and token.dep in ("ROOT", "conj")
        and token.tag in ("VBD", "VBZ", "VBP", "VB")
        for token in parse.tokens
    )


def _is_told(parse: Parse, number: int) -> bool:
    """Whether somebody is in what is said or thought: "told him that his daughter could spin"."""
    return any(
        parse.tokens[each].dep == "ccomp" and parse.tokens[parse.tokens[each].head].lemma in _SAYING
        for each in _above(parse, number)
    )


def _above(parse: Parse, number: int) -> list[int]:
    found: list[int] = []
    while parse.tokens[number].head != number and len(found) < len(parse.tokens):
        number = parse.tokens[number].head
        found.append(number)
    return found
