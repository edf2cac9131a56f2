"""A reader of strangers' files, and good inputs to damage."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader.

    Attributes:
        name: What it reads.
        read: Takes the bytes; returns, or raises a StoryboardError.
        seeds: Good inputs.
        weight: Share of the inputs, relative to the others.
        words: Tokens of the format.
        finish: See `tests.soak.mutation.Mutator`.
    """

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    weight: int
    words: Sequence[bytes] = ()
    finish: Callable[[bytes, random.Random], bytes] | None = None
