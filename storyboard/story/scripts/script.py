"""A film script as the planner reads it: paragraphs with their scenes, and cues with speakers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.story.language import detect_language
from storyboard.story.lexicon import fold
from storyboard.story.scripts.fountain import read_fountain
from storyboard.story.scripts.headings import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.story.scripts.fountain import Element
from storyboard.story.cue import Cue

__all__ = ["Script", "read_script"]


_MOST_PEOPLE = 100
"""Speakers beyond these are named in the dialogue, but are nobody's looks."""


_EXTENSION = re.compile(r"\(([^()]*)\)")


_UNSEEN = re.compile(
    r"V\.?\s?O\.?|O\.?\s?[SC]\.?|VOICE|FILTERED|ON (?:THE )?(?:PHONE|RADIO|TV)|INTO PHONE"
    r"|З\.?\s?К\.?|Г\.?\s?З\.?\s?К\.?|ЗА КАДРОМ|ГОЛОС|В\.?\s?О\.?|КАДР СЫРТЫНАН",
    re.IGNORECASE,
)


_VOICE_OF = re.compile(r"ГОЛОС\s.+|.+\sVOICE|VOICE OF\s.+|.+\sДАУЫСЫ", re.IGNORECASE)


_BODILESS = frozenset(
    "narrator announcer voice all both everyone everybody together chorus crowd radio tv intercom "
    "computer phone рассказчик диктор голос все вместе хор толпа радио телевизор компьютер "
    "баяндаушы дауыс барлығы".split()
)


_AT_ONCE = {"en": "at the same time", "ru": "одновременно", "kk": "бір мезгілде"}
"""Of two who speak at once; by the language of the script."""


_AND = re.compile(r"\s*[/,&+]\s*|\s+(?:AND|И|ЖӘНЕ)\s+", re.IGNORECASE)


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


_LOWER = "a-zа-яёәғқңөұүһі"


_INTRODUCED = re.compile(
    rf"(?<!\S)(?P<name>[^\W\d_{_LOWER}][^\s(),.]{{1,30}}"
    rf"(?: [^\W\d_{_LOWER}][^\s(),.]{{1,30}}){{0,2}}) \((?P<about>[^()]{{0,60}}\d[^()]{{0,60}})\)"
)


_TITLE = re.compile(r"(?:mrs?|ms|dr)\.? ")
_CAPITALS = rf"[^\W\d_{_LOWER}][^\s\d(),.{_LOWER}]{{1,30}}"
_BETWEEN_COMMAS = re.compile(
    rf"(?<!\S)(?P<name>{_CAPITALS}(?: {_CAPITALS}){{0,2}}), "
    r"(?P<age>(?:(?:early|mid|late)[\s-]+)?\d{1,3}(?:['’]?s| лет| года?)?)(?=,)",
)
"""DANNY REYES, 17, leans on the railing: the same without brackets."""


