"""Proper names: which capitalised words of a story are somebody's or something's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.story.grammar.acting import is_acting
from storyboard.story.grammar.coreference import acts
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.proper_nouns import common_words, is_introduced
from storyboard.story.grammar.russian import acting_russian, common_russian
from storyboard.story.lexicon import fold, words_of
from storyboard.story.naming import Name, linked, may_own

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from storyboard.story.lexicon import Lexicon, Reading

__all__ = ["Names", "find_names"]

_MOST_WORDS = 3
_LONGEST = 24
_LONGEST_WHOLE = 6
_MOST_NAMES = 300
"""No ten pages have more; comparing each with each would take its time."""
_SURE, _DOING, _LIKELY, _FAINT, _SITUATED = 9, 3, 2, 1, -1
_ENOUGH = 2
_VOWELS = "аеиоуыэюяьй"
_PAST_RUSSIAN = ("л", "ла", "ли", "лся", "лась", "лись", "ет", "ит", "ется", "ится")


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a story.

    Attributes:
        people: For each sentence, the occurrences of people's names.
        things: For each sentence, the occurrences of names of animals and things; ``name`` is
            the canonical noun, such as "dog".
        animals: What those are who have a name and act as people do, by name: "cat".
    """

    people: tuple[tuple[Name, ...], ...]
    things: tuple[tuple[Name, ...], ...]
    animals: Mapping[str, str]


