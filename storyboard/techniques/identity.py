"""A character whose looks reference pictures hold, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["Identity"]


@dataclass(frozen=True, slots=True)
class Identity:
    """A character that is held on to.

    Attributes:
        character: The character's name, for messages.
        scale: How strongly, 0..1; 0 means that nothing is done.
        pictures: SHA-256 of each reference picture, hexadecimal; one or more.
    """

    character: str
    scale: float
    pictures: tuple[str, ...]

    name: ClassVar[str] = "identity"
    in_weights: ClassVar[bool] = False

    @property
    def text(self) -> str:
        """The strength and the pictures; the character's name is a label."""
        return " ".join((f"{float(self.scale):g}", *self.pictures))

    @property
    def changes_pixels(self) -> bool:
        """Whether anything is held."""
        return self.scale > 0
