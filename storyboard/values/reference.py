"""A picture that a request refers to, named by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

__all__ = ["Reference", "picture_hash"]


def picture_hash(picture: bytes) -> str:
    """SHA-256 of a reference picture, hexadecimal; also its file name in a project."""
    return hashlib.sha256(picture).hexdigest()


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture by its hash; two are equal where their hashes are.

    Attributes:
        sha: SHA-256 of the encoded picture, hexadecimal.
        picture: The picture itself, PNG or JPEG.
    """

    sha: str
    picture: bytes = field(repr=False, compare=False)

    @classmethod
    def of(cls, picture: bytes) -> Reference:
        """The reference of an encoded picture, hashed now: do it once a run."""
        return cls(picture_hash(picture), picture)
