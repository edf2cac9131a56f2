"""The axes of a sweep: what is varied, and how its values are written on the command line."""

from __future__ import annotations

import math
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST_CELLS", "Axis", "floats", "seeds", "steps", "words"]

MOST_CELLS = 2000
"""Of a sweep. A sheet with more of them tells nobody anything; at 4 s each it is 2 hours."""

_MOST_STEPS = 150
_MOST_SEED = 2**32 - 1
_NUMBER = r"\d{1,10}(?:\.\d{1,6})?"
_SPAN = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})(?:\s*:\s*({_NUMBER}))?")


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is varied.

    Attributes:
        name: Such as "sampler", as sheets and charts write it.
        values: As people write them, each once, in the order in which they are drawn.
    """

    name: str
    values: tuple[str, ...]


def steps(text: str) -> Axis:
    """Numbers of steps: "8", "8, 12" or "6-20:2".

    Raises:
        InputError: No numbers from 1 to 150.
    """
    return Axis("steps", _whole(text, "--steps", 1, _MOST_STEPS, "6-20:2"))


def seeds(text: str, draw: Callable[[], int] = lambda: secrets.randbelow(2**32)) -> Axis:
    """Seeds: "10, 20", "1-4", or "?" for one that is drawn now and kept for the whole sweep.

    Args:
        text: As written.
        draw: Draws a seed.

    Raises:
        InputError: No seeds.
    """
    drawn = ",".join(str(draw()) if part.strip() == "?" else part for part in text.split(","))
    return Axis("seed", _whole(drawn, "--seeds", 0, _MOST_SEED, "? or 10,20 or 1-4"))


def floats(text: str, name: str, option: str, most: float) -> Axis:
    """Numbers from 0 to a limit: "5", "0.3, 0.6" or "5-8:0.5".

    Raises:
        InputError: No such numbers.
    """
    found: list[float] = []
    for part in _parts(text):
        span = _SPAN.fullmatch(part)
        if span and span[3]:
            found += _span(*(float(each) for each in span.groups()))
        elif re.fullmatch(_NUMBER, part):
            found.append(float(part))
        else:
            found.append(math.nan)
    if not found or not all(0 <= each <= most for each in found):
        raise InputError(
            "{option} {text}: write numbers from 0 to {most}, for example 0.2,0.5 or 0-1:0.25",
            option=option,
            text=repr(text[:60]),
            most=f"{most:g}",
        )
    return Axis(name, tuple(dict.fromkeys(f"{each:g}" for each in found)))


def words(text: str, name: str, option: str, known: Callable[[str], str] = str) -> Axis:
    """Names with commas between them.

    Args:
        text: As written.
        name: Of the axis.
        option: That it was written behind.
        known: From a name in any spelling to the name; raises InputError for one that is none.

    Raises:
        InputError: No name, or one that is unknown.
    """
    parts = _parts(text)
    if not parts:
        raise InputError("{option} is empty: write names, with commas between them", option=option)
    return Axis(name, tuple(dict.fromkeys(known(each) for each in parts)))


def _parts(text: str) -> list[str]:
    return [part for each in text.split(",") if (part := each.strip())]


def _whole(text: str, option: str, least: int, most: int, example: str) -> tuple[str, ...]:
    found: list[int] = []
    for part in _parts(text[: bounds.SETTINGS_BYTES]):
        span = _SPAN.fullmatch(part)
        if span:
            ends = [float(each or 1) for each in span.groups()]
            found += [round(each) for each in _span(*ends)] if ends[1] <= most else [-1]
        else:
            found.append(int(part) if part.isascii() and part.isdigit() else -1)
    if not found or not all(least <= each <= most for each in found):
        raise InputError(
            "{option} {text}: write whole numbers from {least} to {most}, for example {example}",
            option=option,
            text=repr(text[:60]),
            least=least,
            most=most,
            example=example,
        )
    return tuple(str(each) for each in dict.fromkeys(found))


def _span(first: float, last: float, step: float = 1) -> list[float]:
    """From the first to the last; -1, which nothing may be, where there is no way or it is long."""
    if step <= 0 or last < first or (last - first) / step > 10 * MOST_CELLS:
        return [-1]
    count = int((last - first) / step + 1e-9) + 1
    return [round(first + number * step, 6) for number in range(count)]
