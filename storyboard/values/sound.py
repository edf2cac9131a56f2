"""A sound that belongs to a board, or to one of its panels."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sound"]


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording.

    Attributes:
        file: File name inside the project's ``sounds`` folder.
        title: What people call it: the name of the file that it came from.
        seconds: Its length, above 0.
        gain: Decibels by which it is made louder; 0 as it was recorded.
    """

    file: str
    title: str
    seconds: float
    gain: float = 0.0
