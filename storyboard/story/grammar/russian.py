"""Russian words by their forms: who is alive, who acts, what is denied. By pymorphy3's dictionary.

Cases tell who does what to whom where English needs a parse, and the dictionary tells the living
from things, so no list has to name every trade.
"""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.loading import OnceLoaded
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.lexicon import Hit, canon, fold
from storyboard.story.word_table import word_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from storyboard.story.lexicon import Reading

__all__ = [
    "Form",
    "acting_russian",
    "common_russian",
    "english_noun",
    "english_verb",
    "explained_russian",
    "form_of",
    "is_denied",
    "is_object",
    "is_only_meant",
    "may_act",
    "nominative",
    "russian_understood",
]

_SURE = 0.9
"""Share of a word's uses at which its commonest reading is taken without a second look."""
_NOT = frozenset({"не", "ни", "без", "нет"})
_MEANT = frozenset({"чтобы", "чтоб", "будто", "словно", "если"})
_WORN = {"clothing": "clothing", "hat": "hat", "boots": "boots"}
_VERBAL = frozenset({"VERB", "INFN", "GRND"})
_ASPECTS = ("за", "по", "на", "про")
"""Prefixes with which a verb means the same for a picture: it begins, lasts a while or is done."""
_NAMES = frozenset({"Name", "Surn", "Patr"})
_BODILESS = frozenset("голос человек существо дух лицо образ герой звезда душа кукла".split())
_GENDERS = {"masc": "male", "femn": "female"}


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of a word tells.

    Attributes:
        lemma: Its basic form, folded.
        kind: OpenCorpora's part of speech, such as "NOUN"; empty where no dictionary has it.
        case: Such as "nomn"; empty where it has none.
        accusative: Whether it may be in the accusative as well, as "дверь" may and "собака" not.
        animate: Whether it names somebody alive.
        gender: "male", "female" or empty.
        plural: Whether it is several.
        name: Whether it is a given name, a surname or a patronymic.
    """

    lemma: str
    kind: str
    case: str
    accusative: bool
    animate: bool
    gender: str
    plural: bool
    name: bool


@functools.lru_cache(maxsize=20_000)
def form_of(word: str) -> Form:
    """The likeliest reading of a Russian word's form."""
    analyzer = _analyzer()
    if not analyzer.word_is_known(word):
        return Form(word, "", "", False, animate=False, gender="", plural=False, name=False)
    parses = analyzer.parse(word)
    best = _likely(parses)
    tag = best.tag
    return Form(
        lemma=fold(best.normal_form),
        kind=str(tag.POS or ""),
        case=str(tag.case or ""),
        accusative=any(
            each.tag.case == "accs" and each.normal_form == best.normal_form for each in parses
        ),
        animate=tag.animacy == "anim",
        gender=_GENDERS.get(str(tag.gender), ""),
        plural=tag.number == "plur",
        name=bool(_NAMES & set(tag.grammemes)),
    )


def _likely(parses: Sequence[Any]) -> Any:
    """The first of a word's readings, unless the dictionary of things knows another: "пар", "пень".

    The first is of the commonest word: "пар" is a form of "пара", a pair.
    """
    best = parses[0]
    if best.score >= _SURE or _NAMES & set(best.tag.grammemes) or _known_noun(best):
        return best
    likely = (each for each in parses if each.tag.POS == "NOUN" and _known_noun(each))
    singular = (each for each in likely if each.tag.number == "sing")
    return next((each for each in singular if each.tag.case == "nomn"), best)


def _known_noun(parse: Any) -> bool:
    lemma = fold(parse.normal_form)
    return lemma in _english().nouns or lemma in _english().places


def nominative(reading: Reading, index: int) -> bool:
    """Whether a word is in the case of who acts."""
    return form_of(reading.word(index)).case == "nomn"


def is_object(reading: Reading, index: int) -> bool:
    """Whether a word may be what is acted on without a preposition: "несёт дверь", "нет двери"."""
    form = form_of(reading.word(index))
    bare = form_of(reading.word(index - 1)).kind != "PREP"
    return bare and (form.accusative or form.case == "gent")


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
    return [_with_people(each, speaking) for each in found] if speaking else found


