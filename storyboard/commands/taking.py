"""Takes that a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.values.board import Panel

__all__ = ["take_named"]


def take_named(panel: Panel, number: int, text: str) -> str:
    """The file of a take that a user names."""
    for place, take in enumerate(panel.takes, 1):
        if text in (str(place), take.file, take.file.removesuffix(".png")):
            return take.file
    raise InputError(
        "panel {number} has no take {text}: name one by its number, 1 to {count}, or its file",
        number=number,
        text=repr(text[:40]),
        count=len(panel.takes),
    )
