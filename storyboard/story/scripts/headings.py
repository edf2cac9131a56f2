"""Scene headings of a script: interior or exterior, the place, the time of day."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.story.grammar.kazakh import kazakh_understood
from storyboard.story.grammar.russian import russian_understood
from storyboard.story.grammar.russian_forms import may_act
from storyboard.story.language import detect_language
from storyboard.story.lexicon import canon, lexicon
from storyboard.story.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.lexicon import Hit, Lexicon, Reading
    from storyboard.story.sentence import Sentence

__all__ = ["Heading", "headed_settings", "read_heading"]

_LONGEST = 250
_MOST_WORDS = 5
_SIDES = {
    **dict.fromkeys(("INT", "INTERIOR", "ИНТ", "ИНТЕРЬЕР", "ПАВ", "ПАВИЛЬОН"), "interior"),
    **dict.fromkeys(("EXT", "EXTERIOR", "НАТ", "НАТУРА", "ЭКСТ", "ЭКСТЕРЬЕР"), "exterior"),
    **dict.fromkeys(("EST", "I/E", "E/I"), ""),
}
_LONG = frozenset(each for each in _SIDES if len(each) > len("ЭКСТ"))
_SIDE = "|".join(sorted(map(re.escape, _SIDES), key=len, reverse=True))
_HEADING = re.compile(
    r"(?:(?P<number>[A-Z]{0,2}\d[\w.-]{0,6}?)[.)]?\s+)?"  # of the scene, in the left margin
    rf"(?P<side>(?:{_SIDE})(?:\.?\s?[/-]\s?(?:{_SIDE})(?=[.:\s]))?)"
    r"(?P<dot>[.:])?(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*#([^#\s]{1,20})#\s*$")
_RIGHT_MARGIN = re.compile(r"\s{3,}([A-Z]{0,2}\d[\w.-]{0,6})$")
_BRACKETS = re.compile(r"\([^()]*\)")
_SEGMENTS = re.compile(
    r"\s*[—–]\s*|\s+-+\s*|\s*-+\s+|(?<!\bDR)(?<!\bMR)(?<!\bMRS)(?<!\bST)[.,;:]\s+|\s*/\s*|[.,;:]+$",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(r"^.*['’]s\s+(?=\S)|^\S+s['’]\s+(?=\S)", re.IGNORECASE)
_SAME_TIME = re.compile(
    r"(?:(?:moments?|minutes?|hours?|days?|weeks?|months?|years?|a|an|the|few|some|much|\d+)\s+)*"
    r"(?:continuous|later|earlier|same(?:\s+time)?|same\s+day|resuming|present|"
    r"flashback|montage|intercut|established|establishing)"
    r"|(?:(?:чуть|немного|через|час|минуту)\s+)*(?:позже|позднее)"
    r"|продолжение|непрерывно|тогда\s+же|то\s+же(?:\s+время)?|там\s+же|в\s+то\s+же\s+время"
    r"|флешб[еэ]к|кейін|сол\s+уақытта|жалғасы",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a scene heading says.

    Attributes:
        side: "interior", "exterior", or empty where it is both or unsaid.
        words: The rest: place and time, as the script has them.
        number: Of the scene, such as "12A"; empty where the script does not number it.
    """

    side: str
    words: str
    number: str = ""

    @property
    def text(self) -> str:
        """The heading without its number, the same however interior and exterior are written."""
        return " ".join(filter(None, (self.side, self.words)))

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of `words` between dashes and full stops, without what is in brackets."""
        plain = _BRACKETS.sub(" ", self.words)
        parts = (" ".join(each.split()) for each in _SEGMENTS.split(plain))
        return tuple(each for each in parts if any(c.isalnum() for c in each))


def read_heading(line: str, *, alone: bool = False, forced: bool = False) -> Heading | None:
    """Read a line as a scene heading; None if it is none.

    Args:
        line: One line of a script.
        alone: Whether empty lines surround it. Then "int house" will do; elsewhere the letters
            must be capital ones, because prose has "Ext. 204" in it.
        forced: Whether the script says that it is a heading.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST or not _has_words(line, forced=forced):
        return None
    told = _NUMBER.search(line)
    line = _NUMBER.sub("", line)
    found = _HEADING.fullmatch(line)
    heading = _place_first(line) or (Heading("", line) if forced else None)
    if found and _is_sure(found, line, alone=alone or forced):
        number, rest = found["number"] or "", found["rest"].strip()
        # Production scripts have the number in the right margin, too, or only there.
        right = _RIGHT_MARGIN.search(rest)
        if number and rest.split()[-1:] == [number]:
            rest = rest.removesuffix(number).rstrip()
        elif right and not number:
            number, rest = right[1], rest[: right.start()]
        heading = Heading(_side(found["side"]), rest, number)
    return replace(heading, number=told[1]) if heading and told else heading


