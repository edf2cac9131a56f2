"""A board that comes from elsewhere with its pictures, before it is a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storyboard.values.board import Storyboard

__all__ = ["Drawing", "DrawnBoard", "nearest_aspect"]

_ASPECTS = ("16:9", "2.39:1", "2.35:1", "1.85:1", "4:3", "1:1", "2:1", "3:2", "5:4", "9:16", "3:4")
_SAME = 0.012  # of a ratio: sides are whole pixels
_NARROWEST, _WIDEST = 0.25, 4.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a panel, or a sound.

    Attributes:
        name: What messages and recipes call it.
        read: Reads it, as bytes of a file; may raise `storyboard.errors.InputError`.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DrawnBoard:
    """A board without takes, and what its panels show.

    Attributes:
        board: The board.
        drawings: By the keys of panels, of those that have a picture.
        sounds: Likewise, of those that have a sound.
        told: What people should know of what did not come along, a line each.
    """

    board: Storyboard
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    sounds: Mapping[str, Drawing] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def nearest_aspect(ratio: float) -> str:
    """A width over height as people write it; what no frame can be becomes the nearest that can."""
    ratio = min(_WIDEST, max(_NARROWEST, ratio))
    for each in _ASPECTS:
        width, _, height = each.partition(":")
        if abs(ratio / (float(width) / float(height)) - 1) <= _SAME:
            return each
    return f"{ratio:.4g}:1"
