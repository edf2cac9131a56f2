"""A QuickTime film whose frames are JPEG pictures: it needs no codec, and every editor reads it.

The layout is that of Apple's QuickTime File Format: boxes with a length and a name, times counted
in units of the rate's numerator, so that 24000/1001 is exact. A frame that is shown again is in the
file once, and its place is named again.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.values.frame_rate import FrameRate

__all__ = ["quicktime_film"]

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def quicktime_film(
    frames: Sequence[bytes], size: tuple[int, int], rate: FrameRate, comment: str
) -> bytes:
    """The film.

    Args:
        frames: JPEG pictures, one a frame; the same object again is the same picture.
        size: Width and height in pixels.
        rate: Frames a second.
        comment: A text in the file's metadata.
    """
    # 1. The pictures, each once.
    head = _box(b"ftyp", b"qt  ", struct.pack(">I", 0x200), b"qt  ")
    places: dict[int, int] = {}
    pictures: list[bytes] = []
    end = len(head) + 16
    for frame in frames:
        if id(frame) not in places:
            places[id(frame)] = end
            pictures.append(frame)
            end += len(frame)
    data = struct.pack(">I4sQ", 1, b"mdat", end - len(head)) + b"".join(pictures)

    # 2. What plays them when.
    scale, each = rate.exact.numerator, rate.exact.denominator
    length = len(frames) * each
    table = _box(
        b"stbl",
        _box(b"stsd", struct.pack(">II", 0, 1), _jpeg_entry(size)),
        _box(b"stts", struct.pack(">IIII", 0, 1, len(frames), each)),
        _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        _box(b"stsz", struct.pack(">III", 0, 0, len(frames)), _numbers("I", map(len, frames))),
        _box(
            b"co64",
            struct.pack(">II", 0, len(frames)),
            _numbers("Q", (places[id(frame)] for frame in frames)),
        ),
    )
    reference = _box(b"dref", struct.pack(">II", 0, 1), _box(b"url ", struct.pack(">I", 1)))
    media = _box(
        b"mdia",
        _box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, scale, length, 0x55C4, 0)),
        _box(b"hdlr", struct.pack(">I4s4s12x", 0, b"mhlr", b"vide"), b"\0"),
        _box(
            b"minf",
            _box(b"vmhd", struct.pack(">IHHHH", 1, 0, 0, 0, 0)),
            _box(b"hdlr", struct.pack(">I4s4s12x", 0, b"dhlr", b"url "), b"\0"),
            _box(b"dinf", reference),
            table,
        ),
    )
    track = _box(
        b"trak",
        _box(
            b"tkhd",
            struct.pack(">IIIIIIQHHHH", 7, 0, 0, 1, 0, length, 0, 0, 0, 0, 0),
            _MATRIX,
            struct.pack(">II", size[0] << 16, size[1] << 16),
        ),
        media,
    )
    words = comment.encode("utf-8")
    film = _box(
        b"moov",
        _box(
            b"mvhd",
            struct.pack(">IIIIIIH10x", 0, 0, 0, scale, length, 0x10000, 0x100),
            _MATRIX,
            struct.pack(">24xI", 2),
        ),
        track,
        _box(b"udta", _box(b"\xa9cmt", struct.pack(">HH", len(words), 0x55C4), words)),
    )
    return head + data + film


def _jpeg_entry(size: tuple[int, int]) -> bytes:
    """How the pictures are stored: JPEG in 24 bits of colour, 72 dots per inch."""
    name = b"Photo - JPEG"
    return _box(
        b"jpeg",
        struct.pack(">6xH", 1),
        struct.pack(">HH4sII", 0, 0, b"appl", 0, 512),
        struct.pack(">HHIIIH", *size, 0x480000, 0x480000, 0, 1),
        struct.pack(">B31sHh", len(name), name, 24, -1),
    )


def _numbers(kind: str, numbers: Iterable[int]) -> bytes:
    listed = list(numbers)
    return struct.pack(f">{len(listed)}{kind}", *listed)


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body
