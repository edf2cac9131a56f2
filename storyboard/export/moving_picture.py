"""GIF and WebP that move: a frame that stays is there once, with its time."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from PIL import Image

__all__ = ["gif_film", "webp_film"]


def gif_film(pictures: Sequence[Image.Image], starts: Sequence[Fraction], comment: str) -> bytes:
    """A GIF; its clock has hundredths of a second, on which the frames are rounded.

    Args:
        pictures: RGB.
        starts: When each begins, in seconds, and when the last one ends.
        comment: A text in the file.
    """
    # A palette for each picture; 128 colours keep faces apart and the file small.
    frames = [each.quantize(128) for each in pictures]
    return _saved(frames, "GIF", _times(starts, 100, 10), comment=comment.encode(), optimize=False)


def webp_film(pictures: Sequence[Image.Image], starts: Sequence[Fraction], comment: str) -> bytes:
    """A WebP; its clock has thousandths of a second. The arguments are those of `gif_film`."""
    return _saved(pictures, "WEBP", _times(starts, 1000, 1), xmp=comment.encode(), quality=80)


def _times(starts: Sequence[Fraction], clock: int, unit: int) -> list[int]:
    """How long each frame stays, in milliseconds; their sum is the whole, rounded once."""
    ticks = [round(each * clock) for each in starts]
    return [(end - start) * unit for start, end in itertools.pairwise(ticks)]


def _saved(frames: Sequence[Image.Image], kind: str, durations: list[int], **how: Any) -> bytes:
    out = io.BytesIO()
    first, *others = frames
    how |= {"save_all": True, "append_images": others, "duration": durations, "loop": 0}
    first.save(out, kind, **how)
    return out.getvalue()
