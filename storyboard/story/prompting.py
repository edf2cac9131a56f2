"""Prompting: what happens in a beat, in English, for the text encoders."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

from storyboard.story.lexicon import canon
from storyboard.story.lexicon import lexicon as lexicon_of
from storyboard.story.sentences import is_remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.story.lexicon import Hit, Lexicon, Reading
    from storyboard.story.moments import Beat, Moment

__all__ = ["prompt_action"]

_MOST_WORDS = 18
_MOST_PROPS = 4
_FALLBACK = "standing"
_AUXILIARIES = frozenset(
    "to will would can could did does do not may might must should has had have having never let "
    "don't didn't cannot can't couldn't of for".split()
)
_BEING = frozenset("is was are were am been being".split())
_WHICH = frozenset(
    "first second third fourth next last same following early late very another every whole "
    "one".split()
)
_SUBORDINATE = re.compile(
    r"^(?:when|while|as|after|before|until|once|because|if|although|though|since)\b[^,]*,\s*(?=\S)",
    re.IGNORECASE,
)
_SUBJECTS = frozenset(("he", "she", "they", "we", "i"))
_LEADING = frozenset(
    "he she they we i it's who which that and then but so was were is are am had has have been as "
    "while when of".split()
)
_TRAILING = frozenset(
    "and but or the a an to with of at in on for from by as while until then who that her his "
    "their into like when where".split()
)
_TIME_WORDS = frozenset(("at", "in", "by", "during", "under", "through", "on", "before", "after"))
_CUTS = re.compile(r"[,;:—–()\"“”]| (?:and|while|until|when|but|as|because|where|which|who) ")
_NOT_ASCII = re.compile(r"[^ -~]+")
_OBJECT_NEAR = 4


def prompt_action(beat: Beat, lexicon: Lexicon) -> str:
    """Say in English what a beat shows; never empty.

    English text keeps its own clause, without names, dialogue and time of day, its verbs as
    participles. Russian and Kazakh are composed of what the lexicon knows. Things of the whole
    beat follow, where the clause does not name them.
    """
    key = beat.key
    talking = bool(key.lines) and is_remark(key.reading.text, lexicon)
    own = lexicon.language == "en" and not (talking and not key.reading.of("actions", "emotions"))
    text = _english(key, lexicon) if own else ""
    text = text or _composed(key, lexicon)
    if beat.role == "detail":
        near = [each for each in key.props if each in canon().small]
        parts = [each.value for each in key.reading.of("details")]
        subject = near or parts
        if subject:
            text = f"detail of {canon().article(subject[0]) if near else subject[0]}, {text}"
    elif beat.role == "reaction" and not key.reading.of("emotions") and key.people:
        text = f"{text}, thoughtful expression"
    props = [prop for moment in (key, *beat.moments) for prop in moment.props]
    return _with_props(text, dict.fromkeys(props), key, lexicon) or _FALLBACK


def _with_props(text: str, props: Iterable[str], key: Moment, lexicon: Lexicon) -> str:
    named = {hit.value for hit in lexicon.read(text).of("props")} if text else set()
    if lexicon.language != "en":
        named = {prop for prop in props if re.search(rf"\b{re.escape(prop)}\b", text)}
    missing = [prop for prop in props if prop not in named and prop not in text][:_MOST_PROPS]
    if not missing:
        return text
    things = [canon().article(each) for each in missing]
    listed = things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]
    if not text:
        return f"{_FALLBACK}, with {listed}" if key.people else listed
    return f"{text}, with {listed}"


# English


def _english(moment: Moment, lexicon: Lexicon) -> str:
    reading = moment.reading
    words: list[str | None] = [each.text for each in reading.words]
    # 1. The time of day goes: the prompt names it after the place.
    for hit in reading.of("times"):
        if hit.value in moment.setting.time:
            _blank_time(words, reading, hit, lexicon)
    _blank_opening_place(words, reading, moment.setting.place, lexicon)
    # 2. Names and looks go: the prompt has them already. The subject goes with its article.
    for mention in moment.mentions:
        leading = _opens(words, reading, mention.first, lexicon)
        if mention.pronoun and not (leading and reading.word(mention.first) in _LEADING):
            continue
        named = mention.person.named and reading.words[mention.first].text[0].isupper()
        again = any(
            each.person is mention.person and not each.pronoun and each is not mention
            for each in moment.mentions
        )
        if named or leading or again:
            _blank_person(words, reading, mention.first, mention.last, lexicon, named=named)
    for look in reading.of("looks", "traits"):
        if moment.mentions:
            _blank_look(words, reading, look, lexicon)
    # 3. Verbs become participles, as captions have them.
    for hit in reading.of("actions", "emotions"):
        _participle(words, reading, hit)
    for hit in reading.of("sizes", "angles", "moves"):
        words[hit.first : hit.last + 1] = [None] * (hit.last - hit.first + 1)
    for hit in reading.of("speech"):
        if moment.lines:
            words[hit.first : hit.last + 1] = [None] * (hit.last - hit.first + 1)
    # 4. One clause of bounded length.
    text = _rejoined(words, reading)
    main = _SUBORDINATE.sub("", text.strip(" ,"))
    return _clause(main if lexicon.read(main).of("actions", "emotions") else text, lexicon)


def _opens(words: Sequence[str | None], reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether nothing but articles, adjectives and opening words stands before."""
    described = {
        i
        for each in reading.of("qualities", "traits", "looks")
        for i in range(each.first, each.last + 1)
    }
    passing = lexicon.lists["articles"] | lexicon.lists["opening"]
    described |= {i for each in reading.of("speech") for i in range(each.first, each.last + 1)}
    return all(
        words[i] is None or reading.word(i) in passing or i in described for i in range(index)
    )


