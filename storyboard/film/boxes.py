"""The boxes of which MP4 and QuickTime films are made, and a text among them.

A box has a length, a name of four letters, and what it holds (ISO/IEC 14496-12). What stands in a
film's ``moov`` box says where in the file each picture lies, counted from the first byte: a text
that makes that box longer moves the pictures behind it, and their places are written anew.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Box", "box", "boxes", "inside", "text_in", "with_text"]

_MOST = 10_000
"""Boxes of one level; films have some tens."""
_HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"ilst")
_PLACES = {b"stco": "I", b"co64": "Q"}
_COMMENT = b"\xa9cmt"
_UTF8 = 1  # of iTunes' kinds of data


class Box(NamedTuple):
    """A box.

    Attributes:
        name: Four letters.
        start: Where its first byte is in the file.
        body: Where what it holds begins.
        end: Where it ends.
    """

    name: bytes
    start: int
    body: int
    end: int


def box(name: bytes, *content: bytes) -> bytes:
    """A box with that inside."""
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def boxes(film: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places of a file; ends where what follows is none."""
    for _ in range(_MOST):
        if end - start < 8:
            return
        length, name = struct.unpack_from(">I4s", film, start)
        body = start + 8
        if length == 1 and end - start >= 16:
            (length,) = struct.unpack_from(">Q", film, body)
            body += 8
        elif length == 0:
            length = end - start
        if not body - start <= length <= end - start:
            return
        yield Box(name, start, body, start + length)
        start += length


def inside(film: bytes, *path: bytes) -> Box | None:
    """The first box at the end of a path of names, from the file itself on."""
    start, end = 0, len(film)
    found: Box | None = None
    for name in path:
        found = next((each for each in boxes(film, start, end) if each.name == name), None)
        if found is None:
            return None
        start = found.body + (4 if name == b"meta" else 0)
        end = found.end
    return found


def text_in(film: bytes) -> str:
    """The comment of a film; empty where there is none."""
    found = inside(film, b"moov", b"udta", b"meta", b"ilst", _COMMENT, b"data")
    return film[found.body + 8 : found.end].decode("utf-8", "replace") if found else ""


def with_text(film: bytes, text: str) -> bytes:
    """The film with a comment, in place of whatever it said of itself; pictures stay as they are.

    Raises:
        InputError: It is no film.
    """
    moov = inside(film, b"moov")
    if moov is None:
        raise InputError("the film has no table of its pictures: make it again")
    kept = [each for each in boxes(film, moov.body, moov.end) if each.name != b"udta"]
    data = box(b"data", struct.pack(">II", _UTF8, 0), text.encode("utf-8"))
    handler = box(b"hdlr", struct.pack(">II4s4s9x", 0, 0, b"mdir", b"appl"))
    words = box(b"meta", bytes(4), handler, box(b"ilst", box(_COMMENT, data)))
    told = box(b"udta", words)
    grown = sum(each.end - each.start for each in kept) + len(told) + 8 - (moov.end - moov.start)
    table = [_moved(film, each, moov.end, grown) for each in kept]
    return film[: moov.start] + box(b"moov", *table, told) + film[moov.end :]


def _moved(film: bytes, each: Box, after: int, by: int) -> bytes:
    """A box whose places behind a byte of the file lie further back."""
    whole = film[each.start : each.end]
    if each.name in _HOLDERS:
        held = (_moved(film, part, after, by) for part in boxes(film, each.body, each.end))
        return film[each.start : each.body] + b"".join(held)
    if each.name not in _PLACES:
        return whole
    kind, head = _PLACES[each.name], each.body - each.start
    (count,) = struct.unpack_from(">I", whole, head + 4)
    if head + 8 + count * struct.calcsize(kind) > len(whole):
        raise InputError("the film's table of pictures is damaged: make it again")
    places = struct.unpack_from(f">{count}{kind}", whole, head + 8)
    there = (place + by if place >= after else place for place in places)
    return whole[: head + 8] + struct.pack(f">{count}{kind}", *there)
