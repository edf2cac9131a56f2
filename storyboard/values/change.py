"""A panel that is not what its shown take shows, and in what it differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Change", "Changed"]


class Changed(StrEnum):
    """In what a panel differs from its shown take."""

    PICTURE = "picture"
    """Drawn again it would show something else."""
    PINNED = "pinned"
    """A take of the present words is there, but an older one is pinned."""
    WORDS = "words"
    """Only the words under the picture are newer; the prompt is the one it was drawn with."""


@dataclass(frozen=True, slots=True)
class Change:
    """A panel that is not what its shown take shows.

    Attributes:
        number: Place on the board, from 1.
        key: The panel's key.
        what: In what it differs.
    """

    number: int
    key: str
    what: Changed
