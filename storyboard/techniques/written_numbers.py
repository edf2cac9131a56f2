"""Numbers that people write by name: ``strength=0.3,steps=8``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WrittenNumber", "numbers_text", "read_numbers"]


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """What one number may be.

    Attributes:
        usual: Where nothing is said; its type is the number's.
        least: Smallest.
        most: Largest.
    """

    usual: float
    least: float
    most: float


def read_numbers(
    parts: Iterable[str], known: Mapping[str, WrittenNumber], what: str
) -> dict[str, float]:
    """Read ``name=value`` parts; those left out are as usual.

    Args:
        parts: One number each.
        known: What there is, by name.
        what: How messages call the whole.

    Raises:
        InputError: An unknown name, no number, or one outside its range.
    """
    found = {name: each.usual for name, each in known.items()}
    for part in parts:
        name, _, text = (each.strip() for each in part.partition("="))
        if name not in known:
            raise InputError(
                "{what}: {name} is not one of {known}",
                what=what,
                name=repr(name[:40]),
                known=", ".join(known),
            )
        row = known[name]
        try:
            value = type(row.usual)(text)
        except ValueError:
            value = row.least - 1
        if not row.least <= value <= row.most:  # false for nan
            raise InputError(
                "{what}: {name} is {value}, it must be a number from {least} to {most}",
                what=what,
                name=name,
                value=repr(text[:40]),
                least=f"{row.least:g}",
                most=f"{row.most:g}",
            )
        found[name] = round(value, 4)  # more would not come back from its text
    return found


def numbers_text(values: Mapping[str, float], known: Mapping[str, WrittenNumber]) -> list[str]:
    """What `read_numbers` reads these from: those that are not as usual."""
    return [f"{name}={values[name]:g}" for name, row in known.items() if values[name] != row.usual]
