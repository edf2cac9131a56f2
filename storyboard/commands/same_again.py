"""The command line that was typed, once more for those panels that are left."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["same_again"]

_PANEL = "--panel"


def same_again(typed: Sequence[str], numbers: str) -> str:
    """What to type so that the rest is drawn exactly as the panels before it.

    Args:
        typed: The words after the program's name, the command first.
        numbers: Of the panels that are left, as ``--panel`` takes them.
    """
    kept: list[str] = []
    words = iter(typed[1:])
    for word in words:
        if word == _PANEL:
            next(words, None)
        elif not word.startswith(f"{_PANEL}="):
            kept.append(word)
    return shlex.join(["storyboard", typed[0], _PANEL, numbers, *kept])
