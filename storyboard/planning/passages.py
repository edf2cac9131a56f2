"""What the planner made of a passage, as a mark that tells later what a person has changed since.

The mark is a checksum of every field that the planner fills. It lies beside the panel, in the
record and in shot lists, so that what is edited in a file is known to be edited, too. The prompt
has a mark of its own (`storyboard.planning.prompt_mark`).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storyboard.values.passage import Passage
    from storyboard.values.shot import Shot

__all__ = ["FIELDS", "changed_fields", "is_edited", "mark", "marked_anew"]

FIELDS = (
    *("action", "dialogue", "setting", "time_of_day", "characters", "note"),
    *("duration", "size", "angle", "move"),
)
"""Fields of a shot that the planner fills and a person may change, in the order of the mark."""

_DIGITS = 4


def mark(shot: Shot) -> str:
    """What the planner made, as letters and digits."""
    return "".join(_checksum(shot, name) for name in FIELDS)


def changed_fields(shot: Shot, passage: Passage | None) -> Sequence[str]:
    """The fields of a shot that are not what `passage.mark` says, in the order of `FIELDS`.

    Where nobody knows what the planner made, every field may be somebody's own.
    """
    known = passage.mark if passage else ""
    if len(known) != _DIGITS * len(FIELDS):
        return FIELDS
    return [name for name, part in _parts(known).items() if part != _checksum(shot, name)]


def is_edited(shot: Shot, passage: Passage | None) -> bool:
    """Whether somebody has worked on a shot since it was planned."""
    return bool(shot.prompt_by_hand or changed_fields(shot, passage))


def marked_anew(known: str, shot: Shot, fields: Collection[str]) -> str:
    """A mark that was there, for which the planner has made these fields anew."""
    if len(known) != _DIGITS * len(FIELDS):
        return mark(shot)
    parts = _parts(known)
    return "".join(_checksum(shot, name) if name in fields else parts[name] for name in FIELDS)


def _parts(known: str) -> dict[str, str]:
    return {name: known[n * _DIGITS : (n + 1) * _DIGITS] for n, name in enumerate(FIELDS)}


def _checksum(shot: Shot, name: str) -> str:
    value = getattr(shot, name)
    if name == "dialogue":
        value = "\n".join(f"{each.speaker}: {each.text}" for each in value)
    elif name == "characters":
        value = ", ".join(value)
    # Blanks do not count: editors wrap and trim lines.
    text = " ".join(str(value).split())
    return f"{zlib.crc32(text.encode('utf-8', 'replace')) & 0xFFFF:04x}"
