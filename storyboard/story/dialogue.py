"""Dialogue: what is spoken aloud, taken out of a paragraph.

Three habits are read: quotation marks of every kind, Russian and Kazakh speech after a dash, and
a name with a colon. A quotation that nobody speaks (a ship's name) stays where it is.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.story.lexicon import Lexicon

__all__ = ["MARK", "Spoken", "take_dialogue"]

MARK = "\ue000"
"""Stands in the narration where a quotation was."""

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_CLOSING = {opening: re.compile(f"[{marks}]") for opening, marks in _PAIRS.items()}
_SINGLE_OPENS = re.compile(r"(?<![^\s(—–])['‘](?=[^\W\d_])")
_SINGLE_CLOSES = re.compile(r"(?<=[,.!?…—–-])['’](?!\w)")
_DASH_LINE = re.compile(r"^[—–-]\s+")
_DASH_TURN = re.compile(r"(?<=[,.!?…])\s+[—–-]\s+")
_THEN_DASH = re.compile(r"(?<=[:.!?…])\s+[—–]\s+")
_STOPS = re.compile(r"[.!?…]")
_ENDS = (".", "!", "?", "…")
_CONTEXT = 80
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paragraph without its dialogue.

    Attributes:
        narration: The paragraph with a `MARK` in the place of each quotation.
        quotes: What was said, in order, one for each `MARK`.
    """

    narration: str
    quotes: tuple[str, ...]


def take_dialogue(paragraph: str, lexicon: Lexicon) -> Spoken:
    """Take what is spoken out of a paragraph; no word is lost.

    Args:
        paragraph: One line of text without `MARK`.
        lexicon: Knows the verbs of speech, which tell speech from titles.
    """
    if _DASH_LINE.match(paragraph):
        return _by_turns(_DASH_LINE.sub("", paragraph))
    dash = _THEN_DASH.search(paragraph)
    if dash and not any(mark in paragraph for mark in _PAIRS):
        after = _by_turns(paragraph[dash.end() :])
        return Spoken(f"{paragraph[: dash.start()]} {after.narration}", after.quotes)
    return _quoted(paragraph, lexicon)


def _by_turns(line: str) -> Spoken:
    """Speech after a dash: speech and remark take turns at each dash that follows punctuation."""
    narration: list[str] = []
    quotes: list[str] = []
    turns = [turn.strip() for turn in _DASH_TURN.split(line)]
    for index, words in enumerate(turns):
        if index % 2 == 0 and any(each.isalnum() for each in words):
            quotes.append(words)
            after = turns[index + 1] if index + 1 < len(turns) else ""
            narration.append(MARK + _stop(words, after))
        elif words:
            narration.append(words)
    return Spoken(" ".join(narration), tuple(quotes))


def _quoted(paragraph: str, lexicon: Lexicon) -> Spoken:
    pieces: list[str] = []
    quotes: list[str] = []
    position = 0
    spans = _quotations(paragraph)
    verbs = _speech_verbs(paragraph, lexicon) if spans else []
    for start, end in spans:
        inner = paragraph[start + 1 : end - 1] if end > start + 1 else ""
        if not _is_spoken(paragraph, start, end, inner, verbs):
            continue
        inside = _remarked(inner, lexicon)
        quotes += inside.quotes
        stop = _stop(inner, paragraph[end : end + _CONTEXT])
        pieces += [paragraph[position:start], inside.narration, stop]
        position = end
    pieces.append(paragraph[position:])
    return Spoken("".join(pieces), tuple(quotes))


def _remarked(inner: str, lexicon: Lexicon) -> Spoken:
    """A quotation, with the remark that Russian and Kazakh may set inside the marks."""
    turns = _DASH_TURN.split(inner)
    if len(turns) > 1 and lexicon.read(turns[1]).of("speech"):
        return _by_turns(inner)
    return Spoken(MARK, (inner.strip(),))


def _quotations(paragraph: str) -> list[tuple[int, int]]:
    """Spans of quotations, marks included; one that never closes runs to the paragraph's end."""
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(paragraph):
        closing = _CLOSING.get(paragraph[position])
        if closing is None:
            position += 1
            continue
        if end := closing.search(paragraph, position + 1):
            spans.append((position, end.end()))
            position = end.end()
        else:
            # An opening mark at the start of a long speech; anywhere else it is an inch sign.
            if not paragraph[:position].strip():
                spans.append((position, len(paragraph) + 1))
            break
    covered = [index for start, end in spans for index in (start, end)]
    # A single quotation inside a double one belongs to it.
    outside = [each for each in _singles(paragraph) if bisect.bisect(covered, each[0]) % 2 == 0]
    return sorted([*spans, *outside])


def _singles(paragraph: str) -> list[tuple[int, int]]:
    """Spans in single marks. An apostrophe may look like one that opens, and then none closes.

    Every mark is looked at once: an expression for the whole would look to the end from each.
    """
    ends = [each.start() for each in _SINGLE_CLOSES.finditer(paragraph)]
    spans: list[tuple[int, int]] = []
    position = 0
    for opening in _SINGLE_OPENS.finditer(paragraph):
        start = opening.start()
        closing = bisect.bisect_left(ends, start + 3)  # a letter and a stop stand between
        if start >= position and closing < len(ends):
            position = ends[closing] + 1
            spans.append((start, position))
    return spans


def _speech_verbs(paragraph: str, lexicon: Lexicon) -> list[int]:
    """Where verbs of speech begin; the paragraph is read once for all its quotations."""
    reading = lexicon.read(paragraph)
    return [reading.words[each.first].start for each in reading.of("speech")]


def _is_spoken(paragraph: str, start: int, end: int, inner: str, verbs: list[int]) -> bool:
    words = inner.split()
    if not any(each.isalnum() for each in inner):
        return False
    if inner.rstrip().endswith((*_ENDS, ",", "—", "–")) or len(words) > _TITLE_WORDS:
        return True
    before = paragraph[max(0, start - _CONTEXT) : start].rstrip()
    after = paragraph[end : end + _CONTEXT].lstrip()
    if before.endswith((":", ",")) or not (before or after) or after[:1] in ("—", "–"):
        return True
    # A verb of speech in the same sentence.
    first = start - len(_STOPS.split(paragraph[max(0, start - _CONTEXT) : start])[-1])
    last = end + len(_STOPS.split(paragraph[end : end + _CONTEXT])[0])
    nearest = bisect.bisect_left(verbs, end)
    behind = bisect.bisect_left(verbs, start) - 1
    return (nearest < len(verbs) and verbs[nearest] < last) or (
        behind >= 0 and verbs[behind] >= first
    )


def _stop(inner: str, after: str) -> str:
    """The full stop that a quotation carried off, where its sentence ends with it."""
    follower = after.lstrip()[:1]
    ends = inner.rstrip().endswith(_ENDS)
    return "." if ends and (not follower or follower.isupper() or follower in _PAIRS) else ""
