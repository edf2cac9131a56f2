"""Prompting: what happens in a beat, in English, for the text encoders."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.story.ages import ages
from storyboard.story.coverage import prompted_view
from storyboard.story.grammar.captions import caption
from storyboard.story.grammar.english_clauses import english_clauses
from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.parse import parse_english
from storyboard.story.lexicon import canon
from storyboard.story.lexicon import lexicon as lexicon_of
from storyboard.story.sentences import is_remark
from storyboard.story.translation import plural, translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.story.grammar.clause import Clause, Phrase
    from storyboard.story.lexicon import Hit, Lexicon, Reading
    from storyboard.story.moments import Beat, Moment

__all__ = ["prompt_action"]

_MOST_WORDS = 18
_MOST_PROPS = 4
_FALLBACK = "standing"
_SUBJECTS = frozenset("he she they we i who it you this that these those".split())
_OF_SEVERAL = re.compile(
    r"(?:both|neither|none|all|each|one|two|three)(?: of (?:them|us))?|nobody|no one|nothing",
    re.IGNORECASE,
)
_KINDS = {"female": "woman", "male": "man"}
_OWNERS = {"female": "her", "male": "his"}
_TITLE = re.compile(r"\b(?:Mrs?|Ms|Dr)\.?\s+", re.IGNORECASE)
_LEADING = frozenset(
    "he she they we i it's who which that and then but so was were is are am had has have been as "
    "while when of".split()
)
_TRAILING = frozenset(
    "and but or the a an to with of at in on for from by as while until then who that her his "
    "their into like when where".split()
)
_PUTTING = re.compile(r"\b(?:put|puts|putting|pull|pulls|pulled|slips?|tries|tried)\s*$")
"""Verbs behind which clothes are what is done, "puts on his glasses"."""
_CUTS = re.compile(r"[,;:—–()\"“”]| (?:and|while|until|when|but|as|because|where|which|who) ")
_NOT_ASCII = re.compile(r"[^ -~]+")


def prompt_action(beat: Beat, lexicon: Lexicon) -> str:
    """Say in English what a beat shows; never empty.

    English text keeps its own clause, without names, dialogue and time of day, its verbs as
    participles. Russian and Kazakh are composed of what the lexicon knows. What happens around it
    and things of the whole beat follow, where the clause does not name them.
    """
    key = beat.key
    talking = bool(key.lines) and is_remark(key.reading.text, lexicon)
    own = lexicon.language == "en" and not (talking and not key.reading.of("actions", "emotions"))
    text = _english(key, lexicon) if own else ""
    if not text and own and not key.lines:
        others = sorted(beat.moments, key=lambda each: -each.weight)
        text = next(filter(None, (_english(each, lexicon) for each in others)), "")
    text = text or _composed(key, lexicon)
    if beat.view.kind != "action":
        text = prompted_view(beat.view, text or _FALLBACK)
    if beat.view.kind == "establish":
        return text
    text = _with_surroundings(text, beat, lexicon)
    props = [prop for moment in (key, *beat.moments) for prop in moment.props]
    return _with_props(text, dict.fromkeys(props), key, lexicon) or _FALLBACK


def _with_surroundings(text: str, beat: Beat, lexicon: Lexicon) -> str:
    """Add what other sentences tell of the same place, but for what people do: "snow falling"."""
    key = beat.key
    for each in beat.moments:
        if each is key or each.lines or each.setting.place != key.setting.place:
            continue
        around = _around(each, lexicon)
        longer = ", ".join(filter(None, (text, around)))
        if around and around not in text and len(longer.split()) <= _MOST_WORDS:
            text = longer
    return text


def _around(moment: Moment, lexicon: Lexicon) -> str:
    """What a moment tells of animals, things and the weather."""
    if lexicon.language != "en":
        told = "" if moment.people else translated(moment, lexicon)
        return "" if told.partition(" ")[0].endswith("ing") else told  # nobody known does it
    if not moment.people:
        return _english(moment, lexicon)
    return _clause(_bounded(_captions(moment, around=True) or []), lexicon)


def _with_props(text: str, props: Iterable[str], key: Moment, lexicon: Lexicon) -> str:
    named = {hit.value for hit in lexicon.read(text).of("props")} if text else set()
    if lexicon.language != "en":
        named = {
            each for each in props if re.search(rf"\b(?:{re.escape(each)}|{plural(each)})\b", text)
        }
    own = canon().parts if key.people else ()  # a hand belongs to somebody who is there
    missing = [each for each in props if each not in named and each not in text and each not in own]
    missing = missing[:_MOST_PROPS]
    if not missing:
        return text
    things = [canon().article(each) for each in missing]
    listed = things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]
    if not text:
        return f"{_FALLBACK}, with {listed}" if key.people else listed
    return f"{text}, with {listed}"


# English


def _english(moment: Moment, lexicon: Lexicon) -> str:
    """The clauses of a sentence as captions; without a verb, the things that it names."""
    told = _captions(moment)
    if told is None:
        return _clause(_verbless(moment), lexicon)
    return _clause(_bounded(told), lexicon)


_DIRECTION = re.compile(
    r"^(?:angle on|close on|close[ -]?up(?: of| on)?|insert|on|pov)\b[\s:—–-]*", re.IGNORECASE
)
"""How scripts call what the camera looks at."""
_CUT_TO = re.compile(r"(?:(?:smash|hard|match) )?cut to\b[\s:—–-]*", re.IGNORECASE)


def _captions(moment: Moment, *, around: bool = False) -> list[str] | None:
    """A caption for each clause that is seen; None where the sentence has no clause.

    Args:
        moment: Whose sentence it is.
        around: Only for clauses about what is around the people.
    """
    found = english_clauses(parse_english(moment.reading.text))
    if not found or _CUT_TO.match(moment.reading.text):
        return None
    if found[0].agent is None:
        found = (_with_agent(moment, found[0]), *found[1:])
    spoken = _starts(moment.reading, "speech") if moment.lines else frozenset()
    told: list[str] = []
    agent = ""
    for clause in found:
        if clause.start in spoken:
            continue
        who = clause.agent.words if clause.agent else ""
        cast = _is_cast(moment, clause.agent)
        if around and cast:
            continue
        named = who != agent and not cast
        words = caption(
            clause,
            subject=named,
            drop=lambda phrase: _is_elsewhere(moment, phrase),
            plain=lambda phrase: _plain(moment, phrase),
        )
        if words:
            told.append(words if not told or who != agent else f"and {words}")
            agent = who
    return told


def _with_agent(moment: Moment, clause: Clause) -> Clause:
    """The first clause of what was cut off, with who does it: "… stares at the valley"."""
    whole = english_clauses(parse_english(moment.sentence.narration))
    agents = (each.agent for each in whole if each.form == clause.form and each.agent)
    agent = next(agents, None)
    if agent is not None and (kind_of(agent.noun) in ("person", "perhaps") or not agent.noun):
        return clause
    if agent is not None and any(each in agent.words for each in moment.people):
        return clause
    return replace(clause, agent=replace(agent, start=-1, end=-1)) if agent else clause


def _bounded(told: list[str]) -> str:
    """As many captions as fit into a prompt, at least one."""
    text = told[0] if told else ""
    for each in told[1:]:
        longer = f"{text} {each}" if each.startswith("and ") else f"{text}, {each}"
        if len(longer.split()) > _MOST_WORDS:
            break
        text = longer
    return text


def _verbless(moment: Moment) -> str:
    """The words of a sentence without a verb, such as "Rows of empty desks"."""
    reading = moment.reading
    gone = [
        (hit.first, hit.last)
        for hit in reading.of("sizes", "angles", "moves", "times")
        if hit.kind != "times" or (hit.value in moment.setting.time and not _leads(reading, hit))
    ]
    gone += [
        (each.first, each.last + (reading.word(each.last + 1) == "'s"))
        for each in moment.mentions
        if each.person.named
    ]
    dropped = {index for first, last in gone for index in range(first, last + 1)}
    text = reading.text
    for index in sorted(dropped, reverse=True):
        text = text[: reading.words[index].start] + text[reading.words[index].end :]
    return _DIRECTION.sub("", _CUT_TO.sub("", text.lstrip(" .,:—–-")))


def _leads(reading: Reading, hit: Hit) -> bool:
    """Whether a sentence begins with words that others explain: "moonlight on the water"."""
    behind = reading.text[reading.words[hit.last].end :].lstrip()
    return hit.first == 0 and behind[:1].isalpha()


def _starts(reading: Reading, *kinds: str) -> frozenset[int]:
    return frozenset(
        reading.words[index].start
        for hit in reading.of(*kinds)
        for index in range(hit.first, hit.last + 1)
    )


def _within(reading: Reading, first: int, last: int, phrase: Phrase) -> bool:
    return phrase.start <= reading.words[first].start and reading.words[last].end <= phrase.end


def _is_cast(moment: Moment, phrase: Phrase | None) -> bool:
    """Whether a subject is somebody whom the prompt describes anyway."""
    if phrase is None:
        return True
    if phrase.words.lower() in _SUBJECTS or _OF_SEVERAL.fullmatch(phrase.words):
        return True
    reading = moment.reading
    for each in moment.mentions:
        if _within(reading, each.first, each.last, phrase) and not each.pronoun:
            owner = reading.word(each.last + 1) == "'s"
            if not owner and reading.words[each.last].text.lower() in phrase.words.lower():
                name = reading.span(each.first, each.last).lower()
                return phrase.noun.lower() in name or phrase.words.lower().endswith(name)
    return False


def _is_elsewhere(moment: Moment, phrase: Phrase) -> bool:
    """Whether the prompt has a phrase already: as the time, the setting or somebody's looks."""
    reading, setting = moment.reading, moment.setting
    for hit in reading.of("times"):
        if hit.value in setting.time and _within(reading, hit.first, hit.last, phrase):
            return phrase.role != "object"
    spans = ages(reading.text, "en") if moment.mentions else ()
    if any(start <= phrase.start and phrase.end <= end for start, end, _ in spans):
        return True
    if phrase.role in ("at", "to") and phrase.start == 0:
        return any(
            hit.value == setting.place and _within(reading, hit.first, hit.last, phrase)
            for hit in reading.of("places")
        )
    putting = _PUTTING.search(reading.text[: max(phrase.start, 0)])
    if moment.mentions and phrase.role in ("at", "instrument") and not putting:
        looks = [each for each in reading.of("looks") if each.last < len(reading.words)]
        return any(
            reading.words[each.last].text.lower() == phrase.words.split()[-1].lower()
            and _within(reading, each.first, each.last, phrase)
            for each in looks
        )
    return False


