"""Parses of English sentences, as trees of their words."""

from __future__ import annotations

import bisect
import itertools
import threading
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.english import basic_form, documents, is_english, verb_of
from storyboard.story.grammar.introductions import introduction, without_describing
from storyboard.story.grammar.mending import has_subject, has_verb, mended
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.stress import unstressed
from storyboard.story.grammar.tree import Parse, Token
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["parse_ahead", "parse_english"]

_LONGEST = 700
"""Letters of a sentence that is parsed; the cutting of sentences leaves none that is longer."""

_CUT_OFF = "… "
_SUBJECTS = ("He ", "He is ")
_BEFORE_VERBS = frozenset({"then", "now", "again", "and", "also", "still", "never"})


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
        if not has_verb(found[each].tokens)
        if (quiet := unstressed(each, names=False)) != each
    }
    found |= _parsed(verbless)
    # "MERCER, 30s, helmet in his lap, studies a map": between a name and its verb is a description.
    introduced = {
        each: unstressed(quiet)
        for each in worth
        if (quiet := without_describing(each)) != each and not _is_introduced(found[each], each)
    }
    found |= _parsed(introduced)
    # "… points to the east" is the rest of a sentence: its subject stands in the other part.
    for lead in _SUBJECTS:
        headless = {
            each: unstressed(each)
            for each in worth
            if each.startswith(_CUT_OFF) and not has_subject(found[each].tokens)
            if _subject_of(each) == lead
        }
        found |= _parsed(headless, lead)
    if len(_memory.known) + len(found) > _MOST_KNOWN:
        _memory.known.clear()
    _memory.known.update(found)


def _is_introduced(parse: Parse, text: str) -> bool:
    """Whether the parser saw past a description: who is introduced acts, and is explained by it."""
    found = introduction(text)
    if found is None:
        return True
    verb, tokens = parse.at(found.end), parse.tokens
    subject = parse.child(verb, "nsubj")
    if tokens[verb].pos != "VERB" or subject is None or tokens[subject].start >= found.start:
        return False
    explaining = parse.child(subject, "appos")
    return explaining is not None and kind_of(tokens[explaining].lemma) in ("person", "perhaps")


def _parsed(quiet: Mapping[str, str], lead: str = "") -> dict[str, Parse]:
    """Parses of sentences, by the words that the parser is to see in the place of each.

    Args:
        quiet: The sentences.
        lead: Words that the parser sees in the place of the dots before each of them.
    """
    if not quiet:
        return {}
    seen = [lead + each[len(_CUT_OFF) :] if lead else each for each in quiet.values()]
    return {
        text: Parse(text, mended(_tokens(text, document, lead)))
        for text, document in zip(quiet, documents(seen), strict=True)
    }


def _tokens(text: str, document: Any, lead: str) -> tuple[Token, ...]:
    shift = len(lead) - len(_CUT_OFF) if lead else 0
    words = len(lead.split())
    kept = [each for each in document[words:] if not each.is_space]
    places = {each.i: number for number, each in enumerate(kept)}
    return tuple(
        Token(
            text=text[each.idx - shift : each.idx - shift + len(each.text)],
            lemma=basic_form(each),
            pos=each.pos_,
            tag=each.tag_,
            dep=each.dep_,
            head=places.get(each.head.i, 0),
            start=each.idx - shift,
            end=each.idx - shift + len(each.text),
        )
        for each in kept
    )


def _subject_of(text: str) -> str:
    """What stands for the subject of the rest of a sentence; empty where no verb begins it."""
    for word in text[len(_CUT_OFF) :].lower().split():
        if word.endswith("ly") or word in _BEFORE_VERBS:
            continue
        if not verb_of(word):
            return ""
        return "He is " if word.endswith("ing") else "He "
    return ""


class _Memory(threading.local):
    """Sentences that a thread has parsed: it asks for the same ones again and again."""

    def __init__(self) -> None:
        self.known: dict[str, Parse] = {}
        self.beyond: frozenset[str] = frozenset()


_MOST_KNOWN = 2 * bounds.STORY_PIECES
_memory = _Memory()


def _is_sentence(text: str) -> bool:
    return len(text) <= _LONGEST and is_english(text)
