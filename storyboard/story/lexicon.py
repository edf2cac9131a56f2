"""The lexicon of a language: which of the story's words mean which canonical English word.

The words live in ``lexicon/<language>.yaml`` beside this file; the notation is explained there.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Canon", "Hit", "Lexicon", "Reading", "Word", "canon", "fold", "lexicon", "words_of"]

_WORD = re.compile(r"['’][sS]\b|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*")
_PLAIN_KINDS = (
    *("places", "times", "sizes", "angles", "moves", "actions", "emotions", "details"),
    *("props", "persons", "qualities", "speech", "traits"),
)
_WORD_LISTS = (
    *("function", "articles", "weak", "absent", "negation", "wear", "naming", "located"),
    *("towards", "own_places"),
    *("another", "auxiliary", "to_somebody", "opening", "joints"),
)
# A thing inside a person's name or a room's is no thing of its own ("lighthouse keeper").
_YIELDS = {
    "props": ("persons", "places"),
    "places": ("persons", "times"),
    "times": ("persons",),
    "details": ("looks",),
    "actions": ("persons", "times", "looks", "sizes", "angles", "moves"),
    "persons": ("props",),
}
_LONGEST_STEM = 32
_KAZAKH_NOT = re.compile("[мбп][ае](?!к|н)")
"""The negation between the stem of a Kazakh verb and its ending: "ашпады", "тоқтамады"."""
_NOUNS = frozenset({"places", "props", "times"})

# libyaml is ten times faster; PyYAML has it wherever a wheel exists. The base loader reads every
# word as text: "no" and "on" are words here.
_Loader: type[yaml.CBaseLoader | yaml.BaseLoader] = (
    yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; ``start`` and ``end`` count characters."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that the lexicon knows.

    Attributes:
        kind: What they are: "places", "props", "actions" and so on.
        value: The canonical English word.
        lemma: The words under which the lexicon lists them, for names.
        first: Index of the first word.
        last: Index of the last word.
        weight: Letters that matched; the longer match is the better one.
    """

    kind: str
    value: str
    lemma: str
    first: int
    last: int
    weight: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its words, and what the lexicon knows of them, in reading order.

    Attributes:
        text: As it is.
        words: Without punctuation.
        hits: What is known of the words.
        subject: The noun that acts or is shown, in its basic form, where the grammar tells it.
    """

    text: str
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    subject: str = ""

    def of(self, *kinds: str) -> tuple[Hit, ...]:
        """The hits of some kinds."""
        return tuple(each for each in self.hits if each.kind in kinds)

    def word(self, index: int) -> str:
        """The folded word at an index; empty outside the text."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def span(self, first: int, last: int) -> str:
        """The text from one word to another."""
        return self.text[self.words[first].start : self.words[last].end]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    value: str
    lemma: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Attributes:
        language: "en", "ru" or "kk".
        lists: Word lists by name, folded.
        pronouns: Pronoun to "male", "female", "any", "plural" or "narrator".
        names: Given name to "female" or "male".
        breaks: Openings that begin a new scene.
    """

    language: str
    lists: dict[str, frozenset[str]]
    phrases: dict[str, tuple[str, ...]]
    pronouns: dict[str, str]
    names: dict[str, str]
    breaks: tuple[str, ...]
    _nominal: re.Pattern[str] = field(repr=False)
    _verbal: re.Pattern[str] = field(repr=False)
    _index: dict[str, tuple[_Entry, ...]] = field(repr=False)

    def read(self, text: str) -> Reading:
        """Find what the lexicon knows in a text.

        Within a kind the longest match wins; a match inside a longer false friend, or inside a
        person or a room where it is only part of the name, is dropped.
        """
        words = words_of(text)
        best: dict[tuple[str, int], Hit] = {}
        for start in range(len(words)):
            for hit in self._matches(words, start):
                known = best.get((hit.kind, start))
                if known is None or (hit.last, hit.weight) > (known.last, known.weight):
                    best[hit.kind, start] = hit
        hits = _without_overlaps(best.values(), words)
        ends = {each.last: each for each in hits if each.kind in _NOUNS}
        starts = {each.first: each for each in hits if each.kind == "times"}
        busy = [
            each
            for each in hits
            if not self._idle(words, each)
            and not (each.kind == "actions" and self._impersonal(words, each, ends, starts))
        ]
        return Reading(text, words, tuple(busy))

    def declined(self, stem: str, word: str) -> bool:
        """Whether a word is a declined form of a stem."""
        return word.startswith(stem) and self._nominal.fullmatch(word[len(stem) :]) is not None

    def _matches(self, words: tuple[Word, ...], start: int) -> Iterator[Hit]:
        for entry in _begun_by(self.language, words[start].folded):
            last = start + len(entry.terms) - 1
            if last >= len(words):
                continue
            for offset in range(1, len(entry.terms)):
                if not self._fits(*entry.terms[offset], words[start + offset].folded):
                    break
            else:
                weight = sum(len(stem) for stem, _ in entry.terms)
                yield Hit(entry.kind, entry.value, entry.lemma, start, last, weight)

    def _entries_for(self, word: str) -> tuple[_Entry, ...]:
        """The entries whose first term a folded word is, the longest stem first."""
        return tuple(
            entry
            for length in range(min(len(word), _LONGEST_STEM), 0, -1)
            for entry in self._index.get(word[:length], ())
            if self._fits(*entry.terms[0], word)
        )

    def _fits(self, stem: str, mark: str, word: str) -> bool:
        if not word.startswith(stem):
            return False
        tail = word[len(stem) :]
        if mark == "*":
            return self._nominal.fullmatch(tail) is not None
        if mark == "~":
            return self._verbal.fullmatch(tail) is not None
        return not tail

    def _impersonal(
        self, words: tuple[Word, ...], hit: Hit, ends: dict[int, Hit], starts: dict[int, Hit]
    ) -> bool:
        """Whether no one does it: "the rain comes", "the letter lay there", "шёл дождь"."""
        subject, follower = ends.get(hit.first - 1), starts.get(hit.last + 1)
        if self.language == "ru" and follower and follower.value in canon().weather:
            return True
        if subject is None or subject.value in canon().animals:
            return False
        # Elsewhere than in English only the bare form can be a subject.
        bare = words[hit.first - 1].folded == fold(subject.lemma)
        return self.language == "en" or (bare and subject.kind == "times")

    def _idle(self, words: tuple[Word, ...], hit: Hit) -> bool:
        """Whether the words only look like it: "a walk" is no verb, "no boat" is no boat."""
        before = words[hit.first - 1].folded if hit.first else ""
        if hit.kind == "actions":
            # A Kazakh verb after a converb only says how it ended: "қорқып кетті".
            if self.language == "kk" and _KAZAKH_NOT.match(words[hit.last].folded, hit.weight):
                return True
            helps = words[hit.first].folded in self.lists["auxiliary"] and before.endswith("п")
            return helps or before in self.lists["articles"]
        if hit.kind == "props":
            early = words[hit.first - 2].folded if hit.first > 1 else ""
            return bool({before, early} & self.lists["negation"])
        return False


@dataclass(frozen=True, slots=True)
class Canon:
    """Facts about the canonical English words; see ``lexicon/canon.yaml``."""

    moving: frozenset[str]
    seeing: frozenset[str]
    small: frozenset[str]
    uncountable: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    animals: frozenset[str]
    generic: frozenset[str]
    weather: frozenset[str]
    indoors: frozenset[str]
    outdoors: frozenset[str]
    parts: frozenset[str]
    large: frozenset[str]

    def article(self, noun: str) -> str:
        """A noun with its indefinite article."""
        if noun in self.uncountable:
            return noun
        return ("an " if noun[:1] in "aeiou" else "a ") + noun


@functools.lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as the lexicon compares it: lower case, ё as е, a straight apostrophe."""
    return word.casefold().replace("ё", "е").replace("’", "'")


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; a possessive "'s" is a word of its own."""
    return tuple(
        Word(each.group(), fold(each.group()), each.start(), each.end())
        for each in _WORD.finditer(text)
    )


@functools.lru_cache(maxsize=1)
def canon() -> Canon:
    """The facts about canonical words, read once."""
    data = _data("canon")
    sets = {name: frozenset(value) for name, value in data.items() if isinstance(value, list)}
    return Canon(**sets)


@functools.lru_cache(maxsize=3)
def lexicon(language: str) -> Lexicon:
    """The lexicon of "en", "ru" or "kk", read once."""
    data = _data(language)
    index: dict[str, list[_Entry]] = {}
    for entry in _entries(data):
        index.setdefault(entry.terms[0][0], []).append(entry)
    return Lexicon(
        language=language,
        lists={name: frozenset(map(fold, data[name])) for name in _WORD_LISTS},
        # Longest first: "and then" before "and".
        phrases={name: tuple(data[name]) for name in ("joints", "opening")},
        pronouns={fold(word): kind for kind, all_ in data["pronouns"].items() for word in all_},
        names={fold(word): kind for kind, all_ in data["names"].items() for word in all_},
        breaks=tuple(fold(each) for each in data["breaks"]),
        _nominal=re.compile(data["endings"]["nominal"]),
        _verbal=re.compile(data["endings"]["verbal"]),
        _index={stem: tuple(entries) for stem, entries in index.items()},
    )


# Most words of a story come again and again, and most are in no entry.
@functools.lru_cache(maxsize=20_000)
def _begun_by(language: str, word: str) -> tuple[_Entry, ...]:
    return lexicon(language)._entries_for(word)


def _data(name: str) -> dict[str, Any]:
    file = importlib.resources.files("storyboard.story") / "lexicon" / f"{name}.yaml"
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    return data


def _entries(data: dict[str, Any]) -> Iterator[_Entry]:
    groups = [(kind, value, items) for kind in _PLAIN_KINDS for value, items in data[kind].items()]
    groups += [
        ("looks", f"{trait}={noun}", items)
        for trait, nouns in data["looks"].items()
        for noun, items in nouns.items()
    ]
    groups.append(("false friends", "", data["false_friends"]))
    for kind, value, items in groups:
        lemma = ""
        for item in items:
            terms = tuple((fold(term).rstrip("*~"), term[-1]) for term in item.split())
            plain = not item.endswith(("*", "~"))
            lemma = item if plain or not lemma else lemma
            # A hyphen, too, separates words.
            split = tuple(
                (part, mark if n == len(parts) - 1 else "")
                for stem, mark in terms
                for parts in [stem.split("-")]
                for n, part in enumerate(parts)
            )
            yield _Entry(kind, value, lemma.rstrip("*~"), split)


def _without_overlaps(found: Iterable[Hit], words: Sequence[Word]) -> list[Hit]:
    """Drop the shorter of two overlapping hits of a kind, and hits that are part of a name."""
    kept: list[Hit] = []
    taken: dict[tuple[str, int], Hit] = {}
    for hit in sorted(found, key=lambda each: (each.first - each.last, -each.weight, each.first)):
        places = [(hit.kind, index) for index in range(hit.first, hit.last + 1)]
        if not any(place in taken for place in places):
            kept.append(hit)
            taken.update(dict.fromkeys(places, hit))
    return [
        hit
        for hit in sorted(kept, key=lambda each: (each.first, each.last, each.kind))
        if hit.kind != "false friends" and not _yields(hit, taken, words)
    ]


def _yields(hit: Hit, taken: dict[tuple[str, int], Hit], words: Sequence[Word]) -> bool:
    for index in range(hit.first, hit.last + 1):
        friend = taken.get(("false friends", index))
        if friend and friend.weight >= hit.weight:
            return True
        for kind in _YIELDS.get(hit.kind, ()):
            other = taken.get((kind, index))
            if other and (other.last - other.first, other.weight) > (
                hit.last - hit.first,
                hit.weight,
            ):
                return True
    # "the village girl" is a girl, not a village; "at midnight, the girl" has both.
    follower = taken.get(("persons", hit.last + 1))
    if hit.kind not in _NOUNS or follower is None or not _compound(hit):
        return False
    return words[hit.last + 1].start - words[hit.last].end == 1


def _compound(hit: Hit) -> bool:
    # Only English lets a bare noun describe the next one; its letters are the sign.
    return hit.lemma.isascii()