def _understood(reading: Reading) -> Reading:
    kept = [
        _named_better(reading, each)
        for each in reading.hits
        if each.kind not in ("actions", "emotions") or not is_denied(reading, each.first)
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
    english = _english()
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
        # "Наушники" has no singular there, though the dictionary of forms gives it one.
        thing = english.nouns.get(form.lemma) or english.nouns.get(word.folded) if noun else None
        place = english.places.get(form.lemma) if noun else None
        worn = _WORN.get(kind_of(thing)) if thing else None
        if thing and worn:
            found.append(Hit("looks", f"{worn}={thing}", form.lemma, index, index, len(form.lemma)))
        elif place or thing:
            kind, value = ("places", place) if place else ("props", thing or "")
            found.append(Hit(kind, value, form.lemma, index, index, len(form.lemma)))
        verb = form.kind in _VERBAL and index not in busy
        action = _verb(form.lemma) if verb else ""
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


def english_verb(word: str) -> str:
    """The English participle of a Russian verb in any form; empty where no list has it."""
    form = form_of(word)
    return _verb(form.lemma) if form.kind in _VERBAL else ""


def english_noun(word: str) -> str:
    """The English of a Russian noun in any form; empty where no list has it."""
    form = form_of(word)
    return _english().nouns.get(form.lemma, "") if form.kind == "NOUN" else ""


def may_act(word: str, *, plural: bool) -> bool:
    """Whether a noun may be in the case of who acts: "двери" with "закрываются", not with "скрипит".

    Args:
        word: Folded.
        plural: Whether its verb says that they are several.
    """
    return any(
        each.tag.POS == "NOUN" and each.tag.case == "nomn" and (each.tag.number == "plur") == plural
        for each in _analyzer().parse(word)
    )


def _verb(lemma: str) -> str:
    """The English of a verb in its basic form, also of one that only begins or ends: "заплакать"."""
    verbs = _english().verbs
    bare = (lemma.removeprefix(each) for each in _ASPECTS if lemma.startswith(each))
    return verbs.get(lemma) or next((verbs[each] for each in bare if each in verbs), "")


def is_denied(reading: Reading, index: int) -> bool:
    """Whether a verb does not happen: "не спит", "не хочет спать"."""
    if reading.word(index - 1) in _NOT:
        return True
    wanted = form_of(reading.word(index)).kind == "INFN" and reading.word(index - 2) in _NOT
    return wanted and form_of(reading.word(index - 1)).kind in ("VERB", "PRED", "ADJS")


def _named_better(reading: Reading, hit: Hit) -> Hit:
    """A thing or an action by the larger dictionary's word: "такси" is a taxi, and a car."""
    if hit.kind not in ("props", "actions") or hit.first != hit.last:
        return hit
    form = form_of(reading.word(hit.last))
    english = _english()
    thing = hit.kind == "props" and form.kind == "NOUN"
    better = english.nouns.get(form.lemma) if thing else None
    if hit.value in canon().animals and better and kind_of(better) != "animal":
        return hit
    if hit.kind == "actions" and form.kind in _VERBAL:
        better = _verb(form.lemma)
    return replace(hit, value=better) if better else hit


@dataclass(frozen=True, slots=True)
class _Words:
    """Words in their basic forms, folded, and what they are in English."""

    nouns: dict[str, str]
    places: dict[str, str]
    verbs: dict[str, str]


@functools.lru_cache(maxsize=1)
def _english() -> _Words:
    return _Words(**word_table("ru-en.txt"))


def _is_person(reading: Reading, index: int, form: Form) -> bool:
    if form.lemma == "человек":
        return not form.plural and form.case == "nomn" and _has_verb_beside(reading, index)
    if form.kind != "NOUN" or not form.animate or form.name or form.lemma in _BODILESS:
        return False
    if form.lemma in _english().nouns:
        return False
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


def _load() -> Any:
    # By name, because the library has no types of its own; its dictionary takes half a second.
    return importlib.import_module("pymorphy3").MorphAnalyzer(lang="ru")


_analyzer = OnceLoaded(_load)
