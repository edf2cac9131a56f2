"""A sound that belongs to a board, or to one of its panels."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SOUND_KINDS", "Sound"]

SOUND_KINDS = ("wav", "mp3", "flac", "m4a")
"""Endings of files that may be recordings; what they are is told by what they hold."""


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
