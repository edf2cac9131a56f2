"""Sound in memory: 48,000 samples a second, two channels, which film and editing programs use."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "CHANNELS",
    "PEAKS",
    "RATE",
    "as_wave",
    "frames_of",
    "level",
    "loudest",
    "peaks",
    "seconds_of",
    "silence",
]

RATE = 48_000
"""Samples a second."""

CHANNELS = 2

PEAKS = 100
"""Peaks a second of `peaks`."""

_FULL = 32768.0


def frames_of(seconds: float) -> int:
    """The number of samples in a channel that last so long."""
    return round(seconds * RATE)


def seconds_of(samples: NDArray[np.int16]) -> float:
    """How long a sound is."""
    return len(samples) / RATE


def silence(frames: int) -> NDArray[np.int16]:
    """So many samples of nothing."""
    return np.zeros((frames, CHANNELS), dtype=np.int16)


def level(samples: NDArray[np.int16]) -> float:
    """How loud a sound is: the root of its mean square in decibels below full scale.

    Returns:
        0 for a square wave as loud as can be, -infinity for silence.
    """
    if not len(samples):
        return float("-inf")
    power = float(np.mean(np.square(samples.astype(np.float64) / _FULL)))
    return 10 * float(np.log10(power)) if power else float("-inf")


def loudest(samples: NDArray[np.int16]) -> float:
    """The highest peak, in decibels below full scale; -infinity for silence."""
    peak = int(np.abs(samples.astype(np.int32)).max()) if len(samples) else 0
    return 20 * float(np.log10(peak / _FULL)) if peak else float("-inf")


def peaks(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """How high a sound goes in every hundredth of a second, for a drawing of it.

    Returns:
        Shape (hundredths,), from 0 to 1; the last one may be of a shorter time.
    """
    step = RATE // PEAKS
    each = np.zeros(-(-len(samples) // step), dtype=np.float32)
    # A minute at a time: the absolute values of the whole would be twice the sound again.
    for first in range(0, len(each), 60 * PEAKS):
        part = samples[first * step : (first + 60 * PEAKS) * step].astype(np.int32)
        starts = np.arange(0, len(part), step)
        highest = np.maximum.reduceat(np.abs(part).max(axis=1), starts)
        each[first : first + len(starts)] = highest / _FULL
    return each


def as_wave(samples: NDArray[np.int16]) -> bytes:
    """A sound as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(CHANNELS)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()
