"""The seed that was drawn for a sweep, kept in its folder: going on must not draw another."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from storyboard.explorer.axes import Axis, seeds
from storyboard.files import atomic
from storyboard.files.regular_file import read_regular

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["kept_seeds"]

_NAME = "seeds.txt"


def kept_seeds(folder: Path, text: str) -> Axis:
    """The seeds that a text says; each ``?`` of it is drawn once for a folder.

    Args:
        folder: Of the sweep.
        text: As for `storyboard.explorer.axes.seeds`.

    Raises:
        InputError: No seeds.
    """
    wanted = sum(part.strip() == "?" for part in text.split(","))
    file = folder / _NAME
    known = _read(file)[:wanted]
    known += [secrets.randbelow(2**32) for _ in range(min(wanted, 1000) - len(known))]
    given = iter(known)
    axis = seeds(text, lambda: next(given))
    if known:
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write_text(file, "\n".join(map(str, known)) + "\n")
    return axis


_MOST_BYTES = 64 * 1024


def _read(file: Path) -> list[int]:
    """What was drawn before; nothing where the file is none of ours."""
    try:
        lines = read_regular(file, _MOST_BYTES).decode("ascii").split()
    except (OSError, ValueError):
        return []
    return [int(each) for each in lines if len(each) <= 10 and each.isdigit() and int(each) < 2**32]
