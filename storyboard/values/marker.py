"""A marker in a board's time: a cue in the music, a place to talk about.

It stands at a time of the whole and stays there when panels are made longer, as that of a sequence
in an editing program does.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Marker"]


@dataclass(frozen=True, slots=True, order=True)
class Marker:
    """A marker.

    Attributes:
        seconds: From the beginning of the board, at least 0.
        name: What it says; may be empty.
    """

    seconds: float
    name: str = ""
