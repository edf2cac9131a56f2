"""Parses of English sentences, as trees of their words."""

from __future__ import annotations

import bisect
import itertools
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.english import basic_form, documents, is_english, verb_of
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.stress import unstressed
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Parse", "Token", "parse_ahead", "parse_english"]

_LONGEST = 700
"""Letters of a sentence that is parsed; the cutting of sentences leaves none that is longer."""


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


def parse_english(text: str) -> Parse:
    """Parse a sentence; texts that no sentence can be have no tokens."""
    known = _memory.known.get(text)
    if known is not None:
        return known
    if text not in _memory.beyond:
        _remember([text])
    return _memory.known.get(text, Parse(text, ()))


def parse_ahead(texts: Iterable[str]) -> None:
    """Parse the sentences of a story at once, which is several times quicker than one by one.

    Of more than `bounds.PARSED_WORDS` the last ones get no tokens, like what is no sentence.
    """
    sentences = list(dict.fromkeys(texts))
    lengths = itertools.accumulate(each.count(" ") + 1 for each in sentences)
    fitting = bisect.bisect_right(list(lengths), bounds.PARSED_WORDS)
    _memory.beyond = frozenset(sentences[fitting:])
    _remember([each for each in sentences[:fitting] if each not in _memory.known])


def _remember(texts: list[str]) -> None:
    """Parse sentences, none of which is known."""
    found: dict[str, Parse] = {each: Parse(each, ()) for each in texts}
    worth = [each for each in texts if _is_sentence(each)]
    found |= _parsed({each: unstressed(each) for each in worth})
    # "VERA KNOCKS" is no name after all where the sentence has no other verb.
    verbless = {
        each: quiet
        for each in worth
        if not _has_verb(found[each].tokens)
        if (quiet := unstressed(each, names=False)) != each
    }
    found |= _parsed(verbless)
    if len(_memory.known) + len(found) > _MOST_KNOWN:
        _memory.known.clear()
    _memory.known.update(found)


def _parsed(quiet: Mapping[str, str]) -> dict[str, Parse]:
    """Parses of sentences, by the words that the parser is to see in the place of each."""
    if not quiet:
        return {}
    return {
        text: Parse(text, _mended(_tokens(text, document)))
        for text, document in zip(quiet, documents(quiet.values()), strict=True)
    }


def _tokens(text: str, document: Any) -> tuple[Token, ...]:
    return tuple(
        Token(
            text=text[each.idx : each.idx + len(each.text)],
            lemma=basic_form(each),
            pos=each.pos_,
            tag=each.tag_,
            dep=each.dep_,
            head=each.head.i,
            start=each.idx,
            end=each.idx + len(each.text),
        )
        for each in document
    )


class _Memory(threading.local):
    """Sentences that a thread has parsed: it asks for the same ones again and again."""

    def __init__(self) -> None:
        self.known: dict[str, Parse] = {}
        self.beyond: frozenset[str] = frozenset()


_MOST_KNOWN = 2 * bounds.STORY_PIECES
_memory = _Memory()


def _mended(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Find the verb of "The snow melts" and "A bandit with a scar climbs up".

    The parser takes some verbs in -s for the plural of a compound. Where a sentence has no verb at
    all, such a plural is one, unless it is of people, animals or places.
    """
    if _has_verb(tokens):
        return tokens
    for index, plural in enumerate(tokens):
        acting = any(each.head == index and each.dep == "nsubj" for each in tokens)
        if plural.tag == "NNS" and acting:
            mended = replace(plural, pos="VERB", tag="VBZ", lemma=_verb(plural))
            return (*tokens[:index], mended, *tokens[index + 1 :])
    for index, plural in enumerate(tokens[1:], 1):
        noun = tokens[index - 1]
        compound = noun.head == index and noun.dep == "compound" and noun.tag in ("NN", "NNP")
        if plural.tag == "NNS" and compound and not kind_of(plural.lemma):
            return _with_verb(tokens, index)
    return tokens


def _has_verb(tokens: Iterable[Token]) -> bool:
    return any(each.pos in ("VERB", "AUX") for each in tokens)


def _with_verb(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with a verb where a plural was: what described it describes the noun before."""
    found = list(tokens)
    plural, noun = tokens[index], index - 1
    root = next(n for n, each in enumerate(tokens) if each.head == n and each.dep == "ROOT")
    found[index] = replace(
        plural, pos="VERB", tag="VBZ", dep="ROOT", head=index, lemma=_verb(plural)
    )
    if plural.dep in ("pobj", "appos") and root < index:
        found[noun] = replace(tokens[noun], dep=plural.dep, head=plural.head)
        found[root] = replace(tokens[root], dep="nsubj", head=index)
    else:
        found[noun] = replace(tokens[noun], dep="nsubj")
    for number, each in enumerate(tokens[:noun]):
        if each.head == index and each.dep in ("det", "amod", "compound", "poss", "nummod"):
            found[number] = replace(each, head=noun)
    return tuple(found)


def _verb(plural: Token) -> str:
    return verb_of(plural.text.lower()) or plural.lemma


def _is_sentence(text: str) -> bool:
    return len(text) <= _LONGEST and is_english(text)
