"""What was found out about a panel by looking at it."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.values.seeds import derived_seed

__all__ = ["MISCOUNTED", "Agreement", "Rescue", "another_seed"]

MISCOUNTED = frozenset({"many", "few"})
"""Flaws of a picture that shows more people than were asked for, or fewer."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was done about a panel that came out as no picture.

    Attributes:
        flaws: What was wrong with each attempt that failed, in order: "nan", "black", "flat" (one
            colour), "noise", or that it shows "many" people, more than were asked for, or "few".
        path: What the picture that was kept does otherwise than was asked for, in words.
        seed: Its seed.
        acceleration: The text of its acceleration.
        flaw: What is wrong with it still, because no attempt was better; empty where it is sound.
    """

    flaws: tuple[str, ...]
    path: tuple[str, ...]
    seed: int
    acceleration: str
    flaw: str = ""

    @property
    def broken(self) -> bool:
        """Whether what was kept is no picture; one of too many people is."""
        return bool(self.flaw) and self.flaw not in MISCOUNTED


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a panel agrees with what was asked for; numbers of one model are comparable.

    Attributes:
        identities: For each character that was held, from left to right, the cosine (-1..1) of the
            panel and the reference pictures, as the model's image encoder sees both.
        prompt: How much of the picture the prompt explains, at most 1 and about 0 for a prompt
            that says nothing of it (see the family's ``agreement.py``); None where it was not
            measured.
    """

    identities: tuple[tuple[str, float], ...] = ()
    prompt: float | None = None


def another_seed(seed: int) -> int:
    """A seed that follows from the one that failed: the same request, the same picture."""
    return derived_seed(seed, "another")