_AGE = re.compile(
    r"(?P<part>(?:early|mid|late)[\s-]+)?(?P<years>\d{1,3})(?P<decade>['’]?s)?"
    r"(?:[\s-]?(?:years?[\s-]old|y\.?\s?o\.?|лет|года?|жас(?:та)?))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Script:
    """A script as the planner reads it.

    Attributes:
        title: From its title page; may be empty.
        paragraphs: Action and speech, each on one line.
        parts: For each paragraph, the number of its scene.
        cues: For each paragraph, who speaks it; None for action.
        notes: For each paragraph, what its author notes of it; may be empty.
        headings: For each scene, its heading; None before the first.
        people: Names of those who speak in the picture.
        named: All names that the script itself tells: cues, and "TOM (40)" in the action.
        ages: Name and age, for those whom the action introduces so.
        aliases: A longer name, and the one of the cues: "Tom Gray", "Tom".
    """

    title: str
    paragraphs: tuple[str, ...]
    parts: tuple[int, ...]
    cues: tuple[Cue | None, ...]
    notes: tuple[str, ...]
    headings: tuple[Heading | None, ...]
    people: tuple[str, ...]
    named: tuple[str, ...]
    ages: tuple[tuple[str, str], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()

    def called(self, given: Sequence[str]) -> Script:
        """The script with the user's names for those who have one: MIRA is "Mira Stone"."""
        known = {fold(word): name for name in reversed(given) for word in (*name.split(), name)}
        names = {each: known.get(fold(each), each) for each in (*self.people, *self.named)}
        ages = ((names.get(name, name), age) for name, age in self.ages)
        cues = (
            each
            and replace(
                each,
                speaker=names.get(each.speaker, each.speaker),
                seen=tuple(names.get(name, name) for name in each.seen),
            )
            for each in self.cues
        )
        return replace(
            self,
            cues=tuple(cues),
            people=_once(names[each] for each in self.people),
            named=_once(names[each] for each in self.named),
            ages=tuple(ages),
            aliases=tuple((longer, names.get(name, name)) for longer, name in self.aliases),
        )


def read_script(text: str) -> Script:
    """Read a script in Fountain, or one that was pasted from anywhere.

    A scene of which nothing is told but its heading keeps a paragraph: its place.

    Args:
        text: Cleaned by the manuscript's reader.
    """
    found = read_fountain(text)
    names = _Names(found.elements)
    language = detect_language(text)
    told: list[_Paragraph] = []
    headings: list[Heading | None] = [None]
    bare: Element | None = None
    before: Element | None = None
    for element in found.elements:
        if element.heading is not None:
            told += [_of_place(headings, bare)] if bare else []
            headings.append(element.heading)
            bare = before = element
            continue
        cue = None if element.cue is None else names.cue(element.cue)
        words = names.introduce(element.text) if cue is None else element.text
        other = names.cue(before.cue) if element.dual and before and before.cue else None
        note = _note(element, cue, other, language)
        told.append(_Paragraph(words, len(headings) - 1, cue, note))
        bare, before = None, element
    told += [_of_place(headings, bare)] if bare else []
    if not any(each.part == 0 for each in told) and len(headings) > 1:
        headings = headings[1:]
        told = [replace(each, part=each.part - 1) for each in told]
    return Script(
        title=found.title,
        paragraphs=tuple(each.words for each in told),
        parts=tuple(each.part for each in told),
        cues=tuple(each.cue for each in told),
        notes=tuple(each.note for each in told),
        headings=tuple(headings),
        people=tuple(names.seen),
        named=tuple(names.all),
        ages=tuple(names.ages.items()),
        aliases=names.aliases,
    )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    words: str
    part: int
    cue: Cue | None
    note: str


def _note(element: Element, cue: Cue | None, other: Cue | None, language: str) -> str:
    """What a panel's note says: the author's notes, how a line is spoken, and with whose."""
    lines = list(element.notes)
    speaker = cue.speaker if cue else ""
    lines += [" ".join(filter(None, (speaker, f"({each})"))) for each in element.manners if each]
    if cue and other:
        lines.append(f"{other.speaker} + {speaker}: {_AT_ONCE[language]}")
    return "\n".join(lines)


def _of_place(headings: list[Heading | None], bare: Element) -> _Paragraph:
    heading = headings[-1]
    assert heading is not None  # only a heading leaves a scene bare
    words = ", ".join(heading.segments) or " ".join(_WORD.findall(heading.words))
    note = "\n".join(bare.notes)
    return _Paragraph(words.capitalize() + ".", len(headings) - 1, None, note)


class _Names:
    """The people of a script, as its cues name them."""

    def __init__(self, elements: Sequence[Element]) -> None:
        action = [_with_brackets(each.text) for each in elements if each.cue is None]
        words = (word for text in action for word in _WORD.findall(text))
        # "McDonald" in the action tells how MCDONALD is written.
        self._spelled = {
            fold(each): each for each in words if each[0].isupper() and each != each.upper()
        }
        cues = [each.cue for each in elements if each.cue]
        self._single = {fold(_bare(each)) for each in cues}
        self._cues: dict[str, Cue] = {}
        self.ages: dict[str, str] = {}
        self.seen: list[str] = []
        for each in dict.fromkeys(cues):
            cue = self._cues[each] = self._read(each)
            self.seen += [name for name in cue.seen if name not in self.seen]
            self.seen = self.seen[:_MOST_PEOPLE]
        spoken = [name for each in dict.fromkeys(cues) for name in self._people(_bare(each))]
        introduced = [
            _introduced_name(found["name"])
            for text in action
            for found in _INTRODUCED.finditer(text)
            if any(_AGE.fullmatch(each.strip()) for each in found["about"].split(","))
        ]
        # TOM GRAY (40), who is TOM in his cues, is one person.
        self._cued = _cued_as(introduced, spoken)
        self.aliases = tuple((each, self._written(cue)) for each, cue in self._cued.items())
        introduced = [self._cued.get(fold(each), each) for each in introduced]
        names = _once(self._written(each) for each in [*spoken, *introduced])
        self.all = [each for each in names if fold(each) not in _BODILESS][:_MOST_PEOPLE]

    def cue(self, text: str) -> Cue:
        """Who speaks."""
        return self._cues.get(text, Cue("", ()))

    def introduce(self, action: str) -> str:
        """Take the ages out of a piece of action: they are looks, and go to the character."""

        def without_age(found: re.Match[str]) -> str:
            about = [each.strip() for each in found["about"].split(",")]
            age = next(filter(None, map(_AGE.fullmatch, about)), None)
            if age is None:
                return found.group()
            others = [each for each in about if each and each != age.group()]
            name = _introduced_name(found["name"])
            name, years = self._written(self._cued.get(fold(name), name)), age["years"]
            part = (age["part"] or "").lower().replace("-", " ")
            words = f"in their {part}{years}s" if age["decade"] else years
            self.ages.setdefault(name, " ".join(words.split()))
            # "ANNA (a nurse, 35) waits" says what "ANNA, a nurse, waits" does.
            closed = found.string[found.end() : found.end() + 1] in (",", ".", ";", ":", "!", "?")
            return ", ".join([found["name"], *others]) + "," * bool(others and not closed)

        return _INTRODUCED.sub(without_age, _with_brackets(action))

    def _read(self, text: str) -> Cue:
        bare = _bare(text)
        unseen = any(_UNSEEN.fullmatch(each.strip()) for each in _EXTENSION.findall(text))
        unseen = unseen or bool(_VOICE_OF.fullmatch(bare))
        people = [self._written(each) for each in self._people(bare)]
        seen = () if unseen else tuple(each for each in people if fold(each) not in _BODILESS)
        return Cue(self._written(bare), tuple(each for each in seen if _has_letters(each)))

    def _people(self, bare: str) -> list[str]:
        """TOM AND MIRA are two people where one of them speaks alone somewhere."""
        parts = [each for each in _AND.split(bare) if each]
        return parts if any(fold(each) in self._single for each in parts) else [bare]

    def _written(self, name: str) -> str:
        return _WORD.sub(
            lambda found: self._spelled.get(fold(found.group()), _cased(found.group())), name
        )


def _cued_as(introduced: Sequence[str], spoken: Sequence[str]) -> dict[str, str]:
    """The cue of those who are introduced by a longer name, if nobody else may have it."""
    cues = {fold(each): each for each in spoken}
    holders: dict[str, list[str]] = {}
    for name in dict.fromkeys(map(fold, introduced)):
        parts = [each for each in name.split() if each in cues]
        if name not in cues and len(parts) == 1:
            holders.setdefault(parts[0], []).append(name)
    longer = {names[0]: cues[part] for part, names in holders.items() if len(names) == 1}
    # MR. OBI (60), or OBI (60), whose cues say MR. OBI.
    titled = {_TITLE.sub("", name): cue for name, cue in cues.items() if _TITLE.match(name)}
    return longer | {n: titled[n] for n in map(fold, introduced) if n in titled and n not in cues}


def _with_brackets(action: str) -> str:
    return _BETWEEN_COMMAS.sub(r"\g<name> (\g<age>)", action)


def _introduced_name(words: str) -> str:
    """Of "Then OLD TOM" the part in capital letters; of "Then Tom" the last word."""
    parts = words.split()
    first = len(parts) - 1
    while first and all(each == each.upper() for each in parts[first - 1 :]):
        first -= 1
    return " ".join(parts[first:])


def _bare(cue: str) -> str:
    return " ".join(_EXTENSION.sub(" ", cue).split())


def _cased(word: str) -> str:
    """MIRA as "Mira", O'BRIEN as "O'Brien", a word that is no cry as it is."""
    if word != word.upper():
        return word
    if _AND.fullmatch(f" {word} "):
        return word.lower()
    head, mark, tail = word.replace("’", "'").partition("'")
    tail = tail.capitalize() if len(head) == 1 else tail.lower()
    return head.capitalize() + mark + tail


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _has_letters(text: str) -> bool:
    return any(each.isalpha() for each in text)
