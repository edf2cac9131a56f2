"""Few-step adapters: weights that teach a model to draw in a handful of steps, as a wish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["FewStep"]


@dataclass(frozen=True, slots=True)
class FewStep:
    """The wish to draw with a few-step adapter.

    Attributes:
        text: As the user wrote it; the model's family says what it means.
    """

    text: str

    name: ClassVar[str] = "few-step"
    changes_pixels: ClassVar[bool] = True
    in_weights: ClassVar[bool] = True