def _has_words(line: str, *, forced: bool) -> bool:
    """Whether something can be a place; ".1984" is one, too."""
    return any(each.isalpha() or (forced and each.isdecimal()) for each in line)


def _is_sure(found: re.Match[str], line: str, *, alone: bool) -> bool:
    rest, dot = found["rest"], bool(found["dot"])
    if not any(each.isalpha() for each in rest) or not (dot or rest[:1].isspace()):
        return False
    if alone and (dot or found["side"].upper() not in _LONG):
        return True  # "int kitchen", between empty lines
    if not found["side"].isupper():
        return False
    # INT KITCHEN is a heading, INTERIOR DESIGN is none.
    return dot or (line == line.upper() and found["side"] not in _LONG)


def _place_first(line: str) -> Heading | None:
    """The other Russian order: "КУХНЯ. ИНТ. НОЧЬ"."""
    if line != line.upper() or not re.search("[А-ЯЁ]", line):
        return None
    segments = list(Heading("", line).segments)
    found = next((each for each in segments[1:] if each in _SIDES), None)
    if found is None:
        return None
    segments.remove(found)
    return Heading(_SIDES[found], " - ".join(segments))


def _side(text: str) -> str:
    if text.upper() in _SIDES:
        return _SIDES[text.upper()]
    told = {_SIDES.get(each.strip(" ."), "") for each in re.split("[/-]", text.upper())}
    return told.pop() if len(told) == 1 else ""


def headed_settings(
    sentences: Sequence[Sentence],
    readings: Sequence[Reading],
    headings: Sequence[Heading | None],
    words: Lexicon,
) -> tuple[Setting, ...]:
    """Say where and when each sentence of a script happens: where its heading says, and then.

    A heading without a time of day ("CONTINUOUS") keeps the time of the scene before. Rain, snow
    and fog that only the action tells of hold for the whole exterior scene.

    Args:
        sentences: In reading order; ``part`` counts `headings`.
        readings: Of the sentences.
        headings: One a scene; None where a text begins before its first heading.
        words: Lexicon of the script's language.
    """
    told: dict[int, list[str]] = {}
    for sentence, reading in zip(sentences, readings, strict=True):
        told.setdefault(sentence.part, []).extend(hit.value for hit in reading.of("times"))
    scenes: list[Setting] = []
    for number, heading in enumerate(headings):
        hour = scenes[-1].time.split(", ")[0] if scenes else ""
        hour = "" if hour in canon().weather else hour
        scenes.append(_setting(heading, told.get(number, []), hour, words))
    settings: list[Setting] = []
    for index, sentence in enumerate(sentences):
        scene = scenes[sentence.part]
        opens = index == 0 or sentence.part != sentences[index - 1].part
        cut = opens and index > 0
        settings.append(Setting(scene.place, scene.detail, scene.time, cut=cut, headed=opens))
    return tuple(settings)


