"""A published model as it is offered: what it is, what it takes and what it may be used for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config import SpeedMode

__all__ = ["Offer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A model of the hub, or the one that ships; everything is known without its files.

    Attributes:
        name: Hub id, or "starter".
        family: Name of its family.
        licence: Its name.
        commercial: Whether the licence lets the model be used commercially.
        gated: Whether the hub wants an account that has accepted terms.
        download: Bytes of what is fetched.
        draws: Bytes that the network that draws and the decoder take in 16 bits.
        reads: Bytes that the text encoders take in 16 bits.
        stored: Weights that a storage keeps in fewer digits.
        frame: Width and height, in pixels, for which its compute is given.
        once: TFLOP of a panel's text and decoding.
        step: TFLOP of one step, all its evaluations.
        modes: Steps and scales of each speed mode.
        edits: Whether it changes pictures by an instruction.
        references: How many pictures it looks at.
        negative: What a negative prompt is: "yes", "doubles every step", "no".
    """

    name: str
    family: str
    licence: str
    commercial: bool
    gated: bool
    download: int
    draws: int
    reads: int
    stored: int
    frame: tuple[int, int]
    once: float
    step: float
    modes: Mapping[str, SpeedMode] = field(repr=False)
    edits: bool = False
    references: int = 0
    negative: str = "yes"

    def tflop(self, mode: str) -> float:
        """TFLOP of a panel in a mode."""
        return self.once + self.modes[mode].steps * self.step

    @property
    def notice(self) -> str:
        """What must be said before it is downloaded; empty where there is nothing."""
        if self.commercial:
            return ""
        return f"{self.licence}, not for commercial use"
