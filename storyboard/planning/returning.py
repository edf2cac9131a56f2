"""A board that comes back from elsewhere, an editor's cut or a spreadsheet, laid beside the board.

What is to be changed is a value first: the command line prints it, a dialog may show it, and only
then is it applied.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.values.board import Panel, Storyboard
from storyboard.values.editing import MAX_PANELS, changed, free_key, renumbered
from storyboard.values.passage import Passage
from storyboard.values.seeds import derived_seed
from storyboard.values.shot import Shot, ShotSize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from storyboard.values.board import Take

__all__ = [
    "Difference",
    "Kind",
    "Merge",
    "Returned",
    "longest_rising",
    "merge_of",
    "sent_out",
    "with_copies",
]


class Kind(StrEnum):
    """What becomes of a panel."""

    MOVED = "moved"
    CHANGED = "changed"
    KEPT = "kept"
    COPIED = "copied"
    NEW = "new"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Returned:
    """A panel as it came back.

    Attributes:
        key: Of the board's panel; empty for one that the board does not know.
        shot: As it shall be; None leaves the board's own. A new panel without one is empty.
        seed: Likewise.
        words: What was changed, for people.
        own: What was not, because somebody wrote it by hand; likewise.
        name: What the other program called it.
        duration: Seconds that a new panel stays.
        left_out: As it shall be marked; None leaves the board's own mark.
        passage: Where in the story it is now; None leaves that as it was.
    """

    key: str
    shot: Shot | None = None
    seed: int | None = None
    words: tuple[Message | str, ...] = ()
    own: tuple[Message, ...] = ()
    name: str = ""
    duration: float = 3.0
    left_out: bool | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One change.

    Attributes:
        kind: What becomes of the panel.
        number: Its place on the board as it will be, from 1; of one that leaves, where it was.
        before: Its place now, from 1; 0 for a new one. Of a copy, that of the original.
        key: The panel's key on the board as it will be.
        words: What is changed, and what is kept although the story has changed, for people; of a
            new panel what it shows.
    """

    kind: Kind
    number: int
    before: int
    key: str
    words: tuple[Message | str, ...] = ()

    def __str__(self) -> str:
        words = "; ".join(map(str, self.words))
        match self.kind:
            case Kind.MOVED:
                return f"panel {self.before} moves to place {self.number}"
            case Kind.CHANGED:
                return f"panel {self.before}: {words}"
            case Kind.KEPT:
                return f"panel {self.before} stays: {words}"
            case Kind.COPIED:
                return f"place {self.number}: a copy of panel {self.before}"
            case Kind.NEW:
                return f"place {self.number}: a new panel{words and f', {words}'}"
            case Kind.LEFT:
                return f"panel {self.before} leaves the board"


@dataclass(frozen=True, slots=True)
class Merge:
    """What came back, joined with the board.

    Attributes:
        board: The board as it will be; copies have no pictures yet.
        differences: Everything that changes; nothing where both are the same.
        copies: Keys of originals and of their copies.
    """

    board: Storyboard
    differences: tuple[Difference, ...]
    copies: tuple[tuple[str, str], ...] = ()

    def staying(self, before: Storyboard) -> tuple[str, ...]:
        """Keys of the panels of which nothing is changed, in the order of the board to come."""
        there = {each.key for each in before.panels}
        told = {each.key for each in self.differences}
        return tuple(p.key for p in self.board.panels if p.key in there and p.key not in told)


def sent_out(
    board: Storyboard, keys: frozenset[str] | None, back: Collection[str]
) -> tuple[Panel, ...]:
    """The panels that a file had when it was sent out.

    Args:
        board: The board.
        keys: Those that were chosen; all of them if None.
        back: Keys of those that came back: one that is marked to be left out was in the file only
            if it is among them.
    """
    return tuple(
        each
        for each in board.panels
        if (keys is None or each.key in keys) and (each.key in back or not each.left_out)
    )


