"""The frames of an MP3 (ISO/IEC 11172-3, layer III), found before a decoder sees any of it.

A decoder looks through whatever lies between frames, and for frames that do not say how long they
are, byte by byte in one call that nobody can end: 12 MB of such take it three seconds. It gets the
frames alone, which are walked from head to head here.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["frames_of_mp3"]

_KBITS = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Thousand bits a second of MPEG-1, and of MPEG-2 and 2.5."""
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8000)}
"""Samples a second, by the two bits of the version."""
_HEAD = 4
_MAYBE_HEAD = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")
_BETWEEN = 2**18
"""Bytes that are no frames, in all, behind which no more are looked for."""


def frames_of_mp3(data: bytes, most: float) -> bytes:
    """What of an MP3 is sound, without its tags and what else lies between frames.

    Args:
        data: The file.
        most: Seconds after which nothing more is looked for.

    Returns:
        The frames, as they follow each other; a little longer than `most` where there are more.
    """
    kept: list[bytes] = []
    at = _behind_tag(data)
    begin, between, seconds = at, 0, 0.0
    while at + _HEAD <= len(data) and between <= _BETWEEN and seconds <= most:
        length, lasts = _frame(data, at)
        ends = at + length
        # Behind anything else two bytes may look like a head by chance, but not twice.
        is_next = at > begin or ends == len(data) or _frame(data, ends)[0] > 0
        if length and ends <= len(data) and is_next:
            at, seconds = ends, seconds + lasts
            continue
        kept.append(data[begin:at])
        found = _MAYBE_HEAD.search(data, at + 1, at + _BETWEEN)
        begin = found.start() if found else len(data)
        between += begin - at
        at = begin
    kept.append(data[begin:at])
    return b"".join(kept)


def _behind_tag(data: bytes) -> int:
    """Where the ID3v2 tag at the beginning ends."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for each in data[6:10]:  # seven bits a byte
        size = size << 7 | each & 0x7F
    return 10 + size


def _frame(data: bytes, at: int) -> tuple[int, float]:
    """Bytes and seconds of the frame that begins there; 0 where none does."""
    if data[at : at + 1] != b"\xff" or at + _HEAD > len(data):
        return 0, 0.0
    return _frame_of(data[at + 1], data[at + 2])


@cache
def _frame_of(kind: int, size: int) -> tuple[int, float]:
    """As `_frame`, of the second and third byte of a head."""
    rates = _RATES.get(kind >> 3 & 3)
    bits, rate = size >> 4, size >> 2 & 3
    if kind & 0xE6 != 0xE2 or rates is None or bits in (0, 15) or rate == 3:
        return 0, 0.0
    is_first = kind >> 3 & 3 == 3
    samples = 1152 if is_first else 576
    length = samples // 8 * 1000 * _KBITS[is_first][bits - 1] // rates[rate] + (size >> 1 & 1)
    return length, samples / rates[rate]