def _blank_person(
    words: list[str | None],
    reading: Reading,
    first: int,
    last: int,
    lexicon: Lexicon,
    *,
    named: bool,
) -> None:
    described = {
        i for each in reading.of("qualities", "traits", "looks") for i in (each.first, each.last)
    }
    index = first - 1
    while index >= 0 and (reading.word(index) in lexicon.lists["articles"] or index in described):
        words[index] = None
        index -= 1
    if named and index >= 0 and reading.word(index) in (*lexicon.lists["to_somebody"], "and"):
        words[index] = None
    for index in range(first, last + 1):
        words[index] = None
    if reading.word(last + 1) == "'s":
        words[last + 1] = None


def _blank_look(words: list[str | None], reading: Reading, look: Hit, lexicon: Lexicon) -> None:
    described = {i for each in reading.of("qualities") for i in (each.first, each.last)}
    index = look.first - 1
    while index >= 0 and index in described:
        index -= 1
    adjectives = index < look.first - 1
    if reading.word(index) in lexicon.lists["articles"]:
        index -= 1
    if reading.word(index) in (*lexicon.lists["wear"], "and"):
        index -= 1
    elif not adjectives:
        return  # "takes the coat": the coat is what is taken
    words[index + 1 : look.last + 1] = [None] * (look.last - index)


def _blank_time(words: list[str | None], reading: Reading, hit: Hit, lexicon: Lexicon) -> None:
    index = hit.first - 1
    described = {i for each in reading.of("qualities") for i in (each.first, each.last)}
    passing = lexicon.lists["articles"] | _WHICH
    while index >= 0 and (reading.word(index) in passing or index in described):
        index -= 1
    if index < 0 or reading.word(index) in _TIME_WORDS:
        words[max(0, index) : hit.last + 1] = [None] * (hit.last + 1 - max(0, index))


def _blank_opening_place(
    words: list[str | None], reading: Reading, place: str, lexicon: Lexicon
) -> None:
    """Drop a place that opens the sentence: the prompt has it as the setting."""
    for hit in reading.of("places")[:1]:
        index = hit.first - 1
        described = {i for each in reading.of("qualities") for i in (each.first, each.last)}
        while index >= 0 and (
            reading.word(index) in lexicon.lists["articles"] or index in described
        ):
            index -= 1
        opens = not any(words[: max(0, index)]) and index >= 0
        if hit.value == place and opens and reading.word(index) in lexicon.lists["located"]:
            words[index : hit.last + 1] = [None] * (hit.last + 1 - index)


