"""The hires pass: a finished picture made larger, and its detail drawn anew, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from storyboard.errors import InputError
from storyboard.techniques.written_numbers import WrittenNumber, numbers_text, read_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LEAST_SCALE", "MOST_SCALE", "UPSCALERS", "Hires", "parse_hires"]

LEAST_SCALE, MOST_SCALE = 1.3, 2.0
"""Below it nothing is gained; above it a model draws things twice."""

UPSCALERS = ("lanczos", "latent")
"""How the picture is made larger: its pixels, or its latents, which saves encoding it."""

_NUMBERS: Mapping[str, WrittenNumber] = MappingProxyType(
    {"strength": WrittenNumber(0.3, 0.05, 0.9), "steps": WrittenNumber(8, 1, 60)}
)


@dataclass(frozen=True, slots=True)
class Hires:
    """A pass over the whole picture.

    Attributes:
        scale: Of both sides, `LEAST_SCALE`..`MOST_SCALE`.
        upscaler: One of `UPSCALERS`.
        strength: Share of the noise levels that the picture goes through again, 0.05..0.9.
        steps: Denoising steps of the pass.
    """

    scale: float = 1.5
    upscaler: str = UPSCALERS[0]
    strength: float = 0.3
    steps: int = 8

    name: ClassVar[str] = "hires"
    changes_pixels: ClassVar[bool] = True
    in_weights: ClassVar[bool] = False

    @property
    def text(self) -> str:
        """What `parse_hires` reads this from."""
        upscaler = [] if self.upscaler == UPSCALERS[0] else [self.upscaler]
        numbers = {"strength": self.strength, "steps": self.steps}
        return ",".join([f"{self.scale:g}", *upscaler, *numbers_text(numbers, _NUMBERS)])


def parse_hires(text: str) -> Hires | None:
    """Read a hires pass: ``1.5[,latent][,strength=0.3][,steps=8]``; "off" and nothing are none.

    Raises:
        InputError: It is none, or a number is outside its range.
    """
    parts = [each.strip().lower() for each in text.split(",") if each.strip()]
    if not parts or parts == ["off"]:
        return None
    what = f"hires {text[:60]!r}"
    try:
        scale = round(float(parts[0]), 4)
    except ValueError:
        scale = 0.0
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise InputError(
            "{what}: begin with how much larger the picture becomes, {least} to {most},"
            " such as 1.5 or 1.5,steps=8",
            what=what,
            least=LEAST_SCALE,
            most=f"{MOST_SCALE:g}",
        )
    named = [each for each in parts[1:] if "=" not in each]
    if len(named) > 1 or any(each not in UPSCALERS for each in named):
        raise InputError(
            "{what}: the picture is made larger by {known}", what=what, known=" or ".join(UPSCALERS)
        )
    numbers = read_numbers((each for each in parts[1:] if "=" in each), _NUMBERS, what)
    upscaler = named[0] if named else UPSCALERS[0]
    return Hires(scale, upscaler, numbers["strength"], int(numbers["steps"]))
