"""Russian words by their forms: who is alive, who acts, what is denied. By pymorphy3's dictionary.

Cases tell who does what to whom where English needs a parse, and the dictionary tells the living
from things, so no list has to name every trade.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.russian_forms import (
    english_noun,
    english_place,
    english_verb,
    form_of,
    nominative,
)
from storyboard.story.lexicon import Hit, canon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from storyboard.story.grammar.russian_forms import Form
    from storyboard.story.lexicon import Reading

__all__ = [
    "acting_russian",
    "common_russian",
    "explained_russian",
    "is_denied",
    "is_only_meant",
    "russian_understood",
]

_HAPPENING = frozenset({"actions", "emotions", "speech"})
_NOT = frozenset({"не", "ни", "без", "нет"})
_NO_MORE = frozenset({"перестать", "переставать", "прекратить", "прекращать"})
_MEANT = frozenset({"чтобы", "чтоб", "будто", "словно", "если"})
_WORN = {"clothing": "clothing", "hat": "hat", "boots": "boots"}
_VERBAL = frozenset({"VERB", "INFN", "GRND"})
_BODILESS = frozenset("голос человек существо дух лицо образ герой звезда душа кукла".split())


def acting_russian(readings: Iterable[Reading], names: Collection[str]) -> frozenset[str]:
    """Capitalised words that act beside a verb and are names, though they mean something, folded.

    "Вера ждёт" is Vera and not faith; "мира" is no subject, so in "Мира бежит" it is a name.

    Args:
        readings: The sentences of a story.
        names: Common given names, folded.
    """
    return frozenset(
        word.folded
        for reading in readings
        for index, word in enumerate(reading.words)
        if word.text[:1].isupper() and _acts_by_name(reading, index, names)
    )


def _acts_by_name(reading: Reading, index: int, names: Collection[str]) -> bool:
    word = reading.words[index].folded
    form = form_of(word)
    feminine = word.endswith(("а", "я"))
    subject = form.case == "nomn"
    # "Роза упала" may be the flower, but "Света ждёт" is not the light, which would be "свет".
    kinds = ("props", "times") if subject else ("times",)
    known = any(each.first <= index <= each.last for each in reading.of(*kinds))
    if form.kind != "NOUN" or form.plural or known or not (word in names if subject else feminine):
        return False
    return any(_agrees(reading.word(index + step), feminine=feminine) for step in (1, -1))


def _agrees(verb: str, *, feminine: bool) -> bool:
    """Whether a verb is what one person does or did, of whom a name in -а says that she is one."""
    form = form_of(verb)
    if form.kind != "VERB" or form.plural:
        return False
    return form.gender != "male" if feminine else True


def common_russian(readings: Iterable[Reading]) -> frozenset[str]:
    """Capitalised words of a story that the dictionary knows for no name, folded."""
    found: set[str] = set()
    for reading in readings:
        for index, word in enumerate(reading.words):
            if word.text[:1].isupper():
                form = form_of(word.folded)
                living = form.kind == "NOUN" and form.animate and not _describes(reading, index)
                if form.kind and not form.name and not living:
                    found.add(word.folded)
    return frozenset(found)


def explained_russian(
    reading: Reading, nouns: Sequence[Hit], names: Iterable[int]
) -> dict[int, int]:
    """Nouns that explain whom a comma parts from them: "Орлов, старик в куртке", word to word.

    Both are in the case of who acts, and no further noun follows behind "и".
    """
    people = {*names, *(each.last for each in nouns)}
    found: dict[int, int] = {}
    for hit in nouns:
        first = hit.first
        while form_of(reading.word(first - 1)).kind in ("ADJF", "PRTF"):
            first -= 1
        before = first - 1
        if before not in people or not nominative(reading, hit.last):
            continue
        gap = reading.text[reading.words[before].end : reading.words[first].start]
        listed = reading.word(hit.last + 1) == "и"
        if gap.strip() == "," and not listed and form_of(reading.word(before)).case in ("nomn", ""):
            found[hit.last] = found.get(before, before)
    return found


def russian_understood(readings: Sequence[Reading]) -> list[Reading]:
    """Readings without what is denied, and with the people whom no list has."""
    found = [_understood(each) for each in readings]
    speaking = {animal for each in found for animal in _speaking(each)}
    if speaking or not any(each.of("persons") for each in found):
        # Where one of them talks or there is nobody else, those who do most are people as well.
        busy = Counter(animal for each in found for animal in _acting(each))
        speaking |= {animal for animal, count in busy.items() if count > 1}
    return [_with_people(each, speaking) for each in found] if speaking else found


def _acting(reading: Reading) -> Iterator[str]:
    """Animals that do something in a sentence."""
    for hit in reading.of("props"):
        if kind_of(hit.value) == "animal" and nominative(reading, hit.last):
            yield hit.value


def _understood(reading: Reading) -> Reading:
    kept = [
        _named_better(reading, each)
        for each in reading.hits
        if each.kind not in _HAPPENING or not is_denied(reading, each.first)
        if each.kind != "actions" or form_of(reading.word(each.last)).kind not in ("ADJF", "PRTF")
    ]
    taken = {
        index
        for each in kept
        if each.kind in ("persons", "props", "places", "times", "looks")
        for index in range(each.first, each.last + 1)
    }
    kept += _translated(reading, kept, taken)
    people = [
        Hit("persons", form.lemma, form.lemma, index, index, len(form.lemma))
        for index, word in enumerate(reading.words)
        for form in [form_of(word.folded)]
        if index not in taken and _is_person(reading, index, form)
    ]
    hits = sorted([*kept, *people], key=lambda each: (each.first, each.last, each.kind))
    return replace(reading, hits=tuple(hits))


def _translated(reading: Reading, hits: Sequence[Hit], taken: set[int]) -> list[Hit]:
    """Things, places and actions that only the larger dictionary has."""
    busy = {
        index
        for each in hits
        if each.kind in ("actions", "speech", "emotions")
        for index in range(each.first, each.last + 1)
    }
    found: list[Hit] = []
    for index, word in enumerate(reading.words):
        form = form_of(word.folded)
        noun = form.kind == "NOUN" and index not in taken
        thing = english_noun(word.folded) if noun else ""
        place = english_place(word.folded) if noun else ""
        worn = _WORN.get(kind_of(thing)) if thing else None
        if thing and worn:
            found.append(Hit("looks", f"{worn}={thing}", form.lemma, index, index, len(form.lemma)))
        elif place or thing:
            kind, value = ("places", place) if place else ("props", thing)
            found.append(Hit(kind, value, form.lemma, index, index, len(form.lemma)))
        verb = form.kind in _VERBAL and index not in busy
        action = english_verb(word.folded) if verb else ""
        if action and not is_denied(reading, index):
            found.append(Hit("actions", action, form.lemma, index, index, len(form.lemma)))
    return found


def is_only_meant(reading: Reading, index: int) -> bool:
    """Whether a word stands behind "чтобы" or "будто": what is told there does not happen."""
    for place in range(index - 1, -1, -1):
        if reading.word(place) in _MEANT:
            return True
        if "," in reading.text[reading.words[place].end : reading.words[place + 1].start]:
            return False
    return False


def is_denied(reading: Reading, index: int) -> bool:
    """Whether a verb does not happen: "не спит", "не хочет спать"."""
    if reading.word(index - 1) in _NOT:
        return True
    infinitive = form_of(reading.word(index)).kind == "INFN"
    if infinitive and form_of(reading.word(index - 1)).lemma in _NO_MORE:
        return True
    wanted = infinitive and reading.word(index - 2) in _NOT
    return wanted and form_of(reading.word(index - 1)).kind in ("VERB", "PRED", "ADJS")


def _named_better(reading: Reading, hit: Hit) -> Hit:
    """A thing or an action by the larger dictionary's word: "такси" is a taxi, and a car."""
    if hit.kind not in ("props", "actions") or hit.first != hit.last:
        return hit
    word = reading.word(hit.last)
    better = english_noun(word) if hit.kind == "props" else english_verb(word)
    if hit.value in canon().animals and better and kind_of(better) != "animal":
        return hit
    return replace(hit, value=better) if better else hit


