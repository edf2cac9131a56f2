"""What is asked to be heard in a film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storyboard.values.sound import Sound

__all__ = ["USUAL_SOUND", "FilmSound", "SamplesOf", "Speech"]

SamplesOf = Callable[[Sound], Any]
"""Reads a sound of the board: samples of shape (frames, 2). `Sounds.read` of a project is one."""


class Speech(StrEnum):
    """Whether the dialogue is spoken by a voice of the system."""

    OFF = "off"
    ON = "on"
    FIT = "fit"  # and a panel stays as long as its lines take


@dataclass(frozen=True, slots=True)
class FilmSound:
    """What is to be heard.

    Attributes:
        samples_of: Reads the board's sounds; without it there are none.
        recordings: Whether the board's sounds are heard.
        speech: Whether the dialogue is spoken.
    """

    samples_of: SamplesOf | None = None
    recordings: bool = True
    speech: Speech = Speech.OFF


USUAL_SOUND = FilmSound()