def merge_of(
    board: Storyboard,
    returned: Sequence[Returned],
    keys: frozenset[str] | None = None,
    *,
    is_list: bool = False,
    taken: Collection[str] = (),
    may_be_strange: bool = False,
) -> Merge:
    """Join a board with what came back.

    Args:
        board: As it is.
        returned: In the new order. A key that comes again is a copy.
        keys: The panels that were sent out; all of them if None. The others stay where they are,
            before, behind or among them.
        is_list: Whether it is a list or a story, which have panels that are marked to be left out,
            too; of other files only those were sent that came back.
        taken: Keys that panels had who are no longer on the board.
        may_be_strange: Whether nothing of the board needs to have come back.

    Raises:
        InputError: Nothing of the board came back, or more than a board holds.
    """
    # 1. Whom it is about.
    back = {each.key for each in (board.panels if is_list else returned)}
    sent = sent_out(board, keys, back)
    known = {each.key: each for each in sent}
    if not may_be_strange and not any(each.key in known for each in returned):
        raise InputError(
            "no clip or row of it belongs to a panel of this board: is it another board's?"
        )
    stay = [each for each in board.panels if each.key not in known]
    if len(stay) + len(returned) > MAX_PANELS:
        raise InputError(
            "a board has at most {max_panels} panels, and more came back", max_panels=MAX_PANELS
        )

    # 2. The panels as they will be.
    now = {each.key: number for number, each in enumerate(board.panels, 1)}
    used = {*taken, *now}
    panels: list[Panel] = []
    copies: list[tuple[str, str]] = []
    words: dict[str, tuple[Message | str, ...]] = {}  # by key, each panel that is there
    kept: set[str] = set()
    for entry in returned:
        original = known.get(entry.key)
        if original is None or entry.key in words:
            key = free_key(used)
            used.add(key)
            panel = _new(board, key, entry, panels[-1] if panels else None, original)
            words[key] = (entry.name,) if entry.name else ()
            if original is not None:
                copies.append((original.key, key))
        else:
            panel = replace(
                original,
                shot=entry.shot or original.shot,
                seed=original.seed if entry.seed is None else entry.seed,
                left_out=original.left_out if entry.left_out is None else entry.left_out,
                passage=entry.passage or original.passage,
            )
            words[panel.key] = (*entry.words, *entry.own)
            if not _is_changed(original, panel, entry):
                kept.add(panel.key)
        panels.append(panel)
    joined = _joined(board, panels, known)

    # 3. What that changes: who comes or is changed, who moves, who leaves.
    places = {each.key: number for number, each in enumerate(joined, 1)}
    originals = {copy: original for original, copy in copies}
    found: list[Difference] = []
    for panel in panels:
        key, place = panel.key, places[panel.key]
        if key in originals:
            found.append(Difference(Kind.COPIED, place, now[originals[key]], key))
        elif key not in now:
            found.append(Difference(Kind.NEW, place, 0, key, words[key]))
        elif key not in kept:
            found.append(Difference(Kind.CHANGED, place, now[key], key, words[key]))
        elif words[key]:
            found.append(Difference(Kind.KEPT, place, now[key], key, words[key]))
    order = [each.key for each in panels if each.key in now]
    still = longest_rising([now[key] for key in order])
    found += [
        Difference(Kind.MOVED, places[key], now[key], key) for key in order if now[key] not in still
    ]
    found += [
        Difference(Kind.LEFT, now[each.key], now[each.key], each.key)
        for each in sent
        if each.key not in places
    ]
    # Shots of a scene are numbered in the order of the board; that alone is no change to tell.
    whole = replace(board, panels=joined)
    whole = renumbered(whole) if found else whole
    return Merge(whole, tuple(found), tuple(copies))


def with_copies(
    before: Storyboard, merge: Merge, copy: Callable[[Take, Storyboard, str], Take | None]
) -> Storyboard:
    """The merged board, whose copies show what their originals show.

    Args:
        before: The board as it was.
        merge: What it becomes.
        copy: Makes a copy of a take for the panel with a key on a board to come; None where its
            picture is not whole.
    """
    board = merge.board
    originals = {each.key: each for each in before.panels}
    for original, key in merge.copies:
        shown = originals[original].shown
        take = copy(shown, board, key) if shown is not None else None
        if take is not None:
            panel = next(each for each in board.panels if each.key == key)
            board = changed(board, replace(panel, takes=(take,)))
    return board


def _joined(board: Storyboard, panels: Sequence[Panel], sent: Collection[str]) -> tuple[Panel, ...]:
    """What came back, between those that were not sent.

    One that stands among those sent stays behind the panel before it.
    """
    rows = [row for row, each in enumerate(board.panels) if each.key in sent]
    first, last = rows[0], rows[-1]
    kept = {each.key for each in panels}
    behind: dict[str, list[Panel]] = {}
    before = ""
    for each in board.panels[first : last + 1]:
        if each.key not in sent:
            behind.setdefault(before, []).append(each)
        elif each.key in kept:
            before = each.key
    middle = [other for each in panels for other in (each, *behind.get(each.key, ()))]
    head, tail = board.panels[:first], board.panels[last + 1 :]
    return (*head, *behind.get("", ()), *middle, *tail)


def _is_changed(original: Panel, panel: Panel, entry: Returned) -> bool:
    """Whether there is a change to tell: its place in the story, or counted scenes, are none."""
    scene = panel.shot.scene if entry.words else original.shot.scene
    counted = replace(panel.shot, scene=scene)
    return replace(panel, shot=counted, passage=original.passage) != original


def _new(
    board: Storyboard, key: str, entry: Returned, before: Panel | None, original: Panel | None
) -> Panel:
    seed = derived_seed(board.seed, key) if entry.seed is None else entry.seed
    left_out = bool(entry.left_out)
    if original is not None:
        shot = entry.shot or original.shot
        seed = original.seed if entry.seed is None else entry.seed
        return Panel(key, shot, seed, left_out=left_out)
    scene = before.shot.scene if before else 1
    shot = entry.shot or Shot(
        scene=scene,
        number=1,
        size=ShotSize.MEDIUM,
        action=entry.name,
        prompt_action="",
        duration=entry.duration,
        prompt_by_hand=False,
    )
    return Panel(key, shot, seed, left_out=left_out, passage=entry.passage)


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The most numbers that already stand in rising order: all others have moved."""
    ends: list[int] = []  # of the rising rows found so far, the last places, by their length
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left([numbers[each] for each in ends], number)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
    row: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        row.add(numbers[place])
        place = before[place]
    return row