def _is_person(reading: Reading, index: int, form: Form) -> bool:
    if form.lemma == "человек":
        return not form.plural and form.case == "nomn" and _has_verb_beside(reading, index)
    if form.kind != "NOUN" or not form.animate or form.name or form.lemma in _BODILESS:
        return False
    if english_noun(reading.word(index)):
        return False
    before = form_of(reading.word(index - 1))
    if form.case == "gent" and before.kind == "NOUN" and not before.animate:
        return False  # "в форме железнодорожника" only says what uniform it is
    if index and reading.words[index].text[:1].isupper():
        return False
    return not _describes(reading, index)


def _has_verb_beside(reading: Reading, index: int) -> bool:
    return any(form_of(reading.word(index + step)).kind == "VERB" for step in (-1, 1, 2))


def _describes(reading: Reading, index: int) -> bool:
    """Whether a word for somebody only describes a thing: "полицейский вертолёт"."""
    if index + 1 >= len(reading.words):
        return False
    form, after = form_of(reading.word(index)), form_of(reading.word(index + 1))
    adjective = form.lemma.endswith(("ий", "ый", "ой"))
    same = after.case == form.case and not after.name
    return adjective and after.kind == "NOUN" and (same or not after.animate)


def _speaking(reading: Reading) -> Iterator[str]:
    """Animals beside a verb of speech, which talk: in a fairy tale they are people."""
    verbs = [each.first for each in reading.of("speech")]
    for hit in reading.of("props"):
        near = any(abs(hit.first - verb) == 1 for verb in verbs)
        animal = hit.value in canon().animals or kind_of(hit.value) == "animal"
        if animal and near and nominative(reading, hit.first):
            yield hit.value


def _with_people(reading: Reading, animals: set[str]) -> Reading:
    return replace(
        reading,
        hits=tuple(
            replace(each, kind="persons", lemma=form_of(reading.word(each.last)).lemma)
            if each.kind == "props" and each.value in animals
            else each
            for each in reading.hits
        ),
    )