def _participle(words: list[str | None], reading: Reading, hit: Hit) -> None:
    if hit.kind == "emotions" and not hit.value.endswith("ing"):
        return
    before = reading.word(hit.first - 1)
    if before in _BEING:
        if not reading.word(hit.last).endswith("ing"):
            return  # "was carried": somebody else did it
        words[hit.first - 1] = None
    if before in _AUXILIARIES or any(words[i] is None for i in range(hit.first, hit.last + 1)):
        return
    if hit.kind == "emotions" and reading.word(hit.first) in ("tears", "joy", "happy", "happily"):
        return
    if before in _SUBJECTS:
        words[hit.first - 1] = None
    words[hit.first] = hit.value
    for index in range(hit.first + 1, hit.last + 1):
        words[index] = None


def _rejoined(words: list[str | None], reading: Reading) -> str:
    """Put the words back between the punctuation that stood around them."""
    parts: list[str] = []
    position = 0
    for word, origin in zip(words, reading.words, strict=True):
        parts.append(reading.text[position : origin.start])
        parts.append(word or "")
        position = origin.end
    parts.append(reading.text[position:])
    return "".join(parts)


def _clause(text: str, lexicon: Lexicon) -> str:
    text = text.replace("’", "'").replace("–", "-").replace("—", ", ")
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    plain = _NOT_ASCII.sub(" ", plain)
    plain = re.sub(r"[\"()\[\]{}<>|\\^*_~`#]", " ", plain)
    plain = re.sub(r"\s*-\s+|\s+-\s*", " ", " ".join(plain.split()))
    plain = re.sub(r"\s*[,;:.!?]+(?:\s*[,;:.!?]+)*", ", ", plain).strip(" ,")
    parts = [part for each in plain.split(",") if (part := _trimmed(each, lexicon))]
    text = ", ".join(parts)
    words = text.split()
    if len(words) > _MOST_WORDS:
        cuts = [m.start() for m in _CUTS.finditer(text)]
        fitting = [cut for cut in cuts if 3 <= len(text[:cut].split()) <= _MOST_WORDS]
        text = text[: fitting[-1]] if fitting else " ".join(words[:_MOST_WORDS])
        text = _trimmed(text, lexicon)
    return text[:1].lower() + text[1:]


def _trimmed(part: str, lexicon: Lexicon) -> str:
    """Take off the words that only joined the part to others."""
    words = part.split()
    lowered = " ".join(words).lower() + " "
    openings = _openings(lexicon.language)
    if lowered.startswith(openings):
        opening = next(each for each in openings if lowered.startswith(each))
        words = words[len(opening.split()) :]
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    while words and words[-1].lower() in _TRAILING:
        words.pop()
    return " ".join(words)


@functools.lru_cache(maxsize=3)
def _openings(language: str) -> tuple[str, ...]:
    words = lexicon_of(language)
    return tuple(f"{each} " for each in (*words.phrases["opening"], *words.breaks))


# Other languages


def _composed(moment: Moment, lexicon: Lexicon) -> str:
    """Put canonical words together: "walking", "looking at a boat", "talking, smiling"."""
    reading, facts = moment.reading, canon()
    living = bool(moment.people) or bool(facts.animals & set(moment.props))
    actions: list[str] = []
    for hit in reading.of("actions"):
        if not living or hit.value in actions or len(actions) == 2:
            continue
        thing = _object(reading, hit, lexicon)
        verb = facts.with_object.get(hit.value)
        actions.append(f"{verb} {facts.article(thing)}" if thing and verb else hit.value)
    if not actions and moment.lines:
        speech = reading.of("speech")
        actions.append(speech[0].value if speech else "talking")
    emotions = [hit.value for hit in reading.of("emotions")][:1] if living else []
    # Things before people's names: an empty place has no one to stand in it.
    if not actions and not moment.people and not emotions:
        if moment.props:
            return ""
        return f"view of the {moment.setting.place}" if moment.setting.place else _FALLBACK
    if not actions:
        actions.append(_FALLBACK)
    return ", ".join(dict.fromkeys([*actions, *emotions]))


def _object(reading: Reading, action: Hit, lexicon: Lexicon) -> str:
    """The thing next to a verb, on the side where the language puts objects."""
    things = reading.of("props")
    for hit in things if lexicon.language != "kk" else reversed(things):
        behind = hit.first - action.last if lexicon.language != "kk" else action.first - hit.last
        if 0 < behind <= _OBJECT_NEAR:
            return hit.value
    return ""
