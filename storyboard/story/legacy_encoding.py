"""Which encoding of older editors a text is in that is no UTF-8."""

from __future__ import annotations

import re

__all__ = ["legacy_encoding"]

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff\xa8\xb8]{3,}")
_UNUSED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that cp1252 does not have."""
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\xff\xfe")
_MOST_HIGH = 0.25
"""Of the letters of a text in a western language; French has 4 in a hundred."""


def legacy_encoding(data: bytes) -> str:
    """Name "cp1251" (Russian), "cp1252" or "latin-1" (western); empty where it is no text.

    In Cyrillic whole words are of bytes above 127; in western languages such bytes stand alone
    among others.
    """
    if data.startswith(_BINARY) or _CONTROL.search(data):
        return ""
    high = sum(len(each) for each in _HIGH_RUN.findall(data))
    if 2 * sum(len(each) for each in _CYRILLIC_RUN.findall(data)) > high:
        return "cp1251" if b"\x98" not in data else ""  # the byte that cp1251 does not have
    if high > _MOST_HIGH * len(data):
        return ""
    return "latin-1" if _UNUSED.search(data) else "cp1252"
