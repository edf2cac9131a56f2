"""Two boards that were made from one, put together again: a window's and what another has saved.

Two machines on one share, or an editor beside the window, change a board at the same time. Whatever
only one side has changed is taken from it; where both have changed the same words, ours stay and
the dispute is told. Pictures are never in dispute: every take of both sides stays.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.character import Character
from storyboard.values.editing import free_key
from storyboard.values.shot import Shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Joined", "three_way"]

_Value = TypeVar("_Value")
_Whole = TypeVar("_Whole", Storyboard, Character, Shot, Panel)
_HEAD = ("title", "story", "language", "aspect", "seed", "soundtrack", "markers")
_PANEL = ("seed", "seed_locked", "left_out", "sound", "pinned", "passage")


class Joined(NamedTuple):
    """The board of both, and what of theirs is not in it, in words such as "panel 3"."""

    board: Storyboard
    disputed: tuple[str, ...]


def three_way(
    base: Storyboard | None, ours: Storyboard, theirs: Storyboard, is_there: Callable[[Take], bool]
) -> Joined:
    """Join two boards.

    Args:
        base: What both were made from; None where nobody knows, and then nothing counts as taken
            away by them.
        ours: The board that is about to be saved.
        theirs: The one that was saved meanwhile.
        is_there: Whether a take's picture lies among the panels. Pictures move away when a take
            leaves a board, so one that is there was not taken off by anybody.
    """
    return _Join(base, ours, theirs, is_there).joined()


class _Join:
    def __init__(
        self,
        base: Storyboard | None,
        ours: Storyboard,
        theirs: Storyboard,
        is_there: Callable[[Take], bool],
    ) -> None:
        self._base, self._ours, self._theirs, self._is_there = base, ours, theirs, is_there
        self._before = {each.key: each for each in base.panels} if base else {}
        self._disputed: list[str] = []

    def joined(self) -> Joined:
        base, ours, theirs = self._base, self._ours, self._theirs
        head = self._fields("the head of the board", _HEAD, base, ours, theirs)
        panels = self._each_take_once(self._panels())
        board = replace(head, characters=self._characters(), panels=panels)
        return Joined(board, tuple(dict.fromkeys(self._disputed)))

    def _pick(self, what: str, base: _Value | None, ours: _Value, theirs: _Value) -> _Value:
        if theirs in (ours, base):
            return ours
        if ours != base:
            self._disputed.append(what)
            return ours
        return theirs

    def _fields(
        self,
        what: str,
        names: Sequence[str],
        base: _Whole | None,
        ours: _Whole,
        theirs: _Whole,
    ) -> _Whole:
        """Ours, with every field of these that only they have changed as they have it."""
        picked: dict[str, Any] = {
            name: self._pick(
                what, getattr(base, name) if base else None, getattr(ours, name), found
            )
            for name in names
            if (found := getattr(theirs, name)) != getattr(ours, name)
        }
        return replace(ours, **picked) if picked else ours

    def _characters(self) -> tuple[Character, ...]:
        before = {each.name: each for each in self._base.characters} if self._base else {}
        mine = {each.name: each for each in self._ours.characters}
        yours = {each.name: each for each in self._theirs.characters}
        names = ("traits", "references")
        kept: list[Character] = []
        for name in (*mine, *(each for each in yours if each not in mine)):
            base, ours, theirs = before.get(name), mine.get(name), yours.get(name)
            if ours and theirs:
                kept.append(self._fields(name, names, base, ours, theirs))
            elif only := self._only(name, base, ours, theirs):
                kept.append(only)
        return tuple(kept)

    def _only(
        self, what: str, base: _Value | None, ours: _Value | None, theirs: _Value | None
    ) -> _Value | None:
        """What one side has and the other has not: None where the other has taken it away."""
        kept = ours or theirs
        if base is None:
            return kept  # it is new
        if kept == base:
            return None
        self._disputed.append(what)  # taken away there, changed here
        return kept

    def _panels(self) -> tuple[Panel, ...]:
        mine = {each.key: each for each in self._ours.panels}
        yours = {each.key: each for each in self._theirs.panels}
        kept: list[Panel] = []
        for key in self._order(list(mine), list(yours)):
            base, ours, theirs = self._before.get(key), mine.get(key), yours.get(key)
            what = f"panel {len(kept) + 1}"
            if ours and theirs and base is None and self._base and ours.shot != theirs.shot:
                # Both sides have made a new panel, and it is not the same.
                other = free_key({*mine, *yours, *self._before})
                yours[other] = theirs
                kept += [ours, replace(theirs, key=other)]
            elif ours and theirs:
                kept.append(self._panel(what, base, ours, theirs))
            elif only := self._only(what, base, ours, theirs):
                kept.append(only)
        return tuple(kept)

    def _panel(self, what: str, base: Panel | None, ours: Panel, theirs: Panel) -> Panel:
        if ours == theirs:
            return ours
        words = [each.name for each in fields(Shot)]
        before = base.shot if base else None
        shot = self._fields(what, words, before, ours.shot, theirs.shot)
        panel = self._fields(what, _PANEL, base, ours, theirs)
        return replace(panel, shot=shot, takes=self._takes(base, ours, theirs))

    def _takes(self, base: Panel | None, ours: Panel, theirs: Panel) -> tuple[Take, ...]:
        before = {each.file for each in base.takes} if base else set()
        yours = {each.file for each in theirs.takes}
        stay = [
            each
            for each in ours.takes
            if each.file in yours or each.file not in before or self._is_there(each)
        ]
        mine = {each.file for each in ours.takes}
        come = [each for each in theirs.takes if each.file not in before | mine]
        return (*stay, *come)

    def _each_take_once(self, panels: tuple[Panel, ...]) -> tuple[Panel, ...]:
        """A take belongs to one panel: where they have moved it to, unless we have moved it."""
        mine, yours = _homes(self._ours), _homes(self._theirs)
        before = _homes(self._base) if self._base else {}
        holders: dict[str, list[str]] = {}
        for panel in panels:
            for take in panel.takes:
                holders.setdefault(take.file, []).append(panel.key)

        def stays(file: str, key: str) -> bool:
            keys = holders[file]
            home = yours.get(file) if mine.get(file) == before.get(file) else mine.get(file)
            return key == (home if home in keys else keys[0])

        if all(len(keys) == 1 for keys in holders.values()):
            return panels
        return tuple(
            replace(each, takes=tuple(take for take in each.takes if stays(take.file, each.key)))
            for each in panels
        )

    def _order(self, mine: list[str], yours: list[str]) -> list[str]:
        """The keys of both, in their order where only they have moved panels, else in ours."""
        both = set(mine) & set(yours)
        before = [each for each in self._before if each in both]
        moved = [each for each in mine if each in both] != before
        first, second = (mine, yours) if moved else (yours, mine)
        keys = list(first)
        for place, key in enumerate(second):
            if key in keys:
                continue
            behind = keys.index(second[place - 1]) + 1 if place else 0
            keys.insert(behind, key)
        return keys


def _homes(board: Storyboard) -> dict[str, str]:
    """The key of the panel that each take belongs to, by file name."""
    return {take.file: panel.key for panel in board.panels for take in panel.takes}
