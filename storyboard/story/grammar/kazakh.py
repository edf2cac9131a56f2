"""Kazakh words by their suffixes: who acts, on what, where, and what does not happen.

No parser and no dictionary of Kazakh can be installed, but its grammar stands at the end of its
words: a stem, then plural, owner and case, or negation and tense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.lexicon import Hit, canon, fold
from storyboard.story.word_table import word_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.story.lexicon import Reading

__all__ = [
    "KazakhVerb",
    "acts_kazakh",
    "case_of",
    "is_owned",
    "is_passed",
    "kazakh_noun",
    "kazakh_role",
    "kazakh_understood",
    "verb_of_kazakh",
]

_NOMINAL = re.compile(
    r"(?P<plural>[лдт][ае]р)?"
    r"(?P<owner>ымыз|іміз|мыз|міз|ыңыз|іңіз|ым|ім|ың|ің|сы|сі|ы|і|м|ң)??"
    r"(?P<case>[ндт][ыі]ң|[ғқ]а|[гк]е|н[ае]|[ае]|[ндт][ыі]|н|н?[дт][ае]|[ндт][ае]н|[мбп]ен)?"
)
_CASES = (
    ("genitive", re.compile(r"[ндт][ыі]ң")),
    ("dative", re.compile(r"[ғқ]а|[гк]е|н[ае]|[ае]")),
    ("accusative", re.compile(r"[ндт][ыі]|н")),
    ("locative", re.compile(r"н?[дт][ае]")),
    ("ablative", re.compile(r"[ндт][ае]н")),
    ("instrumental", re.compile(r"[мбп]ен")),
)
_ENDINGS = (
    ("instrumental", re.compile(r"[мбп]ен$")),
    ("ablative", re.compile(r"[ндт][ае]н$")),
    ("genitive", re.compile(r"[ндт][ыі]ң$")),
    ("locative", re.compile(r"[дт][ае]$")),
    ("accusative", re.compile(r"[ндт][ыі]$")),
    ("dative", re.compile(r"(?:[ғқ]а|[гк]е|н[ае])$")),
)
_VERBAL = re.compile(
    r"(?P<denied>[мбп][ае](?=[дтсйғгқкп]|$))?"
    r"(?:(?:[дт][ыі]|й[дт][ыі]|[ае][дт][ыі]|[ғгқк][ае]н|[ыі]?п[тд][ыі]|с[ае]|[ыі]?п|[ае]р|й|[аеу])"
    r"(?:м|ң|қ|к|м[ыі]н|с[ыі]ң|л[ае]р)?(?:[дт][аеы]|ша|ше)?)"
)
_SOFT = {"б": "п", "г": "к", "ғ": "қ", "у": "п"}
"""What the last letter of a stem was before a vowel made it soft: "кітабы" is of "кітап"."""
_ENDURING = frozenset({"тұр", "отыр", "жүр", "жатыр"})
"""Verbs that need no ending, and behind another verb say that it goes on: "күтіп тұр"."""
_ACTING = frozenset({"ол", "олар", "мен", "біз", "сен", "сіз"})
_TRADE = re.compile(r"\w{3,}(?:шы|ші)")
_NO_TRADE = frozenset("қамшы тамшы жақсы ащы тұщы ұршы күнші үйші нешінші".split())
_PLACED = {
    "үстінде": "on", "үстіне": "onto", "астында": "under", "ішінде": "in", "ішіне": "into",
    "жанында": "beside", "қасында": "beside", "жанына": "to", "қасына": "to", "алдына": "to",
    "алдында": "in front of", "артында": "behind", "артынан": "behind", "арасында": "between",
    "маңында": "near", "шетінде": "at the edge of", "ортасында": "in the middle of",
    "түбінде": "at the foot of", "бойында": "along", "бойымен": "along", "басында": "at",
    "жағасында": "beside", "ішінен": "out of", "үстінен": "over", "алдынан": "past",
}  # fmt: skip
"""Words behind a noun that say where something is to it, and what they are in English."""
_PREPOSITIONS = {"locative": "in", "ablative": "from", "instrumental": "with"}
_OF_CASE = {"": "agent", "accusative": "object", "genitive": "of"}


@dataclass(frozen=True, slots=True)
class KazakhVerb:
    """A form of a verb: its English participle, and whether it is denied."""

    english: str
    denied: bool


def case_of(word: str, stem: str) -> str:
    """The case of a form of a noun, by what follows its stem; empty for the nominative."""
    if not stem or not word.startswith(stem[:-1]):
        # Of a stem that is not known the ending alone tells, where there is room for one.
        return next((name for name, form in _ENDINGS if form.search(word[2:])), "")
    found = _NOMINAL.fullmatch(word[len(stem) :])
    ending = found["case"] if found else None
    if not ending:
        return ""
    return next((name for name, form in _CASES if form.fullmatch(ending)), "")


def is_owned(word: str) -> bool:
    """Whether a form of a noun says whose it is: "әкесі", somebody's father."""
    stem = _stem(word)
    found = _NOMINAL.fullmatch(word[len(stem) :]) if stem and word.startswith(stem) else None
    return bool(found and found["owner"])


