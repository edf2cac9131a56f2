"""The record's text from board to board: only what has changed is written and read again.

A board of 500 panels takes 60 ms of one core to write and 110 ms to read, and every edit is on disk
when it is done. But the text of a panel depends on that panel alone, and so does that of a take: an
edit of one panel costs what one panel costs, and a take what one take costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from storyboard.errors import InputError, ProjectError
from storyboard.files.yaml_tree import MAX_BYTES, MAX_EVENTS, count_events
from storyboard.project.record import (
    MAX_NAME,
    MAX_PANELS,
    MAX_TAKES,
    NO_PANELS,
    PANELS,
    around_takes,
    board_from_yaml,
    head_to_yaml,
    take_to_yaml,
)
from storyboard.project.record_end import checksum, checksum_of, digest
from storyboard.project.record_plain import plain_take
from storyboard.values.board import Panel

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard, Take

__all__ = ["RecordText", "Written", "check_recordable"]

_NAME = "the new board.yaml"
_AROUND = f"format: 1\n{PANELS}"
_AROUND_TAKE = f"{_AROUND}- key: p\n  size: wide shot\n  action: a\n  takes:\n"
_AROUND_TAKE_EVENTS = count_events(_AROUND_TAKE)
# A take with everything that it can hold, for several characters.
_TAKE_EVENTS, _TAKE_BYTES = 60, 1200


class Written(NamedTuple):
    """A board that was written.

    Attributes:
        text: That of `record.board_to_yaml`.
        board: The board that reading it gives.
        checksum: That of the text, as `storyboard.project.record_end.checksum` counts it.
    """

    text: str
    board: Storyboard
    checksum: str


class _TakePart(NamedTuple):
    """A take that was written: as asked for, as the record has it, as reading it gives."""

    take: Take
    text: str
    read: Take
    events: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A panel that was written.

    Attributes:
        panel: What was asked for.
        read: What reading its text gives.
        takes: Those of the panel.
        text: As the record has it.
        digest: Of the text.
        events: YAML's events in the text, or a few more.
        around: The same without those of the takes.
    """

    panel: Panel
    read: Panel
    takes: tuple[_TakePart, ...]
    text: str
    digest: bytes
    events: int
    around: int


class RecordText:
    """Writes the boards of one project, and proves each text by reading what is new in it."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {}
        self._events = self._bytes = 0

    def write(self, board: Storyboard) -> Written:
        """Write a board.

        Raises:
            ProjectError: The text could not be read again.
        """
        # 1. The head, read with no panels.
        head = head_to_yaml(board)
        read = board_from_yaml(head + NO_PANELS, _NAME)
        # 2. The panels, those from last time where they have not changed.
        parts = [self._part(each) for each in board.panels]
        begin = head + (PANELS if parts else NO_PANELS)
        text = begin + "".join(each.text for each in parts)
        # 3. What no panel can know of the others.
        events = count_events(head) + sum(each.events for each in parts)
        if not _keeps_the_rules(parts, text, events):
            whole = board_from_yaml(text, _NAME)  # says which rule is broken, and in what line
            return Written(text, whole, checksum(text))
        self._parts = {each.read.key: each for each in parts}
        self._events, self._bytes = events, len(text)
        total = checksum_of(digest(begin), *(each.digest for each in parts))
        return Written(text, replace(read, panels=tuple(each.read for each in parts)), total)

    def check_room(self, takes: int) -> None:
        """Make sure, before anything is drawn, that the record can name that many more takes.

        Raises:
            ProjectError: It cannot; said of the board that was written last.
        """
        room = min(
            (MAX_EVENTS - self._events) // _TAKE_EVENTS, (MAX_BYTES - self._bytes) // _TAKE_BYTES
        )
        if takes > room:
            raise ProjectError(
                "the board is nearly as large as a board can be: its record has room for "
                "{room} more pictures, not for {takes}; take panels or takes off the "
                "board, or go on in a new project",
                room=max(0, room),
                takes=takes,
            )

    def _part(self, panel: Panel) -> _Part:
        known = self._parts.get(panel.key)
        if known is not None and panel in (known.read, known.panel):
            return known
        # 1. The takes, each by itself.
        if len(panel.takes) > MAX_TAKES:
            raise ProjectError(
                "panel {key} has {count} takes and can have {max_takes}: take some off it",
                key=repr(panel.key),
                count=len(panel.takes),
                max_takes=MAX_TAKES,
            )
        takes = _takes(panel, known.takes if known else ())
        # 2. What is around them, where that is new.
        text = around_takes(panel, "".join(each.text for each in takes))
        if known is not None and replace(panel, takes=known.panel.takes) == known.panel:
            read, around = known.read, known.around
        else:
            read, around = _proved(panel)
        read = replace(read, takes=tuple(each.read for each in takes))
        events = around + sum(each.events for each in takes)
        return _Part(panel, read, takes, text, digest(text), events, around)


def check_recordable(board: Storyboard) -> None:
    """Make sure, before a folder is made for it, that a record can hold a new board.

    Raises:
        InputError: It cannot.
    """
    for character in board.characters:
        if len(character.name) > MAX_NAME:
            raise InputError(
                "the name {name}... has {count} letters, and a "
                "name can have {max_name}: shorten it",
                name=repr(character.name[:40]),
                count=len(character.name),
                max_name=MAX_NAME,
            )
    try:
        RecordText().write(board)
    except ProjectError as error:
        raise InputError(error.message) from None


def _takes(panel: Panel, known: tuple[_TakePart, ...]) -> tuple[_TakePart, ...]:
    """The takes of a panel, those from last time where they are in the same place."""
    old = dict(enumerate(known))
    if [each.take.file for each in known] != [each.file for each in panel.takes[: len(known)]]:
        places = {each.file: number for number, each in enumerate(panel.takes)}
        old = {places[each.take.file]: each for each in known if each.take.file in places}
    return tuple(
        part
        if (part := old.get(number)) is not None and (take is part.read or take == part.take)
        else _take(take)
        for number, take in enumerate(panel.takes)
    )


def _take(take: Take) -> _TakePart:
    plain = plain_take(take)
    if plain:
        return _TakePart(take, plain.text, take, plain.events)
    text = take_to_yaml(take)
    around = _AROUND_TAKE + text
    found = board_from_yaml(around, _NAME).panels
    if len(found) != 1 or len(found[0].takes) != 1:
        raise ProjectError(
            "{name}: take {file} cannot be written", name=_NAME, file=repr(take.file)
        )
    events = count_events(around) - _AROUND_TAKE_EVENTS
    return _TakePart(take, text, found[0].takes[0], events)


def _proved(panel: Panel) -> tuple[Panel, int]:
    """A panel as reading its text gives it, without takes, and the events in that text."""
    text = around_takes(panel, "")
    found = board_from_yaml(_AROUND + text, _NAME).panels
    if len(found) != 1:
        raise ProjectError("{name}: panel {key} cannot be written", name=_NAME, key=repr(panel.key))
    return found[0], count_events(text)


def _keeps_the_rules(parts: list[_Part], text: str, events: int) -> bool:
    files = [take.take.file.casefold() for each in parts for take in each.takes]
    return (
        len(parts) <= MAX_PANELS
        and len(text) <= MAX_BYTES
        and events <= MAX_EVENTS
        and len({each.read.key for each in parts}) == len(parts)
        and len(set(files)) == len(files)
    )
