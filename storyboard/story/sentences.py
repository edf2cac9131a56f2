"""Sentences: the text cut at its full stops, each with what is said in it."""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from storyboard.story.dialogue import MARK, take_dialogue
from storyboard.story.grammar.english_clauses import clause_cuts
from storyboard.story.grammar.parse import parse_english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.lexicon import Lexicon
    from storyboard.story.scripts.manuscript import Manuscript
    from storyboard.story.scripts.script import Script
from storyboard.story.sentence import Sentence

__all__ = ["clauses", "is_remark", "read_sentences"]


_PLAIN_END = re.compile(r"(?<=[.!?…])[\"”»)\]]*\s+(?=[^\W\d_a-zа-яё]|\ue000|[\"“«(—–])")


_INNER_END = re.compile(r"[.!?…][^.!?…]*[\w\ue000]")


_LONG = 3000
"""Letters beyond which a paragraph is cut before it meets the segmenter's slower patterns."""


_LONGEST_SENTENCE = 600


_MIN_CLAUSE_WORDS = 3


_MOST_CUTS = 16


_SPACE_BEFORE = re.compile(r"\s+([,.!?…;:])")


_DOUBLED = re.compile(r"[,;:]+\s*([,.!?…;:])")


_EDGE = " ,;:—–-"


# pysbd looks for "[1, 2-3]" with an expression that tries every way to part the digits: with 30 of
# them it would never end. Nothing like these is a sentence.
_STALLS = re.compile(r"\[[\d,\s-]{12,}|\d{40,}|[^\w\s]{40,}")


class _Processor(Protocol):
    """What is used of ``pysbd.processor.Processor``."""

    def process(self) -> list[str]: ...


class _Segmenter(Protocol):
    """What is used of ``pysbd.Segmenter``."""

    def processor(self, text: str) -> _Processor: ...