def acts_kazakh(reading: Reading, index: int, name: str) -> bool:
    """Whether a word is in the case of who acts, given the name of whom it means."""
    word = reading.word(index)
    if word in _ACTING:
        return True
    stem = fold(name.rpartition(" ")[2])
    if not word.startswith(stem):
        stem = _stem(word)
    return bool(stem) and not case_of(word, stem)


def verb_of_kazakh(word: str) -> KazakhVerb | None:
    """What a word is as a form of a verb that the dictionary has; None for others."""
    verbs = _words()["verbs"]
    if word in _ENDURING:
        return KazakhVerb(verbs.get(word, "lying"), denied=False)
    for length in range(len(word) - 1, 0, -1):
        stem, tail = word[:length], word[length:]
        found = _VERBAL.fullmatch(tail)
        if found is None:
            continue
        soft = stem[:-1] + _SOFT.get(stem[-1], stem[-1])
        english = verbs.get(stem) or (verbs.get(soft) if tail[0] in "ыіаеу" else None)
        if english:
            return KazakhVerb(english, denied=found["denied"] is not None)
    return None


def kazakh_role(reading: Reading, hit: Hit) -> str:
    """What a noun is to the verb behind it.

    "agent", "object", "recipient", "of" for the owner of something, or the English preposition.
    """
    word = reading.word(hit.last)
    stem = _stem(word) or fold(hit.lemma)
    case = case_of(word, stem)
    following = reading.word(hit.last + 1)
    if following in _PLACED and case in ("", "genitive"):
        return _PLACED[following]
    if case == "dative":
        return "recipient" if hit.kind == "persons" else "to"
    if case == "instrumental" and hit.kind == "persons":
        return "beside"
    if not case and hit.kind != "persons":
        # A bare thing right before its verb is acted on, "хат берді"; a dog there barks itself.
        if kind_of(hit.value) == "animal" or hit.value in canon().animals:
            return "agent"
        bare = word == stem and hit.last + 1 < len(reading.words)
        return "object" if bare and verb_of_kazakh(following) is not None else "agent"
    return _OF_CASE.get(case) or _PREPOSITIONS[case]


def kazakh_understood(readings: Sequence[Reading]) -> list[Reading]:
    """Readings with the people, things, places and actions that only the larger list has."""
    found = [_understood(each) for each in readings]
    speaking = {animal for each in found for animal in _speaking(each)}
    return [_with_people(each, speaking) for each in found] if speaking else found


def _understood(reading: Reading) -> Reading:
    words = _words()
    taken = {
        index
        for each in reading.hits
        if each.kind in ("persons", "props", "places", "times", "looks", "details")
        for index in range(each.first, each.last + 1)
    }
    told = {each.first for each in reading.of("speech", "emotions")}
    phrased = {
        index
        for each in reading.of("actions")
        if each.first != each.last
        for index in range(each.first, each.last + 1)
    }
    busy = {
        index
        for each in reading.of("actions", "speech", "emotions")
        for index in range(each.first, each.last + 1)
    }
    described = {each.last for each in reading.of("qualities")}
    added: list[Hit] = []
    for index, word in enumerate(reading.words):
        text = word.folded
        if index in taken:
            continue
        if _may_be_verb(reading, index) and index not in told and index not in phrased:
            verb = verb_of_kazakh(text)
            if verb is not None:
                if not (verb.denied or _only_tries(reading, index)):
                    added.append(Hit("actions", verb.english, text, index, index, len(text)))
                continue
        if index in busy:
            continue
        stem = _stem(text)
        person = words["people"].get(stem) or (stem if _is_trade(text, stem) else "")
        thing = words["nouns"].get(stem)
        place = words["places"].get(stem)
        if person and not (index and word.text[:1].isupper()):
            added.append(Hit("persons", person, stem, index, index, len(stem)))
        elif place or thing:
            kind, value = ("places", place) if place else ("props", thing or "")
            added.append(Hit(kind, value, stem, index, index, len(stem)))
        elif text in words["adjectives"] and index not in described:
            value = words["adjectives"][text]
            added.append(Hit("qualities", value, text, index, index, len(text)))
    # The larger list knows a verb better: "әкел" is bringing, where the other has carrying.
    better = {each.first for each in added if each.kind == "actions"}
    kept = [
        _in_basic_form(reading, each)
        for each in reading.hits
        if each.kind != "actions" or each.first != each.last or each.first not in better
    ]
    hits = sorted([*kept, *added], key=lambda each: (each.first, each.last, each.kind))
    return replace(reading, hits=tuple(hits))


