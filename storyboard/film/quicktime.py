"""A QuickTime film of JPEG pictures and plain samples: it needs no codec, every editor reads it.

The layout is that of Apple's QuickTime File Format: boxes with a length and a name, times counted
in units of the rate's numerator, so that 24000/1001 is exact. A frame that is shown again is in the
file once, and its place is named again.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from storyboard.film.boxes import box, inside
from storyboard.sound.samples import CHANNELS, RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from storyboard.values.frame_rate import FrameRate

__all__ = ["jpeg_frames", "quicktime_film"]

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
    head = box(b"ftyp", b"qt  ", struct.pack(">I", 0x200), b"qt  ")
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
    table = box(
        b"stbl",
        box(b"stsd", struct.pack(">II", 0, 1), _jpeg_entry(size)),
        box(b"stts", struct.pack(">IIII", 0, 1, len(frames), each)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        box(b"stsz", struct.pack(">III", 0, 0, len(frames)), _numbers("I", map(len, frames))),
        box(
            b"co64",
            struct.pack(">II", 0, len(frames)),
            _numbers("Q", (places[id(frame)] for frame in frames)),
        ),
    )
    media = _media(
        scale, length, b"vide", box(b"vmhd", struct.pack(">IHHHH", 1, 0, 0, 0, 0)), table
    )
    tracks = [_track(1, length, size, 0, media)]
    if sound is not None:
        heard = _sound_media(len(sound), end)
        tracks.append(_track(2, length, (0, 0), 0x100, heard))
    words = comment.encode("utf-8")
    film = box(
        b"moov",
        box(
            b"mvhd",
            struct.pack(">IIIIIIH10x", 0, 0, 0, scale, length, 0x10000, 0x100),
            _MATRIX,
            struct.pack(">24xI", len(tracks) + 1),
        ),
        *tracks,
        box(b"udta", box(b"\xa9cmt", struct.pack(">HH", len(words), 0x55C4), words)),
    )
    return head + data + film


def jpeg_frames(film: bytes, most: int) -> Iterator[bytes] | None:
    """The pictures of a film that `quicktime_film` has made, one by one; None of any other.

    Args:
        film: A file, which may be a stranger's.
        most: So many are looked for.
    """
    table = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
    kind, sizes, places = (inside(film, *table, name) for name in (b"stsd", b"stsz", b"co64"))
    if kind is None or sizes is None or places is None:
        return None
    if film[kind.body + 12 : kind.body + 16] != b"jpeg":
        return None
    count = min((sizes.end - sizes.body - 12) // 4, (places.end - places.body - 8) // 8, most)
    if count < 1:
        return None
    lengths = struct.unpack_from(f">{count}I", film, sizes.body + 12)
    starts = struct.unpack_from(f">{count}Q", film, places.body + 8)
    pairs = zip(starts, lengths, strict=True)
    return (film[start : start + size] for start, size in pairs)


def _track(number: int, length: int, size: tuple[int, int], volume: int, media: bytes) -> bytes:
    """A track from the beginning to the end of the film."""
    return box(
        b"trak",
        box(
            b"tkhd",
            struct.pack(">IIIIIIQHHHH", 7, 0, 0, number, 0, length, 0, 0, 0, volume, 0),
            _MATRIX,
            struct.pack(">II", size[0] << 16, size[1] << 16),
        ),
        media,
    )


def _media(scale: int, length: int, kind: bytes, header: bytes, table: bytes) -> bytes:
    """What a track plays: its own clock, what it is, and where its samples lie."""
    reference = box(b"dref", struct.pack(">II", 0, 1), box(b"url ", struct.pack(">I", 1)))
    return box(
        b"mdia",
        box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, scale, length, 0x55C4, 0)),
        box(b"hdlr", struct.pack(">I4s4s12x", 0, b"mhlr", kind), b"\0"),
        box(
            b"minf",
            header,
            box(b"hdlr", struct.pack(">I4s4s12x", 0, b"dhlr", b"url "), b"\0"),
            box(b"dinf", reference),
            table,
        ),
    )


def _sound_media(frames: int, place: int) -> bytes:
    """Samples of 16 bits in two channels, the lower byte first, in one piece."""
    entry = box(
        b"sowt",
        struct.pack(">6xH", 1),
        struct.pack(">HHIHHHHI", 0, 0, 0, CHANNELS, 16, 0, 0, RATE << 16),
    )
    table = box(
        b"stbl",
        box(b"stsd", struct.pack(">II", 0, 1), entry),
        box(b"stts", struct.pack(">IIII", 0, 1, frames, 1)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, frames, 1)),
        box(b"stsz", struct.pack(">III", 0, 2 * CHANNELS, frames)),
        box(b"co64", struct.pack(">IIQ", 0, 1, place)),
    )
    header = box(b"smhd", struct.pack(">IHH", 0, 0, 0))
    return _media(RATE, frames, b"soun", header, table)


def _jpeg_entry(size: tuple[int, int]) -> bytes:
    """How the pictures are stored: JPEG in 24 bits of colour, 72 dots per inch."""
    name = b"Photo - JPEG"
    return box(
        b"jpeg",
        struct.pack(">6xH", 1),
        struct.pack(">HH4sII", 0, 0, b"appl", 0, 512),
        struct.pack(">HHIIIH", *size, 0x480000, 0x480000, 0, 1),
        struct.pack(">B31sHh", len(name), name, 24, -1),
    )


def _numbers(kind: str, numbers: Iterable[int]) -> bytes:
    listed = list(numbers)
    return struct.pack(f">{len(listed)}{kind}", *listed)
