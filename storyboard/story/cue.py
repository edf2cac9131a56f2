"""A cue of a script: who speaks next."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Who speaks a paragraph.

    Attributes:
        speaker: As the board prints it; empty where nobody is named.
        seen: Those of the speakers who are in the picture.
    """

    speaker: str
    seen: tuple[str, ...]