def _in_basic_form(reading: Reading, hit: Hit) -> Hit:
    """Somebody by the noun alone, without the ending that says whose: "әкесі" is "әке"."""
    stem = _stem(reading.word(hit.last)) if hit.kind == "persons" else ""
    return replace(hit, lemma=stem) if stem in _words()["people"] and " " not in hit.lemma else hit


def is_passed(reading: Reading, hit: Hit) -> bool:
    """Whether a place is gone through, "өзеннен өтті", rather than left."""
    verb = verb_of_kazakh(reading.word(hit.last + 1))
    ablative = case_of(reading.word(hit.last), _stem(reading.word(hit.last)) or hit.lemma)
    return ablative == "ablative" and verb is not None and verb.english == "crossing"


def _may_be_verb(reading: Reading, index: int) -> bool:
    """Whether a verb may stand here: at the end, before a comma, or as "барып" anywhere.

    Behind such a form one of the enduring verbs only says that it goes on.
    """
    word = reading.words[index]
    before = reading.word(index - 1)
    if word.folded in _ENDURING or word.folded.startswith(("жатыр", "отыр", "тұр", "жүр")):
        return not before.endswith("п")
    behind = reading.text[word.end : word.end + 1]
    last = index + 1 == len(reading.words) or behind in (",", ";", ":", ".", "…", "!", "?")
    follower = reading.word(index + 1)
    helped = follower in _ENDURING or follower in ("еді", "екен", "болды", "болатын")
    return last or helped or word.folded.endswith("п")


def _only_tries(reading: Reading, index: int) -> bool:
    """Whether "seeing" only says that somebody tried: "иіскеп көрді", "took a sniff"."""
    return reading.word(index).startswith("көр") and reading.word(index - 1).endswith("п")


def kazakh_noun(word: str) -> str:
    """The English of a Kazakh noun in any form; empty where no list has it."""
    return _words()["nouns"].get(_stem(word), "")


def _stem(word: str) -> str:
    """The longest noun of the list of which a word is a form; empty where it is of none."""
    words = _words()
    known = words["people"].keys() | words["nouns"].keys() | words["places"].keys()
    for length in range(len(word), 1, -1):
        stem, tail = word[:length], word[length:]
        if _NOMINAL.fullmatch(tail) is None:
            continue
        if stem in known:
            return stem
        soft = stem[:-1] + _SOFT.get(stem[-1], stem[-1])
        if tail[:1] in ("ы", "і") and soft in known:
            return soft
    trade = _TRADE.match(word)
    return trade[0] if trade and _NOMINAL.fullmatch(word[trade.end() :]) else ""


def _is_trade(word: str, stem: str) -> bool:
    """Whether a word in -шы is somebody by what they do, "етікші", and no "тамшы" (a drop)."""
    if not _TRADE.fullmatch(stem) or stem in _NO_TRADE or not word.startswith(stem):
        return False
    return stem[:-2] not in _words()["verbs"]


def _speaking(reading: Reading) -> Iterator[str]:
    """Animals beside a verb of speech, which talk: in a fairy tale they are people."""
    verbs = [each.first for each in reading.of("speech")]
    for hit in reading.of("props"):
        animal = hit.value in canon().animals or kind_of(hit.value) == "animal"
        near = any(abs(hit.first - verb) == 1 for verb in verbs)
        if animal and near and not case_of(reading.word(hit.last), _stem(reading.word(hit.last))):
            yield hit.value


def _with_people(reading: Reading, animals: set[str]) -> Reading:
    return replace(
        reading,
        hits=tuple(
            replace(each, kind="persons", lemma=_stem(reading.word(each.last)) or each.lemma)
            if each.kind == "props" and each.value in animals
            else each
            for each in reading.hits
        ),
    )


def _words() -> dict[str, dict[str, str]]:
    """People, nouns, verbs and adjectives in their basic forms."""
    return word_table("kk-en.txt")
