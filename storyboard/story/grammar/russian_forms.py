"""Forms of Russian words, by pymorphy3's dictionary: basic form, case, number, who is alive."""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storyboard.story.grammar.loading import OnceLoaded
from storyboard.story.lexicon import fold
from storyboard.story.word_table import word_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from storyboard.story.lexicon import Reading

__all__ = [
    "Form",
    "english_noun",
    "english_place",
    "english_verb",
    "form_of",
    "may_act",
    "nominative",
]

_SURE = 0.9
"""Share of a word's uses at which its commonest reading is taken without a second look."""
_VERBAL = frozenset({"VERB", "INFN", "GRND"})
_ASPECTS = ("за", "по", "на", "про")
"""Prefixes with which a verb means the same for a picture: it begins, lasts a while or is done."""
_NAMES = frozenset({"Name", "Surn", "Patr"})
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
    return lemma in _english()["nouns"] or lemma in _english()["places"]


def nominative(reading: Reading, index: int) -> bool:
    """Whether a word is in the case of who acts."""
    return form_of(reading.word(index)).case == "nomn"


def english_verb(word: str) -> str:
    """The English participle of a Russian verb in any form; empty where no list has it."""
    form = form_of(word)
    return _verb(form.lemma) if form.kind in _VERBAL else ""


def english_noun(word: str) -> str:
    """The English of a Russian noun in any form; empty where no list has it."""
    form = form_of(word)
    if form.kind != "NOUN":
        return ""
    # "Наушники" has no singular there, though the dictionary of forms gives it one.
    return _english()["nouns"].get(form.lemma) or _english()["nouns"].get(word, "")


def english_place(word: str) -> str:
    """The English of a Russian place in any form; empty where no list has it."""
    form = form_of(word)
    return _english()["places"].get(form.lemma, "") if form.kind == "NOUN" else ""


def may_act(word: str, *, plural: bool) -> bool:
    """Whether a noun may be in the case of who acts: "двери" with "скрипят", not "скрипит".

    Args:
        word: Folded.
        plural: Whether its verb says that they are several.
    """
    return any(
        each.tag.POS == "NOUN" and each.tag.case == "nomn" and (each.tag.number == "plur") == plural
        for each in _analyzer().parse(word)
    )


def _verb(lemma: str) -> str:
    """The English of a verb in its basic form, also of one that only begins: "заплакать"."""
    verbs = _english()["verbs"]
    bare = [lemma.removeprefix(each) for each in _ASPECTS if lemma.startswith(each)]
    return next((verbs[each] for each in (lemma, *_perfective(lemma), *bare) if each in verbs), "")


def _perfective(lemma: str) -> Iterator[str]:
    """What a verb that says "again and again" may be for once: "отбрасывать" is "отбросить"."""
    for ending in ("ивать", "ывать"):
        stem = lemma.removesuffix(ending)
        if stem != lemma:
            place = stem.rfind("а")
            changed = f"{stem[:place]}о{stem[place + 1 :]}" if place > 0 else stem
            yield from (each + tail for each in (stem, changed) for tail in ("ить", "ать", "нуть"))


def _english() -> Mapping[str, Mapping[str, str]]:
    """Nouns, places and verbs in their basic forms, folded, and what they are in English."""
    return word_table("ru-en.txt")


def _load() -> Any:
    # By name, because the library has no types of its own; its dictionary takes half a second.
    return importlib.import_module("pymorphy3").MorphAnalyzer(lang="ru")


_analyzer = OnceLoaded(_load)
