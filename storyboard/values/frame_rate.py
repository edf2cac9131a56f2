"""Frames a second as a true fraction: 23.976 is 24000/1001, so that sums never drift."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from storyboard.errors import InputError

__all__ = ["FILM", "FrameRate", "nearest_rate", "parse_rate"]

_SLOWEST, _FASTEST = 1, 120
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?(?:/\d{1,6})?", re.ASCII)
# What people write for a whole rate that television slowed down by a thousandth: 23.976, 23.98.
_NEAR = Fraction(1, 50)


@dataclass(frozen=True, slots=True)
class FrameRate:
    """Frames a second.

    Attributes:
        exact: Above 0, for example ``Fraction(24000, 1001)``.
    """

    exact: Fraction

    @property
    def nominal(self) -> int:
        """The whole number by which time codes count: 24 of 23.976."""
        return -(-self.exact.numerator // self.exact.denominator)

    @property
    def is_slowed(self) -> bool:
        """Whether it is a whole rate slowed down by a thousandth, as NTSC's are."""
        return self.exact == Fraction(self.nominal * 1000, 1001)

    def frames(self, seconds: Fraction) -> int:
        """The frame that begins nearest to a time; halves go up."""
        return int((seconds * self.exact * 2 + 1) // 2)

    def seconds(self, frames: int) -> Fraction:
        """When a frame begins, exactly."""
        return frames / self.exact

    def timecode(self, frame: int) -> str:
        """The frame as HH:MM:SS:FF, counted without leaving numbers out (non-drop)."""
        whole, rest = divmod(frame, self.nominal)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}:{rest:02}"

    def __str__(self) -> str:
        if self.exact.denominator == 1:
            return str(self.exact.numerator)
        return f"{float(self.exact):.3f}".rstrip("0")


FILM = FrameRate(Fraction(24))
"""What film runs at."""


def parse_rate(text: str, name: str = "--rate") -> FrameRate:
    """Read a rate as people write it: 24, 23.976, 29.97 or 30000/1001.

    Args:
        text: What was written.
        name: The option or setting that it was written for; the error begins with it.

    Raises:
        InputError: Not a rate from 1 to 120 that film or television uses.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text) and not text.endswith("/0"):
        parts = text.replace(",", ".").split("/")
        if all(float(each) for each in parts):
            rate = Fraction(parts[0]) / Fraction(parts[1] if parts[1:] else 1)
            whole = -(-rate.numerator // rate.denominator)
            slowed = Fraction(whole * 1000, 1001)
            if _SLOWEST <= rate <= _FASTEST:
                if rate in (whole, slowed):
                    return FrameRate(rate)
                # From 23.976, and not from 23.5: a rate that nothing plays would be written.
                if not parts[1:] and abs(rate - slowed) < _NEAR:
                    return FrameRate(slowed)
    raise InputError(
        "{name} {text} is no frame rate: write 23.976, 24, 25, 29.97, 30, 50, 59.94, 60 or "
        "another whole number from {slowest} to {fastest}",
        name=name,
        text=text[:40],
        slowest=_SLOWEST,
        fastest=_FASTEST,
    )


def nearest_rate(rate: float) -> FrameRate:
    """The rate that a program means which keeps it as a decimal number.

    Raises:
        InputError: There is none; the message lacks the name of the file, which comes before it.
    """
    try:
        return parse_rate(f"{rate:.3f}".rstrip("0").rstrip("."))
    except InputError:
        raise InputError(
            "has {rate} frames a second, which neither film nor television has: export it again "
            "at another rate",
            rate=f"{rate:g}",
        ) from None