def _plain(moment: Moment, phrase: Phrase) -> str:
    """A phrase in which people are what they are, because no text encoder knows their names."""
    reading, words = moment.reading, phrase.words
    for each in moment.mentions:
        if each.pronoun or not _within(reading, each.first, each.last, phrase):
            continue
        name = reading.span(each.first, each.last)
        if each.person.named and reading.words[each.first].text[0].isupper():
            kind = each.person.noun or _KINDS.get(each.person.gender, "person")
            words = words.replace(f"{name}'s", _OWNERS.get(each.person.gender, "their"))
            words = words.replace(f"{name}’s", _OWNERS.get(each.person.gender, "their"))
            words = words.replace(name, f"the {kind}")
    return _TITLE.sub("", words)


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
    if words[-1:] == ["behind"] and "behind" in words[:-1]:
        words.pop()  # "from behind a pillar behind her"
    return " ".join(words)


@functools.lru_cache(maxsize=3)
def _openings(language: str) -> tuple[str, ...]:
    words = lexicon_of(language)
    return tuple(f"{each} " for each in (*words.phrases["opening"], *words.breaks))


# Other languages


def _composed(moment: Moment, lexicon: Lexicon) -> str:
    """Put English words together where there is no English clause: "walking", "view of the sea"."""
    told = translated(moment, lexicon) if lexicon.language != "en" else ""
    if told:
        return told
    reading = moment.reading
    if moment.lines:
        speech = reading.of("speech")
        said = {hit.first for hit in speech}  # "cried the mouse" weeps no tears
        feeling = [hit.value for hit in reading.of("emotions") if hit.first not in said][:1]
        manner = next((hit.value for hit in speech if hit.value != "talking"), "talking")
        return ", ".join([manner, *feeling])
    if moment.people:
        feelings = [hit.value for hit in reading.of("emotions")][-2:]
        return ", ".join([*([] if feelings else [_FALLBACK]), *feelings])
    # Things before people's names: an empty place has no one to stand in it.
    if moment.props:
        return ""
    return f"view of the {moment.setting.place}" if moment.setting.place else "an empty scene"
