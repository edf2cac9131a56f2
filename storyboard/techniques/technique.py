"""What every technique is: a way to draw otherwise than the plain model would."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Technique"]


class Technique(Protocol):
    """A frozen value; requests carry it, recipes and fingerprints hold its text.

    A new technique is a value here, a text that its settings and recipes hold, and a family that
    says in its card that it knows it.
    """

    @property
    def name(self) -> str:
        """Its kind, for example "acceleration"."""
        ...

    @property
    def text(self) -> str:
        """What was asked for, as a user would write it."""
        ...

    @property
    def changes_pixels(self) -> bool:
        """Whether the picture differs from the one without it."""
        ...

    @property
    def in_weights(self) -> bool:
        """Whether it is merged into the weights when the model is loaded.

        Then another value of it needs the model to be loaded anew, and the hash of the weights
        holds it.
        """
        ...
