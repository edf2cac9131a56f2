"""A QuickTime film of JPEG pictures and plain samples: it needs no codec, every editor reads it.

The layout is that of Apple's QuickTime File Format: boxes with a length and a name, times counted
in units of the rate's numerator, so that 24000/1001 is exact. A frame that is shown again is in the
file once, and its place is named again.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from storyboard.sound.samples import CHANNELS, RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from storyboard.values.frame_rate import FrameRate

__all__ = ["quicktime_film"]

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def quicktime_film(
    frames: Sequence[bytes],
    size: tuple[int, int],
    rate: FrameRate,
    comment: str,
    sound: NDArray[np.int16] | None = None,
) -> bytes:
    """The film.

    Args:
        frames: JPEG pictures, one a frame; the same object again is the same picture.
        size: Width and height in pixels.
        rate: Frames a second.
        comment: A text in the file's metadata.
        sound: Of shape (frames, 2) at `storyboard.sound.samples.RATE`, as long as the film.
    """
    # 1. The pictures, each once, then the samples.
    head = _box(b"ftyp", b"qt  ", struct.pack(">I", 0x200), b"qt  ")
    places: dict[int, int] = {}
    pictures: list[bytes] = []
    end = len(head) + 16
    for frame in frames:
        if id(frame) not in places:
            places[id(frame)] = end
            pictures.append(frame)
            end += len(frame)
    samples = b"" if sound is None else sound.astype("<i2").tobytes()
    whole = end + len(samples) - len(head)
    data = struct.pack(">I4sQ", 1, b"mdat", whole) + b"".join(pictures) + samples

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
    media = _media(
        scale, length, b"vide", _box(b"vmhd", struct.pack(">IHHHH", 1, 0, 0, 0, 0)), table
    )
    tracks = [_track(1, length, size, 0, media)]
    if sound is not None:
        heard = _sound_media(len(sound), end)
        tracks.append(_track(2, length, (0, 0), 0x100, heard))
    words = comment.encode("utf-8")
    film = _box(
        b"moov",
        _box(
            b"mvhd",
            struct.pack(">IIIIIIH10x", 0, 0, 0, scale, length, 0x10000, 0x100),
            _MATRIX,
            struct.pack(">24xI", len(tracks) + 1),
        ),
        *tracks,
        _box(b"udta", _box(b"\xa9cmt", struct.pack(">HH", len(words), 0x55C4), words)),
    )
    return head + data + film


def _track(number: int, length: int, size: tuple[int, int], volume: int, media: bytes) -> bytes:
    """A track from the beginning to the end of the film."""
    return _box(
        b"trak",
        _box(
            b"tkhd",
            struct.pack(">IIIIIIQHHHH", 7, 0, 0, number, 0, length, 0, 0, 0, volume, 0),
            _MATRIX,
            struct.pack(">II", size[0] << 16, size[1] << 16),
        ),
        media,
    )


def _media(scale: int, length: int, kind: bytes, header: bytes, table: bytes) -> bytes:
    """What a track plays: its own clock, what it is, and where its samples lie."""
    reference = _box(b"dref", struct.pack(">II", 0, 1), _box(b"url ", struct.pack(">I", 1)))
    return _box(
        b"mdia",
        _box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, scale, length, 0x55C4, 0)),
        _box(b"hdlr", struct.pack(">I4s4s12x", 0, b"mhlr", kind), b"\0"),
        _box(
            b"minf",
            header,
            _box(b"hdlr", struct.pack(">I4s4s12x", 0, b"dhlr", b"url "), b"\0"),
            _box(b"dinf", reference),
            table,
        ),
    )


def _sound_media(frames: int, place: int) -> bytes:
    """Samples of 16 bits in two channels, the lower byte first, in one piece."""
    entry = _box(
        b"sowt",
        struct.pack(">6xH", 1),
        struct.pack(">HHIHHHHI", 0, 0, 0, CHANNELS, 16, 0, 0, RATE << 16),
    )
    table = _box(
        b"stbl",
        _box(b"stsd", struct.pack(">II", 0, 1), entry),
        _box(b"stts", struct.pack(">IIII", 0, 1, frames, 1)),
        _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, frames, 1)),
        _box(b"stsz", struct.pack(">III", 0, 2 * CHANNELS, frames)),
        _box(b"co64", struct.pack(">IIQ", 0, 1, place)),
    )
    header = _box(b"smhd", struct.pack(">IHH", 0, 0, 0))
    return _media(RATE, frames, b"soun", header, table)


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
