"""Fountain, the plain-text form of film scripts (https://fountain.io/syntax), read into elements.

Written here because no library fits: screenplain 0.12, the kept one, finds no Cyrillic headings,
has no types, reads no Final Draft, and brings a PDF writer (reportlab) along.

Real texts are pasted from PDFs and mails. So beyond the standard a heading in capital letters
needs no empty lines around it, and a cue may follow a heading at once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from storyboard.story.scripts.headings import Heading, read_heading

__all__ = [
    "MARK",
    "Element",
    "Fountain",
    "has_title_page",
    "is_cue",
    "is_transition",
    "looks_like_script",
    "read_fountain",
]

MARK = "Format: Fountain"
"""A first line by which a text says that it is a script."""

_LONGEST_CUE, _MOST_CUE_WORDS = 60, 6
_FEWEST_CUES = 3
_CUE = re.compile(r"(?P<name>[^()]+)(?P<extension>(?:\([^()]*\)\s*)*)")
_KEY = re.compile(r"(?P<key>[^\W\d_][^:\n]{0,30}):\s*(?P<value>.*)")
_TITLE_KEYS = frozenset(
    "title|credit|author|authors|written by|source|notes|date|draft date|contact|copyright|revision"
    "|format|название|заголовок|автор|авторы|сценарий|источник|контакты|дата|тақырыбы|атауы".split(
        "|"
    )
)
_TITLES = frozenset(("title", "название", "заголовок", "тақырыбы", "атауы"))
_TRANSITION = re.compile(
    r"(?:[^\W\d_a-zа-я][^a-zа-яё]{0,40}\s)?TO:|(?:FADE|CUT|DISSOLVE|WIPE)[.:]"
    r"|(?:FADE|CUT|DISSOLVE|SMASH|WIPE|IRIS|MATCH|JUMP)"
    r"(?:\s+(?:IN|OUT|TO|CUT|BLACK|WHITE|FROM|INTO))+[.:]?|THE END\.?|END OF [A-Z ]{1,20}\.?"
    r"|(?:BEGIN |END |END OF )?(?:MONTAGE|SERIES OF SHOTS|INTERCUT|FLASHBACK)\b[^a-zа-яё]{0,60}"
    r"|BACK TO [A-Z ]{1,20}[.:]?|МОНТАЖ\b[^a-zа-яё]{0,60}"
    r"|CONTINUED:?(?:\s*\(\d+\))?|\(?(?:CONTINUED|MORE)\)?"
    r"|(?:ИЗ |В )?(?:ЗТМ|ЗАТЕМНЕНИ[ЕЯ])\.?"
    r"|(?:СМЕНА КАДРА|ПЕРЕХОД|СКЛЕЙКА|НАПЛЫВ)[^a-zа-яё]{0,30}[.:]?|КОНЕЦ(?: ФИЛЬМА)?\.?|СОҢЫ\.?"
)
_PARENTHETICAL = re.compile(r"(?:^|(?<=\n))\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…][\"”»]?$")
_EMPHASIS = re.compile(r"(?<!\\)\*{1,3}(?=\S)([^*\n]+)\*{1,3}|(?<![\\\w])_(?=\S)([^_\n]+)_(?!\w)")
_ESCAPE = re.compile(r"\\([*_\[\]/\\])")
_BULLET = re.compile(r"^(?:--|[-—–•])\s+")
_NOTE = re.compile(r"\[\[|\]\]|\n\n")
_BONEYARD = re.compile(r"/\*|\*/")


@dataclass(frozen=True, slots=True)
class Element:
    """What a script shows or lets hear.

    Attributes:
        text: Words of the action or of the speech, on one line; empty for a heading.
        heading: The scene that begins here.
        cue: The speaker as written, with extensions such as "(V.O.)"; None for action.
    """

    text: str = ""
    heading: Heading | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Fountain:
    """A script without what is for its author: notes, boneyard, sections, synopses, transitions.

    Attributes:
        title: From the title page; may be empty.
        elements: In reading order.
    """

    title: str
    elements: tuple[Element, ...]


def looks_like_script(text: str) -> bool:
    """Whether a text is a script rather than prose.

    It says so in its first line (`MARK`), or has a scene heading in capital letters, or a cue and
    either a title page or a heading that is one by its full stop, or three cues of which one comes
    twice; chapters' titles do not.
    """
    lines = _without_remarks(text).splitlines()
    first = " ".join(lines[0].split()) if lines else ""
    if first.casefold() == MARK.casefold() or any(read_heading(line) for line in lines):
        return True
    names = [
        line.strip()
        for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False)
        if not before.strip() and after.strip() and (line[:1] == "@" or is_cue(line))
    ]
    if names and (_title_page(lines)[1] or any(map(_is_forced_heading, lines))):
        return True
    return len(names) >= _FEWEST_CUES and max(Counter(names).values()) > 1


def has_title_page(text: str) -> bool:
    """Whether a text begins with lines such as "Title: The Letter"."""
    return _title_page(text.splitlines())[0] > 0


def is_cue(line: str) -> bool:
    """Whether a line names a speaker, as far as the line alone can tell."""
    text = line.strip().rstrip("^").strip()
    if not text or len(text) > _LONGEST_CUE or is_transition(text):
        return False
    found = _CUE.fullmatch(text)
    name = found["name"].strip() if found else ""
    return (
        any(each.isalpha() for each in name)
        and name == name.upper()
        and len(name.split()) <= _MOST_CUE_WORDS
        and not name.endswith(("!", "?", ":", ";", ",", "…", "..", "—"))
        and not name.startswith(("-", "—", "–", "«", '"', "“", "#", "=", ">", "~", "!", "."))
    )


def is_transition(line: str) -> bool:
    """Whether a line only says how one shot follows another."""
    return _TRANSITION.fullmatch(line.strip()) is not None


def _is_forced_heading(line: str) -> bool:
    return line[:1] == "." and line[1:2].isalpha()


def read_fountain(text: str) -> Fountain:
    """Read a script; any text is one, if only of action.

    Args:
        text: With line feeds between its lines.
    """
    lines = _without_remarks(text).splitlines()
    start, title = _title_page(lines)
    return Fountain(title, tuple(_Reader(lines[start:]).elements()))


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # Copied out of a PDF a script often has no empty line left.
        self._dense = all(line.strip() for line in lines)
        self._elements: list[Element] = []
        self._action: list[str] = []

    def elements(self) -> list[Element]:
        number, fresh = 0, True
        while number < len(self._lines):
            line = self._lines[number].strip()
            if not line:
                self._end_action()
                fresh, number = True, number + 1
                continue
            heading = self._heading(number, line, fresh=fresh)
            if heading:
                self._end_action()
                self._elements.append(Element(heading=heading))
                fresh, number = True, number + 1
            elif (fresh or self._dense) and self._is_cue(number, line):
                number = self._speech(number)
            else:
                self._other(line)
                fresh, number = False, number + 1
        self._end_action()
        return self._elements

    def _heading(self, number: int, line: str, *, fresh: bool) -> Heading | None:
        forced = fresh and _is_forced_heading(line)
        after = self._lines[number + 1].strip() if number + 1 < len(self._lines) else ""
        return read_heading(line[forced:], alone=fresh and not after, forced=forced)

    def _is_cue(self, number: int, line: str) -> bool:
        spoken = number + 1 < len(self._lines) and bool(self._lines[number + 1].strip())
        forced = line[0] == "@" and any(each.isalpha() for each in line)
        return spoken and (forced or is_cue(line)) and not read_heading(self._lines[number + 1])

    def _speech(self, number: int) -> int:
        """Take a cue and what is spoken; returns the number of the line after."""
        cue = self._lines[number].strip().lstrip("@").rstrip("^").strip()
        number += 1
        spoken: list[str] = []
        # A line of two spaces is an empty line within the speech.
        while number < len(self._lines) and (self._lines[number].strip() or self._lines[number]):
            if read_heading(self._lines[number]):
                break
            spoken.append(self._lines[number].strip().lstrip("~"))
            number += 1
            if self._dense and _SENTENCE_END.search(spoken[-1]):
                break
        text = _plain(_PARENTHETICAL.sub("", "\n".join(spoken)))
        self._end_action()
        if any(each.isalnum() for each in text):
            self._elements.append(Element(text, cue=cue))
        return number

    def _other(self, line: str) -> None:
        if line[0] == "!":
            self._action.append(line[1:])
        elif line[0] == ">" and line[-1] == "<" and len(line) > 1:
            centred = line[1:-1].strip()
            self._action += [] if is_transition(centred) else [centred]
        elif line[0] == "~":
            self._end_action()
            if not any(each.isalnum() for each in line):
                return
            self._elements.append(Element(_plain(line[1:]), cue=""))
        elif line[0] not in "#=>" and not is_transition(line):
            self._action.append(_BULLET.sub("", line))

    def _end_action(self) -> None:
        text = _plain("\n".join(self._action))
        if any(each.isalpha() for each in text):
            self._elements.append(Element(text))
        self._action = []


def _title_page(lines: list[str]) -> tuple[int, str]:
    """The number of lines of the title page, and the title; (0, "") without one."""
    first = _KEY.match(lines[0]) if lines else None
    if first is None or first["key"].strip().casefold() not in _TITLE_KEYS:
        return 0, ""
    values: dict[str, list[str]] = {}
    key = ""
    number = 0
    for line in lines:
        if not line.strip() or read_heading(line):
            break
        number += 1
        found = _KEY.match(line)
        if found:
            key = found["key"].strip().casefold()
        values.setdefault(key, []).append(found["value"] if found else line)
    title = next((" ".join(values[each]) for each in values if each in _TITLES), "")
    return number, _plain(title)


def _without_remarks(text: str) -> str:
    """Take out boneyard and notes, in one pass each; what never closes is text."""
    text = _cut(text, _BONEYARD, "/*", "*/")
    return _cut(text, _NOTE, "[[", "]]")


def _cut(text: str, marks: re.Pattern[str], opening: str, closing: str) -> str:
    kept: list[str] = []
    position, start = 0, -1
    for found in marks.finditer(text):
        if found.group() == opening:
            start = found.start() if start < 0 else start
        elif found.group() == closing and start >= 0:
            kept.append(text[position:start])
            position, start = found.end(), -1
        elif found.group() == "\n\n":
            start = -1  # an empty line ends a note that was never closed
    return "".join([*kept, text[position:]])


def _plain(text: str) -> str:
    """Words on one line without the signs of bold, italic and underlined."""
    for _ in range(2):  # _**both**_
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPE.sub(r"\1", " ".join(text.split()))
