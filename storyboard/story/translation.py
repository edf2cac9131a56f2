"""Translation: what a Russian or Kazakh sentence shows, in English, word by word.

Every verb brings along the nouns of its own part of the sentence; their cases say who does it to
whom, and where. A word that no dictionary has stays out: the text encoders know no Cyrillic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.story.grammar.captions import instead_of
from storyboard.story.grammar.kazakh import kazakh_noun, kazakh_role, verb_of_kazakh
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.russian_forms import english_noun, english_verb, form_of
from storyboard.story.grammar.russian_roles import (
    denied_action,
    has_unknown_subject,
    is_finite,
    is_plural,
    russian_role,
)
from storyboard.story.lexicon import Hit, canon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.story.lexicon import Lexicon, Reading
    from storyboard.story.moments import Moment

__all__ = ["plural", "translated"]

_MOST_WORDS = 20
_NOUNS = ("props", "places", "looks", "details", "persons")
_KINDS = {"female": "the woman", "male": "the man", "several": "the people"}
_SEEING = {
    **dict.fromkeys(("looking", "pointing", "aiming", "shooting", "barking", "shouting"), "at"),
    "knocking": "on",
    **dict.fromkeys(("watching", "riding", "following", "boarding", "entering", "approaching"), ""),
}
"""Verbs that are done *at* something in English, or to it, in whatever case the others have it."""
_PRONOUNS = {"any": "them", "female": "her", "male": "him", "plural": "them"}
_ONLY_ONE = frozenset({"moon", "sun", "sky", "wind"})
_GOING = frozenset({"walking", "going", "coming", "striding", "passing"})
"""What only the living do on foot; in Russian snow, trains, films and the time go as well."""
_FALLING = frozenset({"rain", "snow", "hail", "sleet"})
_FAIR = {"blonde": "bright"}
_ORDER = ("object", "recipient")


@dataclass(frozen=True, slots=True)
class _Part:
    """A noun of a sentence: its words in English, and what it is to its verb."""

    place: int
    role: str
    words: str
    person: bool
    alive: bool = False


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb of a sentence: its English participle, or what is seen where it is denied."""

    place: int
    english: str
    denied: bool = False


def translated(moment: Moment, lexicon: Lexicon) -> str:
    """What a moment shows, in English; empty where nothing of it is known."""
    reading = moment.reading
    parts = list(_parts(moment, lexicon))
    deeds = list(_deeds(moment, lexicon))
    acting = [each for each in parts if each.person and each.role == "agent"]
    living = bool(acting) or bool(moment.people)
    if not deeds:
        if living:
            return ""
        return _bounded([_phrase(each) for each in parts if each.role != "of"])
    told: list[str] = []
    for number, deed in enumerate(deeds):
        own = [each for each in parts if _verb_of(each.place, deeds, reading, lexicon) == number]
        told.append(_clause(deed, own, living=living))
    feelings = [hit.value for hit in reading.of("emotions")][-2:] if living else []
    return _bounded([each for each in dict.fromkeys([*told, *feelings]) if each])


def _clause(deed: _Deed, parts: Sequence[_Part], *, living: bool) -> str:
    """One verb with what belongs to it: "giving a letter to the girl in the yard"."""
    if deed.denied:
        return deed.english
    if not deed.english:  # a verb that no dictionary has: what does it is seen
        agents = (each.words for each in parts if each.role == "agent" and not each.person)
        return next(agents, "")
    # In the case of who acts stands, behind the verb of somebody else, what is acted on.
    bare = [each for each in parts if each.role == "agent" and not each.person]
    agent = next((e for e in bare if e.alive or not living or e.place < deed.place), None)
    words = [agent.words] if agent else []
    english = _moved(deed.english, agent) if agent else deed.english
    objects = [each for each in parts if each.role == "object" or (each in bare and each != agent)]
    if english in _SEEING:
        seen = [
            each for each in parts if each.role in ("onto", "into", "to", "object", "recipient")
        ]
        words += [english, *(f"{_SEEING[english]} {e.words}".strip() for e in seen[:1])]
        parts = [each for each in parts if each not in seen]
        objects = []
    else:
        words.append(english)
    particle = english.partition(" ")[2]
    if objects and particle and objects[0].words in _PRONOUNS.values():
        words[-1] = f"{english.partition(' ')[0]} {objects[0].words} {particle}"  # "letting him in"
        objects = objects[1:]
    words += [each.words for each in objects[:2]]
    words += [f"to {each.words}" for each in parts if each.role == "recipient"]
    words += [
        _phrase(each)
        for each in sorted(parts, key=lambda each: each.place)
        if each.role not in ("agent", "object", "recipient", "of")
    ]
    return " ".join(words).replace(" out out of ", " out of ")


