"""The container of a PNG file: its chunks, and the texts between them. Pixels are never decoded.

Source: Portable Network Graphics Specification (Third Edition), W3C, sections 5 and 11.3.3.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from storyboard.files.regular_file import NotRegularError
from storyboard.files.sealed_folder import read_beside
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "MAX_BYTES",
    "BrokenPngError",
    "chunks",
    "is_whole",
    "read_png",
    "read_texts",
    "whole_png",
    "with_texts",
]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = bounds.PANEL_BYTES
"""A larger file is no panel, and is not read into memory."""

MAX_TEXT_BYTES = bounds.PANEL_TEXT_BYTES
"""Most that the texts of a file may hold together, in bytes after decompression."""

MAX_PIXELS = bounds.PANEL_PIXELS
"""A picture with more is refused from its header, before anybody decodes it."""


_HEADER = struct.Struct(">I4s")
_COMPRESS_FROM = 2048  # bytes; below, a reader of the raw file should see the text
_SIZE = struct.Struct(">II")
_TEXT_KINDS = (b"tEXt", b"zTXt", b"iTXt")


class BrokenPngError(ValueError):
    """The bytes are not one whole PNG; the message says what is wrong with them."""


def read_png(path: Path) -> bytes:
    """Read a file that should be a whole PNG of sensible size, through no link.

    Raises:
        BrokenPngError: It is none.
        OSError: It cannot be read.
    """
    try:
        return whole_png(read_beside(path, MAX_BYTES))
    except NotRegularError:
        raise BrokenPngError("not a plain file") from None


def whole_png(data: bytes) -> bytes:
    """The bytes, if they are a whole PNG of sensible size.

    Raises:
        BrokenPngError: They are none.
    """
    if len(data) > MAX_BYTES:
        raise BrokenPngError(f"larger than {MAX_BYTES // 1024**2} MB")
    if not is_whole(data):
        raise BrokenPngError("not a whole PNG")
    return data


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (kind, payload) of every chunk, each checked against its CRC.

    Raises:
        BrokenPngError: Not a PNG, cut off, damaged, or larger than any panel.
    """
    if not data.startswith(SIGNATURE):
        raise BrokenPngError("not a PNG")
    position = len(SIGNATURE)
    kind, count = b"", 0
    while kind != b"IEND":
        count += 1
        if count > bounds.PANEL_CHUNKS:
            raise BrokenPngError("made of more pieces than any picture")
        if position + 12 > len(data):
            raise BrokenPngError("cut off before its end")
        length, kind = _HEADER.unpack_from(data, position)
        end = position + 8 + length
        if end + 4 > len(data):
            raise BrokenPngError("cut off before its end")
        payload = data[position + 8 : end]
        if zlib.crc32(payload, zlib.crc32(kind)) != int.from_bytes(data[end : end + 4], "big"):
            raise BrokenPngError("damaged (a checksum does not match)")
        if position == len(SIGNATURE) and (kind != b"IHDR" or length != 13):
            raise BrokenPngError("not a PNG (its header is missing)")
        if kind == b"IHDR":
            width, height = _SIZE.unpack_from(payload.ljust(8, b"\0"))
            if not 0 < width * height <= MAX_PIXELS or max(width, height) > bounds.PANEL_SIDE:
                raise BrokenPngError(f"{width}x{height} pixels, which is no panel")
        yield kind, payload
        position = end + 4


def is_whole(data: bytes) -> bool:
    """Whether the bytes are a complete PNG: every chunk intact, pixels present, end reached."""
    try:
        return b"IDAT" in {kind for kind, payload in chunks(data) if payload}
    except BrokenPngError:
        return False


def read_texts(data: bytes) -> dict[str, str]:
    """Return the text chunks of a PNG; of equal keywords the first one counts.

    Raises:
        BrokenPngError: Not a whole PNG, or a text chunk is malformed, or the texts are together
            longer than `MAX_TEXT_BYTES`.
    """
    texts: dict[str, str] = {}
    # One bound for all of them: a thousand small bombs are a large one.
    left = MAX_TEXT_BYTES
    for kind, payload in chunks(data):
        if kind in _TEXT_KINDS:
            keyword, text = _decode_text(kind, payload, left)
            left -= len(text)
            texts.setdefault(keyword, text)
    return texts


def with_texts(data: bytes, texts: Mapping[str, str]) -> bytes:
    """Return the PNG with these texts before its pixels; earlier texts of those keywords go.

    Every other chunk stays byte for byte, so the pixels do too.

    Raises:
        BrokenPngError: `data` is not a whole PNG.
    """
    out = [SIGNATURE]
    for kind, payload in chunks(data):
        if kind in _TEXT_KINDS and _keyword(payload) in texts:
            continue
        out.append(_chunk(kind, payload))
        if kind == b"IHDR":
            out.extend(_encode_text(keyword, text) for keyword, text in texts.items())
    return b"".join(out)


def _chunk(kind: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(payload, zlib.crc32(kind))
    return _HEADER.pack(len(payload), kind) + payload + checksum.to_bytes(4, "big")


def _keyword(payload: bytes) -> str:
    return payload.partition(b"\0")[0].decode("latin-1")


def _encode_text(keyword: str, text: str) -> bytes:
    # Older readers know tEXt only, which holds Latin-1; anything beyond needs iTXt.
    head = keyword.encode("latin-1") + b"\0"
    plain = text.isascii() and len(text) < _COMPRESS_FROM
    if plain:
        return _chunk(b"tEXt", head + text.encode("ascii"))
    # A lone surrogate has no UTF-8; one lost letter is better than a lost picture.
    raw = text.encode("utf-8", "replace")
    if len(raw) < _COMPRESS_FROM:
        return _chunk(b"iTXt", head + b"\0\0\0\0" + raw)
    return _chunk(b"iTXt", head + b"\1\0\0\0" + zlib.compress(raw, 9))


def _decode_text(kind: bytes, payload: bytes, most: int) -> tuple[str, str]:
    head, found, rest = payload.partition(b"\0")
    if not found:
        raise BrokenPngError("holds a text without a keyword")
    keyword = head.decode("latin-1")
    if kind == b"tEXt":
        return keyword, _bounded(rest, most).decode("latin-1")
    if kind == b"zTXt":
        return keyword, _inflate(rest[1:], most).decode("latin-1")
    compressed, method = rest[:1] == b"\1", rest[1:2]
    _, _, rest = rest[2:].partition(b"\0")  # language tag
    _, _, body = rest.partition(b"\0")  # translated keyword
    if compressed and method != b"\0":
        raise BrokenPngError(f"holds a text ({keyword[:40]!r}) in an unknown compression")
    raw = _inflate(body, most) if compressed else _bounded(body, most)
    return keyword, raw.decode("utf-8", "replace")


def _bounded(raw: bytes, most: int) -> bytes:
    if len(raw) > most:
        raise BrokenPngError(f"holding more than {MAX_TEXT_BYTES // 1024**2} MB of text")
    return raw


def _inflate(raw: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        return _bounded(inflater.decompress(raw, most + 1), most)
    except zlib.error:
        raise BrokenPngError("holds a text that cannot be decompressed") from None
