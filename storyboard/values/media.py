"""What a model makes: a picture, or a clip with the picture that stands for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from storyboard.values.frame_rate import FrameRate, parse_rate

__all__ = ["SMOOTH", "Clip", "Media", "MediaKind"]

SMOOTH = (1, 2, 4)
"""How many times as many frames interpolation can make of a clip's."""


class MediaKind(StrEnum):
    """What there is to see."""

    PICTURE = "picture"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Clip:
    """The length of a clip.

    Attributes:
        frames: How many pictures it has, at least 1.
        fps: Frames a second as an exact fraction, such as "12" or "24000/1001".
    """

    frames: int
    fps: str

    @property
    def rate(self) -> FrameRate:
        """Frames a second."""
        return parse_rate(self.fps)

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return float(self.rate.seconds(self.frames))


@dataclass(frozen=True, slots=True)
class Media:
    """What a model has made of a request.

    Attributes:
        png: The picture, or the first frame of a clip; PNG-encoded, without any text chunk.
        width, height: Pixels of the picture, and of every frame of a clip.
        clip: Length of a clip; None for a picture.
        mp4: The clip itself; empty for a picture.
    """

    png: bytes = field(repr=False)
    width: int
    height: int
    clip: Clip | None = None
    mp4: bytes = field(default=b"", repr=False)

    @property
    def kind(self) -> MediaKind:
        """Whether it moves."""
        return MediaKind.FILM if self.clip else MediaKind.PICTURE