def _moved(going: str, agent: _Part) -> str:
    """How what does not live goes: rain falls, a train moves."""
    noun = agent.words.split()[-1]
    if going not in _GOING or agent.person or _is_animal(noun):
        return going
    return "falling" if noun in _FALLING else "moving"


def _phrase(part: _Part) -> str:
    if part.role in ("agent", "object"):
        return part.words
    return f"{'to' if part.role == 'recipient' else part.role} {part.words}"


def _verb_of(place: int, deeds: Sequence[_Deed], reading: Reading, lexicon: Lexicon) -> int:
    """The verb to which a noun belongs: in Kazakh the next one, in Russian that of its clause."""
    behind = [n for n, each in enumerate(deeds) if each.place > place]
    if lexicon.language == "kk":
        return behind[0] if behind else len(deeds) - 1
    before = [n for n, each in enumerate(deeds) if each.place < place]
    if not before:
        return 0
    if not behind:
        return before[-1]
    parted = any(
        "," in reading.text[reading.words[n].end : reading.words[n + 1].start]
        or reading.word(n + 1) in ("и", "а", "но")
        for n in range(deeds[before[-1]].place, place)
    )
    return behind[0] if parted else before[-1]


def _deeds(moment: Moment, lexicon: Lexicon) -> Iterator[_Deed]:
    """The verbs of a sentence, in reading order, with those that do not happen."""
    reading = moment.reading
    kinds = ("actions",) if moment.lines else ("actions", "speech")
    found = {hit.first: _said(reading, hit, lexicon) for hit in reading.of(*kinds)}
    if lexicon.language == "ru":
        known = {hit.last for hit in reading.of(*_NOUNS, "times")}
        known |= {each.last for each in moment.mentions}
        found = {
            n: words for n, words in found.items() if not has_unknown_subject(reading, n, known)
        }
    taken = {hit.first for hit in reading.of("emotions", "speech")}
    for index, word in enumerate(reading.words):
        if index in found:
            yield _Deed(index, found[index])
        elif index not in taken:
            if lexicon.language == "kk":
                verb = verb_of_kazakh(word.folded)
                denied = verb.english if verb is not None and verb.denied else ""
            else:
                denied = denied_action(reading, index)
            seen = instead_of(denied) if denied else ""
            if seen:
                yield _Deed(index, seen, denied=True)
            elif lexicon.language == "ru" and not denied and is_finite(word.folded):
                yield _Deed(index, "")


def _said(reading: Reading, hit: Hit, lexicon: Lexicon) -> str:
    """What a verb of speech says where no words of it are heard: "asking for" something."""
    if hit.kind != "speech":
        return hit.value
    word = reading.word(hit.last)
    verb = verb_of_kazakh(word) if lexicon.language == "kk" else None
    return (verb.english if verb else english_verb(word)) or hit.value


