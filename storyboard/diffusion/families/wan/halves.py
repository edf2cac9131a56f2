"""Files in two halves, one for much noise and one for little: told apart by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.configs import HALVES
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["both_halves"]

_HIGH, _LOW = (re.compile(word, re.IGNORECASE) for word in ("high", "low"))


def both_halves(file: Path) -> Mapping[str, Path]:
    """Both files by the transformers that they are for, from either of them.

    They lie beside each other and are called alike, with "high" and "low" in their names.

    Raises:
        ModelError: The name does not say which half it is, or the other is missing.
    """
    names = (_LOW.sub(_written("high"), file.name), _HIGH.sub(_written("low"), file.name))
    if names[0] == names[1]:
        raise ModelError(
            "{file} is one of two halves and its name does not say which: call the two alike, with"
            " high and low in their names",
            file=file,
        )
    files = tuple(file.with_name(each) for each in names)
    absent = next((each for each in files if not each.is_file()), None)
    if absent is not None:
        raise ModelError(
            "{file} is one of two halves, and the other is missing: put {absent} beside it",
            file=file,
            absent=absent.name,
        )
    return dict(zip(HALVES, files, strict=True))


def _written(word: str) -> Callable[[re.Match[str]], str]:
    """Writes a word as the one that it replaces is written: High becomes Low."""

    def alike(found: re.Match[str]) -> str:
        if found[0].isupper():
            return word.upper()
        return word.capitalize() if found[0][0].isupper() else word

    return alike
