"""Several sounds laid over each other along the cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.sound.samples import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Placed", "mixed"]

_CEILING = 10 ** (-1 / 20)
"""The highest peak of a mix: a decibel below full scale, which players need for themselves."""

_FADE = 480  # samples, a hundredth of a second: what is cut off ends without a click
_FULL = 32768.0


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


def mixed(sounds: Iterable[Placed], frames: int) -> NDArray[np.int16]:
    """All sounds together, as long as the cut.

    Where they are louder together than can be stored, the whole is made softer by one factor, so
    that nothing is distorted.

    Args:
        sounds: Each where it begins.
        frames: Samples of the cut.

    Returns:
        Shape (frames, 2).
    """
    whole = np.zeros((frames, CHANNELS), dtype=np.float32)
    for sound in sounds:
        end = min(sound.end, frames, sound.start + len(sound.samples))
        if end <= sound.start:
            continue
        part = sound.samples[: end - sound.start].astype(np.float32) / _FULL
        part *= 10 ** (sound.gain / 20)
        if len(part) < len(sound.samples):
            fade = min(_FADE, len(part))
            part[len(part) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
        whole[sound.start : end] += part
    peak = float(np.abs(whole).max()) if frames else 0.0
    if peak > _CEILING:
        whole *= _CEILING / peak
    return np.round(whole * (_FULL - 1)).astype(np.int16)