def read_sentences(manuscript: Manuscript, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """Cut the manuscript into sentences; every word and every quotation is in exactly one."""
    if manuscript.script is not None:
        sentences = _scripted(manuscript, manuscript.script, lexicon)
    else:
        sentences = _told(manuscript, lexicon)
    return tuple(replace(each, number=number) for number, each in enumerate(sentences))


def _told(manuscript: Manuscript, lexicon: Lexicon) -> list[Sentence]:
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(manuscript.paragraphs):
        spoken = take_dialogue(paragraph, lexicon)
        quotes = list(spoken.quotes)
        for text in _joined(_split(spoken.narration, lexicon.language), lexicon):
            count = text.count(MARK)
            said, quotes = tuple(quotes[:count]), quotes[count:]
            narration = _tidy(text.replace(MARK, " "))
            if said or any(each.isalnum() for each in narration):
                part = manuscript.parts[number]
                sentences.append(Sentence(narration, said, number, part))
    return sentences


def _scripted(manuscript: Manuscript, script: Script, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of a script, in which only what stands below a cue is spoken."""
    sentences: list[Sentence] = []
    told = zip(manuscript.paragraphs, script.cues, script.notes, strict=True)
    for number, (paragraph, cue, note) in enumerate(told):
        part = manuscript.parts[number]
        if cue is not None:
            sentences.append(Sentence("", (paragraph,), number, part, cue, note=note))
            continue
        texts = [_tidy(each) for each in _split(paragraph, lexicon.language)]
        texts = [each for each in texts if any(c.isalnum() for c in each)]
        sentences += [
            Sentence(each, (), number, part, note="" if place else note)
            for place, each in enumerate(texts)
        ]
    return sentences


def clauses(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Cut a sentence in two where a second action begins; None where it is all one action."""
    middle = len(text) / 2
    if lexicon.language == "en":
        return _english_clauses(text, middle)
    cuts: list[tuple[int, float, int, int]] = []
    for rank, joint in enumerate(lexicon.phrases["joints"]):
        for found in re.finditer(re.escape(joint), text):
            cuts.append((rank, abs(found.start() - middle), found.start(), found.end()))
    for _, _, start, end in sorted(cuts)[:_MOST_CUTS]:
        first, second = text[:start].strip(_EDGE), text[end:].strip(_EDGE)
        long_enough = min(len(first.split()), len(second.split())) >= _MIN_CLAUSE_WORDS
        if long_enough and all(
            lexicon.read(each).of("actions", "speech", "emotions") for each in (first, second)
        ):
            return f"{first} …", f"… {second}"
    return None


def _english_clauses(text: str, middle: float) -> tuple[str, str] | None:
    cuts = clause_cuts(parse_english(text))
    for end, start in sorted(cuts, key=lambda each: abs(each[0] - middle)):
        first, second = text[:end].strip(_EDGE), text[start:].strip(_EDGE)
        if min(len(first.split()), len(second.split())) >= _MIN_CLAUSE_WORDS:
            return f"{first} …", f"… {second}"
    return None


def _split(paragraph: str, language: str) -> list[str]:
    pieces = [paragraph]
    if len(paragraph) > _LONG:
        pieces = _PLAIN_END.split(paragraph)
    sentences = [sentence for piece in pieces for sentence in _segment(piece, language)]
    return [part for sentence in sentences for part in _bounded(sentence)]


def _bounded(sentence: str) -> list[str]:
    """Cut what is longer than any picture can hold: at a comma, else between words, else in one."""
    parts: list[str] = []
    while len(sentence) > _LONGEST_SENTENCE:
        half = _LONGEST_SENTENCE // 2
        cut = max(sentence.rfind(mark, half, _LONGEST_SENTENCE) for mark in (", ", "; ", ": "))
        if cut < 0:
            cut = sentence.rfind(" ", half, _LONGEST_SENTENCE)
        if cut < 0:
            cut = _LONGEST_SENTENCE - 1  # one endless word
        parts.append(sentence[: cut + 1].strip())
        sentence = sentence[cut + 1 :].strip()
    return [*parts, sentence]


@functools.lru_cache(maxsize=1024)  # many actions are cut first and planned then
def _segment(text: str, language: str) -> tuple[str, ...]:
    if not _INNER_END.search(text):
        return (text,)
    if len(text) <= _LONG and not _STALLS.search(text):
        found = _found(text, _segmenter(language).processor(text).process())
        # The segmenter is known to drop or repeat text around odd characters; then plain full
        # stops must do.
        if "".join("".join(found).split()) == "".join(text.split()):
            return tuple(each for each in found if each)
    return tuple(each.strip() for each in _PLAIN_END.split(text) if each.strip())


def _found(text: str, sentences: Sequence[str]) -> list[str]:
    """The sentences that are in a text, each behind the one before it.

    What ``pysbd.Segmenter`` itself does then, but it compiles an expression for each sentence,
    which takes as long as finding them.
    """
    found: list[str] = []
    last = 0
    for sentence in filter(None, sentences):
        start = text.find(sentence)
        while start >= 0:
            end = start + len(sentence)
            end += len(text) - end - len(text[end:].lstrip())
            if end > last:
                found.append(text[start:end].strip())
                last = end
                break
            start = text.find(sentence, end)
    return found


@functools.lru_cache(maxsize=3)
def _segmenter(language: str) -> _Segmenter:
    # Where it was installed without being compiled, its first import warns of escapes in its own
    # source: nothing that a user could mend.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # By name, because the library has no types of its own.
        pysbd = importlib.import_module("pysbd")
        segmenter: _Segmenter = pysbd.Segmenter(language=language, clean=False)
    return segmenter


def _joined(texts: list[str], lexicon: Lexicon) -> list[str]:
    """Put a quotation and the remark about it together: "Come!" Anna said."""
    joined: list[str] = []
    for text in texts:
        alone = bool(joined) and not joined[-1].replace(MARK, "").strip(" .,!?…—–-")
        if alone and MARK not in text and is_remark(text, lexicon):
            joined[-1] = f"{joined[-1].rstrip(' .')} {text}"
        elif alone and not text.replace(MARK, "").strip(" .,!?…—–-"):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    return joined


def is_remark(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence does little but say who speaks."""
    reading = lexicon.read(text)
    speech = reading.of("speech")
    return bool(speech) and len(reading.words) <= 6 and speech[0].first <= 3


def _tidy(text: str) -> str:
    """Close the gaps that quotations left."""
    text = _DOUBLED.sub(r"\1", _SPACE_BEFORE.sub(r"\1", " ".join(text.split())))
    text = text.strip().lstrip(_EDGE + ".").strip()
    text = text.rstrip(_EDGE)
    return text[:1].upper() + text[1:] if text else ""
