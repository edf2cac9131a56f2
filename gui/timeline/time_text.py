"""Times of a cut as its editors read them: seconds, or frames on the board's grid."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from gui.words.number_text import decimal
from storyboard.values.frame_rate import FrameRate

__all__ = ["RATE", "TimeUnit", "length_text", "place_text", "snapped", "tick_text"]

RATE = FrameRate(Fraction(24))
"""The grid of the window's timeline; exports have a rate of their own."""

_TENTHS = 10  # of a second, the grid of lengths in seconds


class TimeUnit(Enum):
    """What lengths are shown in, and rounded to where they are dragged."""

    SECONDS = "seconds"
    FRAMES = "frames"


def snapped(seconds: float, unit: TimeUnit) -> float:
    """The nearest length that the unit can say, at least the shortest of them.

    Args:
        seconds: Wanted.
        unit: Tenths of a second, or frames.
    """
    grid = _TENTHS if unit is TimeUnit.SECONDS else int(RATE.exact)
    return round(max(1, round(seconds * grid)) / grid, 4)


def length_text(seconds: float, unit: TimeUnit) -> str:
    """How long something stays: "3.5 s" or "84"."""
    if unit is TimeUnit.FRAMES:
        return str(round(seconds * RATE.exact))
    return QCoreApplication.translate("Timeline", "{0} s").format(decimal(seconds, 1))


def place_text(seconds: float, unit: TimeUnit) -> str:
    """Where something is: "1:03.5", or with frames "1:03:12"."""
    if unit is TimeUnit.FRAMES:
        frames = round(seconds * RATE.exact)
        whole, rest = divmod(frames, int(RATE.exact))
        return f"{whole // 60}:{whole % 60:02}:{rest:02}"
    tenths = round(seconds * _TENTHS)
    minutes, rest = divmod(tenths, 60 * _TENTHS)
    text = decimal(rest / _TENTHS, 1)
    return f"{minutes}:{text if rest >= 10 * _TENTHS else '0' + text}"


def tick_text(seconds: float, unit: TimeUnit) -> str:
    """A mark of the ruler: as a place, but a whole second has nothing behind it."""
    if unit is TimeUnit.SECONDS and seconds == int(seconds):
        return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return place_text(seconds, unit)
