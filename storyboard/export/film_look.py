"""How an animatic looks: its size, what the camera does, and what is written into the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from storyboard.errors import InputError

__all__ = [
    "USUAL",
    "Burn",
    "FilmLook",
    "parse_bit_rate",
    "parse_burns",
    "parse_height",
    "parse_seconds",
]

_LOWEST, _HIGHEST = 120, 2160
_LONGEST_DISSOLVE = 10
_FEWEST_BITS, _MOST_BITS = 50_000, 400_000_000


class Burn(StrEnum):
    """What may be written into the picture."""

    CAPTION = "caption"
    """The line that is spoken; where nobody speaks, the action."""
    SHOT = "shot"
    SCENE = "scene"
    TIMECODE = "timecode"


@dataclass(frozen=True, slots=True)
class FilmLook:
    """How an animatic looks.

    Attributes:
        height: In pixels; None for what the form usually has. The width follows from the board.
        dissolve: Seconds over which one panel goes over into the next; 0 cuts. Never more than
            half of the shorter panel.
        moves: Whether the picture moves as the shot's camera does.
        burns: What is written into the picture.
        parallax: Whether what stands in front moves more than what is behind it, in panels where it
            is sure what does.
        codec: How it is encoded, of `storyboard.film.ffmpeg_program.CODECS`: "h264" or "hevc" for
            an MP4, "prores" for a QuickTime film. Empty is H.264, and JPEG pictures.
        bit_rate: Bits a second of H.264 and HEVC; 0 is what the quality needs.
    """

    height: int | None = None
    dissolve: Fraction = Fraction(0)
    moves: bool = True
    burns: frozenset[Burn] = frozenset({Burn.CAPTION})
    parallax: bool = True
    codec: str = ""
    bit_rate: int = 0


USUAL = FilmLook()
"""Cuts, moves and captions."""


def parse_height(text: str) -> int:
    """Read the height of a film in pixels.

    Raises:
        InputError: Not a whole number from 120 to 2160.
    """
    height = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not _LOWEST <= height <= _HIGHEST:
        raise InputError(
            "--height {text} is no height: write pixels from {lowest} to {highest}, "
            "for example 720 or 1080",
            text=text[:40],
            lowest=_LOWEST,
            highest=_HIGHEST,
        )
    return height


def parse_seconds(text: str) -> Fraction:
    """Read how long a dissolve takes.

    Raises:
        InputError: Not a number of seconds from 0 to 10.
    """
    try:
        seconds = Fraction(text.replace(",", ".")) if len(text) < 12 else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        seconds = Fraction(-1)
    if not 0 <= seconds <= _LONGEST_DISSOLVE:
        raise InputError(
            "--dissolve {text} is no length: write seconds from 0 to {longest_dissolve}, "
            "for example 0.5",
            text=text[:40],
            longest_dissolve=_LONGEST_DISSOLVE,
        )
    return seconds


def parse_bit_rate(text: str) -> int:
    """Read bits a second, such as "12M" or "800k".

    Raises:
        InputError: It is none, or no film's.
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)([kM])", text.strip(), re.ASCII)
    bits = round(float(found[1]) * (10**6 if found[2] == "M" else 1000)) if found else 0
    if not _FEWEST_BITS <= bits <= _MOST_BITS:
        raise InputError(
            "--bit-rate {text} is none: write bits a second such as 12M or 800k, up to 400M",
            text=text[:40],
        )
    return bits


def parse_burns(text: str) -> frozenset[Burn]:
    """Read a list such as "caption,timecode", or "none".

    Raises:
        InputError: It names something else.
    """
    words = [each.strip().casefold() for each in text.split(",")]
    if words == ["none"]:
        return frozenset()
    for word in words:
        if word not in [*Burn]:
            raise InputError(
                "--burn {word} cannot be written into a film: choose from "
                "{burn}, with commas between them, or none",
                word=repr(word[:40]),
                burn=", ".join(Burn),
            )
    return frozenset(map(Burn, words))