def _parts(moment: Moment, lexicon: Lexicon) -> Iterator[_Part]:
    """The nouns of a sentence; those whom the prompt describes anyway, and its place, stay out."""
    reading = moment.reading
    worn = {hit.last for hit in reading.of("looks") if moment.people}
    # "Атқа мінді", "за рулём": the verb says the noun already.
    taken = {
        index
        for hit in reading.of("actions", "speech")
        for index in range(hit.first, hit.last + 1)
        if hit.first != hit.last
    }
    role_of = kazakh_role if lexicon.language == "kk" else russian_role
    for hit in reading.of(*_NOUNS):
        if hit.kind == "persons" or hit.last in taken:
            continue
        taken.update(range(hit.first, hit.last + 1))
        role = role_of(reading, hit)
        owner = {each.first for each in reading.of("persons")}
        if hit.last in worn and (role not in ("object", "agent") or hit.last + 1 in owner):
            continue
        if role in ("with", "in") and hit.value in (*canon().parts, "hands"):
            continue
        if (
            hit.kind == "places"
            and hit.value == moment.setting.place
            and role in ("in", "at", "on")
        ):
            continue
        noun = hit.value.partition("=")[2] or hit.value
        words = _noun_words(reading, hit, noun, role, lexicon)
        alive = _is_animal(noun) or noun in canon().large
        yield _Part(hit.first, role, words, person=False, alive=alive)
    noun_of = kazakh_noun if lexicon.language == "kk" else english_noun
    for hit in reading.of("times"):
        acting = hit.first == hit.last and role_of(reading, hit) in ("agent", "object")
        noun = noun_of(reading.word(hit.last))
        if acting and not moment.mentions and (noun or hit.value in canon().weather):
            words = f"the {noun}" if noun in _ONLY_ONE else noun or hit.value
            yield _Part(hit.first, "agent", words, person=False, alive=True)
    yield from _people(moment, lexicon, taken)


def _is_animal(noun: str) -> bool:
    return kind_of(noun) == "animal" or noun in canon().animals


def _people(moment: Moment, lexicon: Lexicon, taken: set[int]) -> Iterator[_Part]:
    """The people of a sentence, by what they are: no text encoder knows their names."""
    reading = moment.reading
    role_of = kazakh_role if lexicon.language == "kk" else russian_role
    nouns = {each.last: each for each in reading.of("persons")}
    for mention in moment.mentions:
        if mention.last in taken or _is_owner(reading, mention.last):
            continue
        noun, person = nouns.get(mention.last), mention.person
        known = noun is not None and noun.value.isascii()
        words = f"the {noun.value}" if noun and known else _KINDS.get(person.gender, "")
        if mention.pronoun:
            words = _PRONOUNS.get(lexicon.pronouns.get(reading.word(mention.last), ""), "")
        named = noun or Hit("persons", "", person.name, mention.first, mention.last, 0)
        role = role_of(reading, named)
        if noun and kind_of(noun.value) == "animal" and role == "agent":
            # Of somebody who is an animal the picture's own words say so.
            yield _Part(mention.first, role, f"a {noun.value}", person=False, alive=True)
        elif role == "agent" or (words and (role in _ORDER or not mention.pronoun)):
            yield _Part(mention.first, role, words or "somebody", person=True)


def _is_owner(reading: Reading, index: int) -> bool:
    """Whether a pronoun only says whose something is: "её волосы"."""
    behind = form_of(reading.word(index + 1)).kind
    return reading.word(index) in ("его", "ее", "их") and behind in ("NOUN", "ADJF", "PRTF")


def _noun_words(reading: Reading, hit: Hit, noun: str, role: str, lexicon: Lexicon) -> str:
    described = {each.last: each.value for each in reading.of("qualities")}
    adjectives: list[str] = []
    index = hit.first - 1
    while index in described and len(adjectives) < 2:
        adjectives.insert(0, described[index])
        index -= 1
    adjectives = [_FAIR.get(each, each) for each in adjectives if each not in noun]
    if is_plural(reading, hit, lexicon.language) and not noun.endswith("s"):
        noun = plural(noun)
    words = " ".join([*adjectives, noun])
    known = role not in ("agent", "object")
    if noun in _ONLY_ONE:
        return f"the {words}"
    if noun in canon().uncountable or (noun.endswith("s") and noun != "glass"):
        return f"the {words}" if known else words
    return f"the {words}" if known else canon().article(words)


def plural(noun: str) -> str:
    """An English noun for several: "puppies", "children"."""
    odd = {
        "child": "children",
        "crowd": "people",
        "man": "men",
        "woman": "women",
        "foot": "feet",
        "sheep": "sheep",
    }
    if noun in odd or noun in canon().uncountable:
        return odd.get(noun, noun)
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun[:-1]}ves" if noun.endswith(("lf", "af")) else f"{noun}s"


def _bounded(told: Sequence[str]) -> str:
    """As much as fits into a prompt, at least the first."""
    text = told[0] if told else ""
    for each in told[1:]:
        if len(f"{text}, {each}".split()) > _MOST_WORDS:
            break
        text = f"{text}, {each}"
    return text
