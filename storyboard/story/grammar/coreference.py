"""Coreference in English, as far as the grammar of one sentence tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.story.grammar.tree import Token
    from storyboard.story.lexicon import Hit, Reading

__all__ = ["acts", "explained", "is_kin", "is_owner", "is_undergoing", "means_things"]

_CROWDS = frozenset({"child", "kid", "people", "villager", "soldier", "person", "crowd"})


def acts(reading: Reading, index: int) -> bool:
    """Whether a word is the subject of a verb."""
    token = _token(reading, index)
    return token is not None and token.dep == "nsubj"


def is_owner(reading: Reading, index: int) -> bool:
    """Whether a word only says whose something is: the "his" of "Cole lights his pipe"."""
    token = _token(reading, index)
    return token is not None and token.tag == "PRP$"


def is_undergoing(reading: Reading, index: int) -> bool:
    """Whether a pronoun is somebody else than who acts: the "her" of "Anna sits opposite her"."""
    token = _token(reading, index)
    return token is not None and token.tag == "PRP" and token.dep != "nsubj"


def means_things(reading: Reading, index: int, before: Reading) -> bool:
    """Whether "they" or "them" means several that the sentence before told of last, and no people.

    "Marcus closed his eyes. When he opened them": what is acted on; "Soldiers come. They dig": who
    acts, or of whom a place is full.
    """
    token = _token(reading, index)
    if token is None or token.tag != "PRP":
        return False
    parse = parse_english(before.text)
    roles = ("nsubj", "pobj") if token.dep == "nsubj" else ("dobj", "nsubj")
    found = [
        each for each in parse.tokens if each.dep in (*roles, "nsubj") and each.tag.startswith("N")
    ]
    several = [each for each in found if each.tag == "NNS" and each.dep in roles]
    if token.dep != "nsubj":
        return bool(several) and kind_of(several[-1].lemma) != "person"
    crowd = [each for each in several if each.lemma in _CROWDS]
    return bool(crowd) and crowd[-1] is (several or found)[-1]


def is_kin(reading: Reading, index: int) -> bool:
    """Whether a word only says whose somebody else is: "his brother opens", "Anna's father"."""
    token = _token(reading, index)
    if token is None or token.dep != "poss":
        return False
    head = parse_english(reading.text).tokens[token.head]
    return kind_of(head.lemma) in ("person", "perhaps")


def explained(reading: Reading, nouns: Iterable[Hit]) -> dict[int, int]:
    """Nouns that explain what stands before them, "Sandra, a truck driver": word to word."""
    parse = parse_english(reading.text)
    if not parse.tokens:
        return {}
    words = {parse.at(word.start): index for index, word in enumerate(reading.words)}
    found: dict[int, int] = {}
    for hit in nouns:
        number = parse.at(reading.words[hit.last].start)
        token = parse.tokens[number]
        if token.dep != "appos":
            continue
        # In "Vera and Anna, a nurse" the nurse is the nearer of them.
        joined = (n for n in parse.children(token.head) if parse.tokens[n].dep == "conj")
        whom = words.get(max([token.head, *(n for n in joined if n < number)]))
        if whom is not None and whom < hit.first:
            found[hit.last] = whom
    return found


def _token(reading: Reading, index: int) -> Token | None:
    parse = parse_english(reading.text)
    return parse.tokens[parse.at(reading.words[index].start)] if parse.tokens else None
