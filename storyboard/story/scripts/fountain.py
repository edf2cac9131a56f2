"""Fountain, the plain-text form of film scripts (https://fountain.io/syntax), read into elements.

Written here because no library fits: screenplain 0.12, the kept one, finds no Cyrillic headings,
has no types, reads no Final Draft, and brings a PDF writer (reportlab) along.

Real texts are pasted from PDFs and mails. So beyond the standard a heading in capital letters
needs no empty lines around it, and a cue may follow a heading at once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.story.scripts.headings import Heading, read_heading
from storyboard.story.scripts.remarks import NOTE, part_remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "MARK",
    "Element",
    "Fountain",
    "has_title_page",
    "headed_lines",
    "is_cue",
    "is_transition",
    "looks_like_script",
    "read_fountain",
]

MARK = "Format: Fountain"
"""A first line by which a text says that it is a script."""

_LONGEST_CUE, _MOST_CUE_WORDS = 100, 10
_FEWEST_CUES = 3
_CUE = re.compile(r"(?P<name>[^()]+)(?P<extension>(?:\([^()]*\)\s*)*)")
_KEY = re.compile(r"(?P<key>[^\W\d_][^:\n]{0,30}):\s*(?P<value>.*)")
_TITLE_KEYS = frozenset(
    "title|credit|author|authors|written by|source|notes|date|draft date|contact|copyright|revision"
    "|format|series|show|episode|season|based on|version|revised|serie|titre|titel|título"
    "|название|заголовок|автор|авторы|сценарий|источник|контакты|дата|тақырыбы|атауы".split("|")
)
_TITLES = frozenset(("title", "название", "заголовок", "тақырыбы", "атауы"))
_MARGIN = r"#?[A-Z]{0,2}\d[\w.-]{0,8}#?"
"""A scene's number beside a line."""
_SEQUENCE = re.compile(
    r"(?:BEGIN |НАЧАЛО )?(?:MONTAGE|SERIES OF SHOTS|INTERCUT(?:TING)?|FLASHBACK"
    r"|МОНТАЖА?|ФЛЕШБ[ЭЕ]К)\b[^a-zа-яё]{0,100}"
)
"""How the shots below belong together, which whoever draws them must know."""
_TRANSITION = re.compile(
    r"(?:[^\W\d_a-zа-я][^a-zа-яё]{0,40}\s)?TO:|(?:FADE|CUT|DISSOLVE|WIPE)[.:]"
    r"|(?:FADE|CUT|DISSOLVE|SMASH|WIPE|IRIS|MATCH|JUMP)"
    r"(?:\s+(?:IN|OUT|TO|CUT|BLACK|WHITE|FROM|INTO))+[.:]?|THE END\.?|END OF [A-Z ]{1,20}\.?"
    r"|(?:END |END OF )(?:MONTAGE|SERIES OF SHOTS|INTERCUT|FLASHBACK)\b[^a-zа-яё]{0,60}"
    r"|BACK TO [A-Z ]{1,20}[.:]?|КОНЕЦ МОНТАЖА\.?"
    rf"|(?:{_MARGIN}\s+)?CONTINUED:?(?:\s*\(\d+\))?(?:\s+{_MARGIN})?|\(?(?:CONTINUED|MORE)\)?"
    rf"|(?:{_MARGIN}\s+)?(?:SCENES?\s+)?(?:{_MARGIN}\s+)?OMITTED\.?(?:\s+{_MARGIN})?"
    r"|(?:ИЗ |В )?(?:ЗТМ|ЗАТЕМНЕНИ[ЕЯ])\.?"
    r"|(?:СМЕНА КАДРА|ПЕРЕХОД|СКЛЕЙКА|НАПЛЫВ)[^a-zа-яё]{0,30}[.:]?|КОНЕЦ(?: ФИЛЬМА)?\.?|СОҢЫ\.?"
)
_PARENTHETICAL = re.compile(r"(?:^|(?<=\n))\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…][\"”»]?$")
_EMPHASIS = re.compile(r"(?<!\\)\*{1,3}(?=\S)([^*\n]+)\*{1,3}|(?<![\\\w])_(?=\S)([^_\n]+)_(?!\w)")
_ESCAPE = re.compile(r"\\([*_\[\]/\\])")
_BULLET = re.compile(r"^(?:--|[-—–•]|[A-Z0-9]{1,2}\))\s+")
_UNSAID = re.compile(r"\((?:MORE|CONT['’]?D|CONTINUED|CONTINUING|ПРОД\.?)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Element:
    """What a script shows or lets hear.

    Attributes:
        text: Words of the action or of the speech, on one line; empty for a heading.
        heading: The scene that begins here.
        cue: The speaker as written, with extensions such as "(V.O.)"; None for action.
        notes: What the author notes of it: notes, synopses, the head of a montage.
        manners: The parentheticals of a speech, without their brackets.
        dual: Whether it is spoken at the same time as the speech before.
    """

    text: str = ""
    heading: Heading | None = None
    cue: str | None = None
    notes: tuple[str, ...] = ()
    manners: tuple[str, ...] = ()
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Fountain:
    """A script without what is only for its author: boneyards, sections, transitions.

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
    lines = part_remarks(text)[0].replace(NOTE, "").splitlines()
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
    if not text or len(text) > _LONGEST_CUE or is_transition(text) or _SEQUENCE.fullmatch(text):
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
    return line[:1] == "." and line[1:2].isalnum()


def read_fountain(text: str) -> Fountain:
    """Read a script; any text is one, if only of action.

    Args:
        text: With line feeds between its lines.
    """
    text, notes = part_remarks(text)
    lines = text.splitlines()
    start, title = _title_page(lines)
    skipped = sum(line.count(NOTE) for line in lines[:start])
    return Fountain(title, tuple(_Reader(lines[start:], notes[skipped:]).elements()))


def headed_lines(text: str) -> tuple[list[str], list[tuple[int, Heading]]]:
    """The lines of a script without its boneyards, and which of them are headings.

    Args:
        text: With line feeds between its lines.
    """
    marked, notes = part_remarks(text)
    lines = marked.splitlines()
    start, _ = _title_page(lines)
    reader = _Reader(lines[start:], notes)
    reader.elements()
    left = iter(notes)
    whole = "\n".join(lines)
    whole = re.sub(NOTE, lambda _: f"[[{' '.join(next(left, '').split())}]]", whole)
    return whole.split("\n"), [(start + number, each) for number, each in reader.headed]


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: list[str], notes: Sequence[str]) -> None:
        # Copied out of a PDF a script often has no empty line left.
        self._dense = all(line.strip() for line in lines)
        left = iter(notes)
        # A line with nothing but a note is no empty one: it ends no speech.
        self._notes = [[next(left, "") for _ in range(line.count(NOTE))] for line in lines]
        self._lines = [line.replace(NOTE, "") if line.strip(f" {NOTE}") else line for line in lines]
        self.headed: list[tuple[int, Heading]] = []
        self._elements: list[Element] = []
        self._action: list[str] = []
        self._noted: list[str] = []

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
                self._end_scene()
                self._note(self._notes[number])
                self._elements.append(Element(heading=heading))
                self.headed.append((number, heading))
                fresh, number = True, number + 1
            elif (fresh or self._dense) and self._is_cue(number, line):
                number = self._speech(number)
            else:
                self._note(self._notes[number])
                self._other(line)
                fresh, number = fresh and line[0] in NOTE, number + 1
        self._end_action()
        self._end_scene()
        return self._elements

    def _heading(self, number: int, line: str, *, fresh: bool) -> Heading | None:
        forced = fresh and _is_forced_heading(line)
        after = self._lines[number + 1].strip(f" {NOTE}") if number + 1 < len(self._lines) else ""
        return read_heading(line[forced:], alone=fresh and not after, forced=forced)

    def _is_cue(self, number: int, line: str) -> bool:
        spoken = number + 1 < len(self._lines) and bool(self._lines[number + 1].strip())
        forced = line[0] == "@" and any(each.isalpha() for each in line)
        return spoken and (forced or is_cue(line)) and not read_heading(self._lines[number + 1])

    def _speech(self, number: int) -> int:
        """Take a cue and what is spoken; returns the number of the line after."""
        self._end_action()
        written = self._lines[number].strip().lstrip("@")
        cue = written.rstrip("^").strip()
        self._note(self._notes[number])
        number += 1
        spoken: list[str] = []
        # A line of two spaces is an empty line within the speech.
        while number < len(self._lines) and (self._lines[number].strip() or self._lines[number]):
            if read_heading(self._lines[number]):
                break
            self._note(self._notes[number])
            spoken.append(self._lines[number].strip(f" {NOTE}").lstrip("~"))
            number += 1
            if self._dense and _SENTENCE_END.search(spoken[-1]):
                break
        told = "\n".join(spoken)
        text = _plain(_PARENTHETICAL.sub("", told))
        if any(each.isalnum() for each in text):
            manners = [each for each in _PARENTHETICAL.findall(told) if not _UNSAID.fullmatch(each)]
            self._add(
                Element(
                    text,
                    cue=cue,
                    manners=tuple(_plain(each[1:-1]) for each in manners),
                    dual=written.endswith("^"),
                )
            )
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
            self._add(Element(_plain(line[1:]), cue=""))
        elif _SEQUENCE.fullmatch(line):
            self._end_action()
            self._note([line.rstrip(" :.")])
        elif line[0] == "=":
            self._end_action()
            self._note([line.lstrip("=")])
        elif line[0] not in "#>" and not is_transition(line):
            self._action.append(_BULLET.sub("", line.strip(NOTE)))

    def _note(self, notes: Sequence[str]) -> None:
        """Keep what is noted for the next thing that happens."""
        plain = (_plain(each) for each in notes)
        self._noted += [each for each in plain if any(c.isalnum() for c in each)]

    def _add(self, element: Element) -> None:
        self._elements.append(replace(element, notes=tuple(self._noted)))
        self._noted = []

    def _end_action(self) -> None:
        text = _plain("\n".join(self._action))
        if any(each.isalpha() for each in text):
            self._add(Element(text))
        self._action = []

    def _end_scene(self) -> None:
        """What is noted at the end of a scene belongs to what it has shown last."""
        if self._noted and self._elements:
            last = self._elements[-1]
            self._elements[-1] = replace(last, notes=(*last.notes, *self._noted))
            self._noted = []


def _title_page(lines: list[str]) -> tuple[int, str]:
    """The number of lines of the title page, and the title; (0, "") without one."""
    if not lines or not _KEY.match(lines[0]) or is_transition(lines[0]):
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
    if not values.keys() & _TITLE_KEYS:  # the first may be any: Episode, Studio
        return 0, ""
    title = next((" ".join(values[each]) for each in values if each in _TITLES), "")
    return number, _plain(title.replace(NOTE, ""))


def _plain(text: str) -> str:
    """Words on one line without the signs of bold, italic and underlined."""
    for _ in range(2):  # _**both**_
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPE.sub(r"\1", " ".join(text.split()))
