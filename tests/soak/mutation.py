"""Damaged copies of good inputs, by a seed: fast enough for tens of thousands of them."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

__all__ = ["Mutator", "mend_checksums", "mend_xml"]

LARGEST = 64 * 1024
"""Bytes; a mutated input is cut to this, so that time and memory speak of the reader."""

_NUMBERS = (
    *(b"0", b"-1", b"-0", b"1e999", b"-1e999", b".nan", b".inf", b"nan", b"4294967296", b"0x7f"),
    *(b"1_0", b"1:30", b"9" * 5000, b"0.0000000001", b"true", b"null", b"~", b"2026-01-01"),
)
_WORDS = (
    *(b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system ", b"!x ", b"? ", b"- ", b": "),
    *(b"[", b"]", b"{", b"}", b'"', b"'", b"|\n", b">\n", b"#", b"---\n", b"...\n", b"%YAML 9\n"),
    *(b"\t", b"\r", b"\n", b"\0", b"\x1b[2J", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80"),
    *(b"\xe2\x80\xa8", b"\xc2\x85", b"\xe2\x80\xae", b"\\ud800", b"\\x1b[31m", b"\\0", b"%s%n"),
    *(b"../", b"/etc/passwd", b"..\\", b"C:\\", b"~/", b"file:///", b"http://a.b/", b"${HOME}"),
    *(b"[" * 60, b"{a: " * 60, b"- " * 60, b'"a":' * 30, b"((((", b"." * 300, b"\xf0\x9f\x8e\xac"),
)


class Mutator:
    """Makes inputs out of good ones.

    Args:
        seeds: Good inputs.
        chance: Decides everything.
        words: Tokens of the format, beside those that trouble every format.
        finish: Applied to half of the inputs: mends checksums, so that damage goes deeper.
    """

    def __init__(
        self,
        seeds: Sequence[bytes],
        chance: random.Random,
        words: Sequence[bytes] = (),
        finish: Callable[[bytes, random.Random], bytes] | None = None,
    ) -> None:
        self._seeds, self._random = seeds, chance
        self._words = (*words, *words, *_WORDS, *_NUMBERS)
        self._finish = finish

    def next(self) -> bytes:
        """Another input, of at most `LARGEST` bytes."""
        data = bytearray(self._random.choice(self._seeds))
        for _ in range(self._random.choice((1, 1, 2, 3, 5, 9))):
            self._damage(data)
            del data[LARGEST:]
        if self._finish and self._random.random() < 0.7:
            return self._finish(bytes(data), self._random)
        return bytes(data)

    def _damage(self, data: bytearray) -> None:
        chance = self._random
        here = chance.randint(0, len(data))
        end = min(len(data), here + int(2 ** chance.uniform(0, 9)))
        match chance.randrange(9):
            case 0:  # one byte is another one
                data[here : here + 1] = bytes([chance.randrange(256)])
            case 1:  # one bit
                if here < len(data):
                    data[here] ^= 1 << chance.randrange(8)
            case 2:  # a piece is gone
                del data[here:end]
            case 3:  # a piece is there twice, or many times
                data[end:end] = data[here:end] * chance.choice((1, 1, 2, 20, 200))
            case 4:  # cut off
                del data[here:]
            case 5 | 6:  # a word that does not belong here
                data[here:here] = chance.choice(self._words)
            case 7:  # a number or a word for another
                data[here:end] = chance.choice(self._words)
            case _:  # the end of another one
                other = chance.choice(self._seeds)
                data[here:] = other[chance.randint(0, len(other)) :]


def mend_checksums(data: bytes, chance: random.Random) -> bytes:
    """Give the chunks of a damaged PNG right checksums; now and then a text that swells."""
    out, position = [data[:8]], 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        payload = data[position + 8 : position + 8 + length]
        out.append(_chunk(kind, payload))
        if chance.random() < 0.1:
            out.append(_swelling_text(chance))
        position += 12 + length
    return b"".join(out)


_TYPE = re.compile(r"\sType=\"[^\"]*\"")
_TAG = re.compile(r"<(/?)([A-Za-z]\w{0,30})((?:\s+\w{1,20}=\"[^\"<&]{0,200}\")*)\s*(/?)>")


def mend_xml(data: bytes, chance: random.Random) -> bytes:
    """Make damaged XML well formed, so that the damage reaches the reader behind the parser.

    Tags that fit nowhere go, those left open are closed, and everything else is text. Now and
    then a tag is left out, so that texts stand where none are expected.
    """
    text = re.sub(r"[^\t\n -\ud7ff\ue000-\ufffd]", "", data.decode("utf-8", "replace"))
    out: list[str] = []
    opened: list[str] = []
    position = 0
    for found in _TAG.finditer(text):
        out.append(_escaped(text[position : found.start()]) if opened else "")
        position = found.end()
        closing, name, attributes, empty = found.groups()
        if closing and opened[-1:] == [name] and len(opened) > 1:
            out.append(f"</{opened.pop()}>")
        elif not closing and chance.random() < 0.98:
            kind = _TYPE.search(attributes)  # the one attribute that is read
            out.append(f"<{name}{kind.group() if kind else ''}")
            out.append("/>" if empty and opened else ">")
            opened += [] if empty and opened else [name]
    out += [f"</{name}>" for name in reversed(opened)]
    return "".join(out).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _chunk(kind: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(payload, zlib.crc32(kind))
    return struct.pack(">I4s", len(payload), kind) + payload + checksum.to_bytes(4, "big")


def _swelling_text(chance: random.Random) -> bytes:
    keyword = chance.choice((b"storyboard", b"parameters", b"k%d" % chance.randrange(10**6)))
    packed = zlib.compress(b"[" * chance.choice((10, 10**4, 5 * 10**6, 3 * 10**7)), 9)
    if chance.random() < 0.5:
        return _chunk(b"zTXt", keyword + b"\0\0" + packed)
    return _chunk(b"iTXt", keyword + b"\0\1\0\0\0" + packed)
