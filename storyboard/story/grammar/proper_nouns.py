"""Proper nouns: which capitalised English words may be somebody's name, by grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.english import is_word
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english
from storyboard.story.lexicon import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.story.grammar.tree import Parse

__all__ = ["common_words", "is_introduced"]

_PLACES = frozenset({"compound", "amod", "nmod"})
_NOBODY = frozenset(
    {"earth", "moon", "sun", "lord", "god", "heaven", "hell", "internet", "tagline"}
)
_ARTICLES = frozenset({"a", "an", "the"})


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Capitalised words of a story's sentences that are nobody's name in any of them, folded.

    A name is a proper noun, has no article ("a rusty Beetle") and belongs to no place ("Baker
    Street"), or somebody is explained by it ("Pia, a small girl").
    """
    names: set[str] = set()
    others: set[str] = set()
    for text in texts:
        parse = parse_english(text)
        for index, token in enumerate(parse.tokens):
            shouted = len(token.text) > 1 and token.text == token.text.upper()
            if shouted and is_word(token.lemma.lower()):
                others.add(fold(token.text))
            elif token.text[:1].isupper() and not shouted:
                (names if _is_name(parse, index) else others).add(fold(token.text))
    return frozenset(others - names)


def is_introduced(text: str, start: int) -> bool:
    """Whether a script brings somebody in by capitals: "ODILE, in black, lifts a horse"."""
    parse = parse_english(text)
    if not parse.tokens:
        return False
    token = parse.tokens[parse.at(start)]
    named = token.pos not in ("VERB", "AUX") and not is_word(token.text.lower())
    return named and token.dep in ("nsubj", "ROOT")


def _is_name(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    if token.text.lower() in _NOBODY:
        return False
    explained = parse.child(index, "appos")
    if explained is not None and kind_of(parse.tokens[explained].lemma) == "person":
        return parse.child(index, "det", "poss") is None
    if token.pos != "PROPN":
        return index > 0 and token.pos not in ("NOUN", "VERB", "ADJ", "ADP")
    return not _in_place(parse, index) and not _has_article(parse, index)


def _in_place(parse: Parse, index: int) -> bool:
    last = index
    while last + 1 < len(parse.tokens) and parse.tokens[last + 1].text[:1].isupper():
        last += 1
    return (last > index and kind_of(parse.tokens[last].text.lower()) == "place") or (
        index > 0 and kind_of(parse.tokens[index].text.lower()) == "place"
    )


def _has_article(parse: Parse, index: int) -> bool:
    """Whether a name is one of many: "a rusty Beetle", "the Bentley"."""
    token = parse.tokens[index]
    head = token.head if token.dep in _PLACES else index
    return any(
        parse.tokens[each].text.lower() in _ARTICLES and parse.tokens[each].dep == "det"
        for each in parse.children(head)
    )