def find_names(
    readings: Sequence[Reading],
    lexicon: Lexicon,
    given: Iterable[str],
    cued: Sequence[str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Names:
    """Find the names in the sentences of a story.

    Args:
        readings: The sentences.
        lexicon: Of the story's language.
        given: Names that the user gave; they are names wherever they stand.
        cued: Names that a script tells, which are names where they are capitalised; None for
            prose. In a script a word in capital letters is stressed, and no name by that.
        aliases: Longer names by which a script introduces those whom it cues by a shorter one.
    """
    # 1. Capitalised words, and what speaks for each being a name.
    known = _by_part({each: _known_parts(each) for each in given})
    told_parts = _by_part({each: _cued_parts(each, lexicon) for each in cued or ()})
    told_parts |= {fold(longer): name for longer, name in (aliases or {}).items()}
    cues = {part: name for part, name in told_parts.items() if part not in known}
    known |= cues
    whole = {tuple(each.folded for each in words_of(name)): name for name in known if " " in name}
    lower = {word.folded for each in readings for word in each.words if word.text[0].islower()}
    if lexicon.language == "en":
        lower |= common_words(each.text for each in readings)
    elif lexicon.language == "ru":
        acting = acting_russian(readings, lexicon.names)
        lower |= {
            each
            for each in common_russian(readings)
            if not any(_same_name(name, each, lexicon) for name in acting)
        }
    lower -= set(cues)
    # In a script BANG is no name, but the OLD of OLD TOM is part of one.
    stressed = None if cued is None else {word.folded for each in cued for word in words_of(each)}
    candidates = [
        [
            (name, score)
            for name, score in _candidates(each, lexicon, lower, known, whole, stressed)
            if _may_be_cued(each, name, lexicon, None if cued is None else cues)
        ]
        for each in readings
    ]
    scores: Counter[str] = Counter()
    for group in candidates:
        for name, score in group:
            scores[name.name] += score

    # 2. Forms of one name become one name.
    canonical = _canonical_forms(scores, lexicon, known)
    totals: Counter[str] = Counter()
    for form, basic in canonical.items():
        totals[basic] += scores[form]

    # 3. A name that belongs to a dog or a ship is no person's.
    told = set(cues.values())
    accepted = [
        [
            Name(canonical[name.name], name.first, name.last)
            for name, _ in group
            if totals[canonical.get(name.name, "")] >= _ENOUGH or canonical.get(name.name) in told
        ]
        for group in candidates
    ]
    owners: dict[str, str] = {}
    for reading, people in zip(readings, accepted, strict=True):
        for found in people:
            if found.name in told or fold(found.name) in known:
                continue  # whom a script cues, or the user gave, is somebody
            for hit in reading.of("props"):
                if may_own(reading, lexicon, found, hit) and linked(reading, lexicon, found, hit):
                    owners.setdefault(found.name, hit.value)
    animals = dict(_busy_animals(readings, accepted, owners, lexicon))
    owners = {name: thing for name, thing in owners.items() if name not in animals}
    return Names(
        animals=animals,
        people=tuple(tuple(n for n in group if n.name not in owners) for group in accepted),
        things=tuple(
            tuple(Name(owners[n.name], n.first, n.last) for n in group if n.name in owners)
            for group in accepted
        ),
    )


def _busy_animals(
    readings: Sequence[Reading],
    accepted: Sequence[Sequence[Name]],
    owners: Mapping[str, str],
    lexicon: Lexicon,
) -> Iterator[tuple[str, str]]:
    """Animals with names that act more than once: a story is about them, and they need looks."""
    busy = Counter(
        name.name
        for reading, people in zip(readings, accepted, strict=True)
        for name in people
        if name.name in owners and is_acting(reading, name.last, name.name, lexicon.language)
    )
    for name, count in busy.items():
        if count > 1 and kind_of(owners[name]) == "animal":
            yield name, owners[name]


def _by_part(parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Whom each part of a name means; where TOM and TOM GRAY are two, Tom is the first."""
    exact = {fold(name): name for name, each in parts.items() if each}
    return {fold(part): name for name, each in parts.items() for part in each} | exact


def _known_parts(name: str) -> list[str]:
    words = [each.text for each in words_of(name)]
    return [name, *words] if len(words) > 1 else words or [name]


def _cued_parts(name: str, lexicon: Lexicon) -> list[str]:
    """Of "Old Tom" the whole and "Tom": the words that mean nothing else."""
    reading = lexicon.read(name)
    plain = {index for each in reading.hits for index in range(each.first, each.last + 1)}
    parts = [
        each.text
        for index, each in enumerate(reading.words)
        if index not in plain and each.folded not in lexicon.lists["function"]
    ]
    if not parts and not reading.of("persons"):
        # A BEAR that speaks is somebody; a GUARD is found by the noun.
        parts = [
            each.text for each in reading.words if each.folded not in lexicon.lists["function"]
        ]
    return [name, *parts] if parts else []


def _may_be_cued(
    reading: Reading, name: Name, lexicon: Lexicon, cues: dict[str, str] | None
) -> bool:
    """Whether a script lets a word be a name; prose (None) does not say."""
    if cues is None:
        return True
    words = reading.words[name.first : name.last + 1]
    known = any(each.folded in cues for each in words) or fold(name.name) in cues
    if all(each.text == each.text.upper() and len(each.text) > 1 for each in words):
        given = bool(_given_name(words[0].folded, lexicon))
        return known or given or _is_introduced(reading, name.first, lexicon)
    return any(each.text[0].isupper() for each in words) or not known


def _candidates(
    reading: Reading,
    lexicon: Lexicon,
    lower: set[str],
    known: dict[str, str],
    whole: Container[tuple[str, ...]],
    stressed: set[str] | None,
) -> Iterator[tuple[Name, int]]:
    index = 0
    shouting = sum(each.text.isupper() for each in reading.words) > len(reading.words) / 2
    while index < len(reading.words):
        last = _end_of_whole(reading, index, whole)
        if last == index and not _may_be_name(reading, index, lexicon, lower, known, stressed):
            index += 1
            continue
        is_whole = last > index
        while (
            not is_whole
            and last + 1 < len(reading.words)
            and last - index + 1 < _MOST_WORDS
            and reading.text[reading.words[last].end : reading.words[last + 1].start] == " "
            and _may_be_name(reading, last + 1, lexicon, lower, known, stressed)
        ):
            last += 1
        text = reading.span(index, last)
        name = Name(text.title() if text.isupper() else text, index, last)
        yield name, _evidence(reading, name, lexicon, known, shouting=shouting)
        index = last + 1


def _end_of_whole(reading: Reading, index: int, whole: Container[tuple[str, ...]]) -> int:
    """The last word of a known name of several that begins here: OLD TOM is not TOM."""
    words = reading.words[index : index + _LONGEST_WHOLE]
    count = next((n for n, each in enumerate(words) if not each.text[0].isupper()), len(words))
    ends = range(count, 1, -1)
    found = (n for n in ends if tuple(each.folded for each in words[:n]) in whole)
    return index + next(found, 1) - 1


def _may_be_name(
    reading: Reading,
    index: int,
    lexicon: Lexicon,
    lower: set[str],
    known: dict[str, str],
    stressed: set[str] | None,
) -> bool:
    word = reading.words[index]
    shouted = len(word.text) > 1 and word.text == word.text.upper()
    if stressed is not None and shouted and word.folded not in stressed:
        return bool(_given_name(word.folded, lexicon)) or _is_introduced(reading, index, lexicon)
    if word.folded in known:
        return True
    plain = {word.folded, word.folded.removesuffix("s")}  # "hates Saturdays"
    if not word.text[0].isupper() or len(word.text) < 2 or plain & lexicon.lists["function"]:
        return False
    if word.folded in lower:
        return False
    if _given_name(word.folded, lexicon):
        return True
    covering = [each for each in reading.hits if each.first <= index <= each.last]
    if any(each.kind in ("persons", "times") for each in covering):
        return False
    return index > 0 or not covering


def _is_introduced(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    return lexicon.language == "en" and is_introduced(reading.text, reading.words[index].start)


def _evidence(
    reading: Reading, name: Name, lexicon: Lexicon, known: dict[str, str], *, shouting: bool
) -> int:
    folded = fold(name.name)
    if folded in known or _given_name(reading.word(name.first), lexicon):
        return _SURE
    if shouting:
        return 0
    subject = _is_subject(reading, name, lexicon)
    if name.first == 0:
        return _DOING if subject else _FAINT
    if subject:
        return _DOING
    return _SITUATED if reading.word(name.first - 1) in lexicon.lists["located"] else _LIKELY


def _is_subject(reading: Reading, name: Name, lexicon: Lexicon) -> bool:
    """Whether a verb, or what may be one, stands next to the name."""
    following = reading.word(name.last + 1)
    doing = {
        index
        for each in reading.of("actions", "speech", "emotions")
        for index in range(each.first, each.last + 1)
    }
    if name.last + 1 in doing:
        return True
    if name.first > 0 and name.first - 1 in doing:
        # "said Anna", and not "loves Paris".
        return lexicon.language != "en" or acts(reading, name.last)
    if lexicon.language == "en":
        return acts(reading, name.last)
    if lexicon.language == "ru":
        return following.endswith(_PAST_RUSSIAN) and following not in lexicon.lists["function"]
    # A Kazakh sentence ends with its verb; a bare name before a dative is its subject.
    return False


def _given_name(word: str, lexicon: Lexicon) -> str:
    """The common given name of which a word is a form, or ""."""
    if word in lexicon.names:
        return word
    if lexicon.language == "en":
        return ""
    for length in range(min(len(word), _LONGEST), 1, -1):
        head = word[:length]
        if lexicon.language == "kk":
            if head in lexicon.names and lexicon.declined(head, word):
                return head
            continue
        for ending in ("а", "я", "й", "ь", ""):
            name = head + ending
            # A bare stem is the name itself only where the name has no ending to lose.
            if name in lexicon.names and (word != head or not ending):
                return name if lexicon.declined(head, word) else ""
    return ""


def _canonical_forms(
    scores: Counter[str], lexicon: Lexicon, known: dict[str, str]
) -> dict[str, str]:
    canonical: dict[str, str] = {}
    # The full name first, then the best supported form, the shorter, the alphabet.
    best = sorted(scores, key=lambda each: (-scores[each], each))[:_MOST_NAMES]
    for form in sorted(best, key=lambda each: (-each.count(" "), -scores[each], len(each), each)):
        folded = fold(form)
        given = _given_name(folded, lexicon)
        match = known.get(folded) or next(
            (
                each
                for each in dict.fromkeys([*known.values(), *canonical.values()])
                if _same_name(fold(each), folded, lexicon)
            ),
            "",
        )
        canonical[form] = match or (_cased(given, form) if given else form)
    return canonical


def _cased(name: str, form: str) -> str:
    """A given name in its basic form, with the text's own letter ё where it has one."""
    if "ё" not in form:
        return name.title()
    return form if fold(form) == name else name.title()


def _same_name(name: str, form: str, lexicon: Lexicon) -> bool:
    if name == form:
        return True
    # "Ahab" is "Captain Ahab"; "Anna" is "Anna Karenina".
    if " " in name or " " in form:
        return bool(set(name.split()) & set(form.split()))
    if lexicon.language == "en":
        return False
    stem = name.rstrip(_VOWELS) if lexicon.language == "ru" else name
    if len(stem) < 2:
        return False
    return lexicon.declined(stem, form) and (form != stem or name == stem)
