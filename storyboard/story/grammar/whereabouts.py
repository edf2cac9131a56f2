"""Whereabouts: which places of an English sentence the action is not in, by its grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.english_clauses import happening_around
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english
from storyboard.story.grammar.participles import participle
from storyboard.story.lexicon import canon

if TYPE_CHECKING:
    from storyboard.story.grammar.tree import Parse
    from storyboard.story.lexicon import Reading

__all__ = ["happens", "is_beside"]

_FAR = frozenset({"below", "beneath", "beyond", "behind", "ahead", "distance", "away"})
_EXPLAINING = frozenset({"to", "on", "at", "in", "of", "by", "near"})


def is_beside(reading: Reading, index: int) -> bool:
    """Whether a place is only looked at, spoken of, or explains another one.

    "The city glitters below", "as snow falls on the rooftops", "takes two steps", "the road to the
    school".
    """
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    number = parse.at(reading.words[index].start)
    token = parse.tokens[number]
    if token.dep == "nsubj":
        return _is_far(parse, token.head)
    if token.dep == "dobj":
        return participle(parse.tokens[token.head].lemma) not in canon().moving
    if token.dep != "pobj":
        return False
    above = parse.tokens[token.head]
    owner = parse.tokens[above.head]
    explains = owner.pos == "NOUN" and kind_of(owner.text.lower()) == "place"
    if explains and above.text.lower() in _EXPLAINING and above.head < number:
        return True
    return _verb_above(parse, number) in set(happening_around(parse))


def happens(reading: Reading, index: int) -> bool:
    """Whether a time or the weather comes rather than compares: "as night falls", "as rain drums".

    "As" before a verb of theirs joins two sentences.
    """
    parse = parse_english(reading.text)
    if not parse.tokens:
        return False
    token = parse.tokens[parse.at(reading.words[index].start)]
    verb = token.head if token.dep == "nsubj" else parse.at(reading.words[index].start)
    mark = parse.child(verb, "mark")
    return mark is not None and parse.tokens[mark].text.lower() in ("as", "while", "when")


def _is_far(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[each].lemma in _FAR for each in parse.subtree(verb) if each > verb)


def _verb_above(parse: Parse, number: int) -> int:
    while parse.tokens[number].pos not in ("VERB", "AUX") and parse.tokens[number].head != number:
        number = parse.tokens[number].head
    return number
