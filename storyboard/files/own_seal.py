"""A seal on what this user's programs wrote, so that a stranger's file is not taken for one.

A project folder may come from anybody. What in it names a file outside, and is followed without
asking, is only believed with a seal, which needs a key that never leaves this user's own folder.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress

import platformdirs

from storyboard.errors import StoryboardError
from storyboard.files.atomic import write_bytes
from storyboard.files.regular_file import read_regular

__all__ = ["is_sealed", "seal_of"]

_FILE = "seal.key"
_BYTES = 32


def seal_of(text: str) -> str:
    """HMAC-SHA256 of a text under this user's key (RFC 2104), hexadecimal.

    Empty where no key can be kept; nothing is sealed then.
    """
    key = _key()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if key else ""


def is_sealed(text: str, seal: str) -> bool:
    """Whether this user's programs have sealed the text."""
    mine = seal_of(text)
    return bool(mine) and hmac.compare_digest(mine, seal)


def _key() -> bytes:
    """The user's key, made when it is first wanted; empty where the disk refuses."""
    place = platformdirs.user_data_path("storyboard", appauthor=False) / _FILE
    with suppress(OSError, StoryboardError):
        key = b""
        with suppress(FileNotFoundError):
            key = read_regular(place, _BYTES)
        if len(key) != _BYTES:
            key = secrets.token_bytes(_BYTES)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(place, key)
        return key
    return b""
