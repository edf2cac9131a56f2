"""What says on paper that a picture is the first frame of a clip, and how long it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageDraw

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["with_clip_mark"]

_SHARE = 14
"""The mark is so many times lower than the picture."""


def with_clip_mark(picture: Image.Image, seconds: float) -> Image.Image:
    """The picture with a triangle and the seconds in its lower left corner.

    Args:
        picture: RGB or L; stays as it is.
        seconds: How long the clip plays.
    """
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    high = max(10, marked.height // _SHARE)
    pad = high // 4
    text = f"{seconds:.1f} s"
    wide = high + round(draw.textlength(text, font_size=high * 0.7)) + 2 * pad
    left, bottom = pad, marked.height - pad
    top = bottom - high
    black, white = ("black", "white") if marked.mode == "RGB" else (0, 255)
    draw.rounded_rectangle((left, top, left + wide, bottom), high // 4, fill=black)
    tip = (left + high - pad, (top + bottom) / 2)
    draw.polygon(((left + pad, top + pad), (left + pad, bottom - pad), tip), fill=white)
    place = (left + high, (top + bottom) / 2)
    draw.text(place, text, fill=white, anchor="lm", font_size=high * 0.7)
    return marked
