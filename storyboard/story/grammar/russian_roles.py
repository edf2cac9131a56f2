"""What a Russian noun is to its verb, by its case and preposition, and which verbs are denied."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.russian import is_denied
from storyboard.story.grammar.russian_forms import english_verb, form_of, may_act

if TYPE_CHECKING:
    from collections.abc import Container

    from storyboard.story.lexicon import Hit, Reading

__all__ = ["denied_action", "has_unknown_subject", "is_finite", "is_plural", "russian_role"]

_BETWEEN = frozenset({"ADJF", "PRTF", "NUMR", "ADJS", "COMP"})
"""What may stand between a preposition and its noun."""
_BACK = 4
_INTO = {"в": "into", "во": "into", "на": "onto", "за": "behind", "под": "under"}
_PREPOSITIONS = {
    "в": "in", "во": "in", "на": "on", "из": "out of", "изо": "out of", "с": "from", "со": "from",
    "от": "from", "к": "to", "ко": "to", "у": "at", "около": "near", "возле": "near",
    "под": "under", "за": "behind", "над": "above", "перед": "in front of", "по": "along",
    "через": "across", "сквозь": "through", "между": "between", "мимо": "past", "вокруг": "around",
    "до": "to", "внутри": "inside", "среди": "among", "вдоль": "along", "напротив": "opposite",
    "из-за": "from behind", "из-под": "from under", "при": "at", "вслед": "after",
}  # fmt: skip
_LINES = frozenset(
    "street road avenue alley path corridor beach shore river highway embankment bridge platform "
    "railway promenade pier".split()
)
"""Places along which one goes; through others, "по лесу"."""
_LEFT_OUT = frozenset({"без", "для", "о", "об", "обо", "про", "ради", "кроме", "вместо"})
_OF_CASE = {"nomn": "agent", "accs": "object", "datv": "recipient", "ablt": "with", "gent": "of"}
_NOT = "не"
_COUNTED = frozenset({"два", "две", "три", "четыре"})
_ONE = frozenset({"один", "одна", "одно", "одну", "одного"})
_KAZAKH_NUMBERS = frozenset(
    "екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық жүз мың көп бірнеше барлық".split()
)


def russian_role(reading: Reading, hit: Hit) -> str:
    """What a noun is to its verb.

    "agent", "object", "recipient", "of" for what only explains another noun, or the English
    preposition: "в дом" is "into", "в доме" is "in".
    """
    form = form_of(reading.word(hit.last))
    before = _preposition(reading, hit.first)
    if not before and form.case != "nomn" and _acts(reading, hit):
        return "agent"
    if before in _LEFT_OUT:
        return "of"
    if before in ("с", "со") and form.case == "ablt":
        return "beside" if form.animate else "with"
    # "В дом" and "на стол" may be the one who acts by their form: the preposition knows better.
    if before in _INTO and (form.case == "accs" or (form.accusative and form.case == "nomn")):
        return _INTO[before]
    if before == "по" and kind_of(hit.value) == "place" and hit.value not in _LINES:
        return "through"
    if before in _PREPOSITIONS:
        return _PREPOSITIONS[before]
    if form.case == "gent":
        if form_of(reading.word(hit.first - 1)).kind == "NOUN":
            return "of"  # "рукав профессора"
        denied = any(reading.word(index) == _NOT for index in range(hit.first))
        return "object" if denied or (form.animate and form.accusative) else "of"
    return _OF_CASE.get(form.case, "agent")


def _acts(reading: Reading, hit: Hit) -> bool:
    """Whether a noun acts though its form is commoner in another case: "двери закрываются".

    The verb agrees with it, and nobody else acts. Three puppies lie there: only who acts is
    counted by "три", who is acted on by "трёх".
    """
    numeral = reading.word(hit.first - 1)
    if numeral in _COUNTED:
        return form_of(reading.word(hit.last)).animate
    verb = next((n for n in _clause(reading, hit.last) if is_finite(reading.word(n))), None)
    if verb is None or not may_act(
        reading.word(hit.last), plural=form_of(reading.word(verb)).plural
    ):
        return False
    others = (n for n in _clause(reading, hit.last) if n != hit.last)
    acting = (form_of(reading.word(n)) for n in others)
    return not any(each.case == "nomn" and each.kind in ("NOUN", "NPRO") for each in acting)


def _clause(reading: Reading, index: int) -> range:
    """The words between the commas around one."""
    words = reading.words
    first, last = index, index
    while first and "," not in reading.text[words[first - 1].end : words[first].start]:
        first -= 1
    while (
        last + 1 < len(words) and "," not in reading.text[words[last].end : words[last + 1].start]
    ):
        last += 1
    return range(first, last + 1)


def is_finite(word: str) -> bool:
    """Whether a word says what somebody does or did: "идёт", but not "идти"."""
    return form_of(word).kind == "VERB"


def has_unknown_subject(reading: Reading, verb: int, known: Container[int]) -> bool:
    """Whether what does a verb is a thing that no dictionary has: "кипит борщ", "идёт время".

    Nobody else in the sentence does that.

    Args:
        reading: The sentence.
        verb: Index of the verb.
        known: Indices of the words that have English.
    """
    if not is_finite(reading.word(verb)):
        return False
    for index in (verb + 1, verb - 1, verb + 2, verb - 2):
        word = reading.word(index)
        form = form_of(word)
        if form.kind == "NPRO" and form.case == "nomn":
            return False
        if form.kind == "NOUN" and may_act(word, plural=form_of(reading.word(verb)).plural):
            return not (form.animate or form.name or index in known)
    return False


def _preposition(reading: Reading, first: int) -> str:
    """The preposition before a noun and what describes it; empty without one."""
    for index in range(first - 1, max(-1, first - 1 - _BACK), -1):
        word = reading.word(index)
        if word in _PREPOSITIONS or word in _LEFT_OUT:
            return word
        if form_of(word).kind not in _BETWEEN:
            return ""
    return ""


def denied_action(reading: Reading, index: int) -> str:
    """The English participle of a verb that "не" denies; empty for other words."""
    if not is_denied(reading, index):
        return ""
    return english_verb(reading.word(index))


@functools.lru_cache(maxsize=1000)
def _is_plural_kazakh(word: str) -> bool:
    return any(mark in word[2:] for mark in ("лар", "лер", "дар", "дер", "тар", "тер"))


def is_plural(reading: Reading, hit: Hit, language: str) -> bool:
    """Whether a noun stands for several."""
    word, before = reading.word(hit.last), reading.word(hit.first - 1)
    if language == "kk":
        return _is_plural_kazakh(word) or before in _KAZAKH_NUMBERS
    if form_of(word).plural or (form_of(before).kind == "NUMR" and before not in _ONE):
        return True
    return form_of(word).case != "nomn" and _acts(reading, hit) and may_act(word, plural=True)