def _setting(heading: Heading | None, told: list[str], hour: str, words: Lexicon) -> Setting:
    if heading is None:
        return Setting()
    segments = list(heading.segments)
    known = {each: _lexicon(each, words) for each in segments}

    # 1. When: a segment that says nothing else, or else a word among the others.
    readings = {each: _read(each, known[each]) for each in segments}
    pure = [
        each
        for each in segments
        if _SAME_TIME.fullmatch(each)
        or (readings[each].of("times") and not readings[each].of("places", "props"))
    ]
    times = [hit.value for each in pure or segments for hit in readings[each].of("times")]
    places = [each for each in segments if each not in pure]

    # 2. Where: the last segment is the nearest, the one before says of what.
    named = [_place(readings[each], each, known[each]) for each in places]
    named = [each for each in named if each[1]][-2:]
    place, detail = named[-1] if named else (heading.side, heading.side)
    if named and heading.side and heading.side != _natural(place):
        detail = f"{detail} {heading.side}"
    if len(named) == 2 and named[0][1] not in detail:
        detail = f"{detail}, {named[0][1]}"
    return Setting(place, detail, _time(times, told, heading.side, hour))


def _lexicon(segment: str, words: Lexicon) -> Lexicon:
    """Many Russian scripts have English headings, and the other way round."""
    if segment.isascii():
        return lexicon("en")
    return words if words.language != "en" else lexicon(detect_language(segment))


def _read(segment: str, known: Lexicon) -> Reading:
    """A segment with the places that only the larger dictionaries have."""
    reading = known.read(segment)
    if known.language == "en":
        return reading
    return (russian_understood if known.language == "ru" else kazakh_understood)([reading])[0]


def _natural(place: str) -> str:
    """The side of which a place is known anyway; empty for places of which the lexicon has none."""
    if place in canon().indoors:
        return "interior"
    return "exterior" if place in canon().outdoors else ""


def _place(reading: Reading, segment: str, known: Lexicon) -> tuple[str, str]:
    """The canonical place of a segment, and the English words for it; both may be empty."""
    hits = reading.of("places") or reading.of("props")
    own = _english(segment) if known.language == "en" else ""
    if not hits:
        return own, own
    # The last noun is the place, but in Russian "двор дома", the yard of a house, the first.
    named = (each for each in hits if known.language == "ru" and _leads(reading, each))
    hit = next(named, hits[-1])
    qualities = [each for each in reading.of("qualities") if each.last == hit.first - 1]
    said = hit.last - hit.first + 1 + sum(each.last - each.first + 1 for each in qualities)
    if own in known.lists["own_places"] or (own and len(own.split()) > said):
        return hit.value, own  # "lighthouse lamp room" is more than a room
    # "red red square": a quality that the place has in its name already is not said twice.
    adjectives = [each.value for each in qualities if each.value not in hit.value]
    return hit.value, " ".join([*adjectives, hit.value])


def _leads(reading: Reading, hit: Hit) -> bool:
    """Whether a Russian noun may stand in the nominative: "двор" may, "котельной" may not."""
    word = reading.word(hit.last)
    return any(may_act(word, plural=several) for several in (False, True))


def _english(segment: str) -> str:
    """Plain words for the text encoder: no names of owners, no numbers of rooms."""
    letters = unicodedata.normalize("NFKD", _POSSESSOR.sub("", segment).replace("’", "'"))
    plain = re.sub(r"[^a-z'\s-]", "", letters.encode("ascii", "ignore").decode().lower())
    numbered = {each.lower() for each in segment.split() if any(c.isdigit() for c in each)}
    dropped = {re.sub(r"[^a-z'-]", "", each) for each in numbered} | {"the", "a", "an", "no"}
    words = [each.strip("'-") for each in plain.split() if each not in dropped]
    return " ".join(each for each in words[:_MOST_WORDS] if each)


def _time(times: list[str], told: list[str], side: str, before: str) -> str:
    """The heading's time of day and weather, completed by what the action tells of."""
    sky = canon().weather
    light = next((each for each in times if each not in sky), "")
    weather = next((each for each in times if each in sky), "")
    if not light:
        light = before or next((each for each in told if each not in sky), "")
    if not weather and side == "exterior":
        weather = next((each for each in told if each in sky), "")
    if not weather:
        return light
    return weather if light in ("", "day") else f"{light}, {weather}"
