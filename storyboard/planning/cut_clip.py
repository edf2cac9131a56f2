"""A clip of somebody's cut."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from storyboard.values.frame_rate import FrameRate

__all__ = ["CutClip", "file_name", "is_length"]

_LONGEST = 3600  # seconds, as in board.yaml


@dataclass(frozen=True, slots=True)
class CutClip:
    """A clip of somebody's cut.

    Attributes:
        name: What it is called.
        key: Of its panel, where the cut says so; else empty.
        media: File name of its picture; empty where unknown.
        frames: How long it is.
        rate: The grid.
    """

    name: str
    key: str
    media: str
    frames: int
    rate: FrameRate


def is_length(frames: int, rate: FrameRate) -> bool:
    """Whether a panel may stay that long; a clip of no frames is none."""
    return 1 <= frames <= _LONGEST * rate.exact


def file_name(url: str) -> str:
    """The last part of where a picture lies."""
    return unquote(urlsplit(url).path).rpartition("/")[2]
