"""Several sounds laid over each other along the cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.sound.samples import CHANNELS, RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Placed", "mixed"]

_CEILING = 10 ** (-1 / 20)
"""The highest peak of a mix: a decibel below full scale, which players need for themselves."""

_FADE = 480  # samples, a hundredth of a second: what is cut off ends without a click
_FULL = 32768.0
_BLOCK = 10 * RATE


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound in the cut.

    Attributes:
        samples: Of shape (frames, 2).
        start: Its first sample in the cut, from 0.
        end: The first sample that is no longer its own; what is longer is faded out there.
        gain: Decibels; 0 leaves it as it is.
    """

    samples: NDArray[np.int16]
    start: int
    end: int
    gain: float = 0.0


def mixed(
    sounds: Iterable[Placed], frames: int, going_on: Callable[[], None] = lambda: None
) -> NDArray[np.int16]:
    """All sounds together, as long as the cut.

    Where they are louder together than can be stored, the whole is made softer by one factor, so
    that nothing is distorted.

    Args:
        sounds: Each where it begins.
        frames: Samples of the cut.
        going_on: Asked every ten seconds of sound; it raises to end the work.

    Returns:
        Shape (frames, 2).
    """
    sounds = tuple(sounds)
    whole = np.zeros((frames, CHANNELS), dtype=np.int16)
    peak, factor = 0.0, 1.0
    # Two hours in floating point would take 2.8 GB: a block at a time does.
    blocks = [(start, min(frames, start + _BLOCK)) for start in range(0, frames, _BLOCK)]
    for start, end in blocks:
        going_on()
        part = _block(sounds, start, end)
        peak = max(peak, float(np.abs(part).max()))
        if peak <= _CEILING:
            whole[start:end] = np.round(part * (_FULL - 1))
    if peak > _CEILING:
        factor = _CEILING / peak
        for start, end in blocks:
            going_on()
            whole[start:end] = np.round(_block(sounds, start, end) * factor * (_FULL - 1))
    return whole


def _block(sounds: Iterable[Placed], start: int, end: int) -> NDArray[np.float32]:
    """A part of the cut, in floating point and as loud as it comes."""
    block = np.zeros((end - start, CHANNELS), dtype=np.float32)
    for sound in sounds:
        length = min(len(sound.samples), sound.end - sound.start)
        first, last = max(0, start - sound.start), min(length, end - sound.start)
        if last <= first:
            continue
        part = sound.samples[first:last].astype(np.float32) / _FULL
        part *= 10 ** (sound.gain / 20)
        if length < len(sound.samples):
            fade = min(_FADE, length)
            ramp = np.linspace(1, 0, fade, dtype=np.float32)[:, None]
            begin = max(first, length - fade)
            if begin < last:
                part[begin - first :] *= ramp[begin - (length - fade) : last - (length - fade)]
        at = sound.start + first - start
        block[at : at + len(part)] += part
    return block
