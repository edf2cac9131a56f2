"""Drawn frames as what a model hands over: a clip, with its first frame as the picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.parts.pictures import cut_to, encode_png
from storyboard.film.clip_file import clip_film, smoothed
from storyboard.values.frame_rate import FrameRate, parse_rate
from storyboard.values.media import Clip, Media

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from storyboard.values.request import Animate

__all__ = ["clip_media"]


def clip_media(frames: Sequence[Image.Image], task: Animate, aspect: str) -> Media:
    """A clip of drawn frames.

    Args:
        frames: RGB, all of one size, at least 1.
        task: What was asked for.
        aspect: Of the request: what each frame is cut to; empty keeps all of it.

    Raises:
        InputError: Interpolation is asked for, and nothing here can do it.
        ProjectError: The film cannot be written.
    """
    cut = [_even(cut_to(each, aspect)) for each in frames]
    size, rate = cut[0].size, parse_rate(task.fps)
    pixels = [each.tobytes() for each in cut]
    if task.smooth > 1:
        pixels = smoothed(pixels, size, rate, task.smooth)
        rate = FrameRate(rate.exact * task.smooth)
    film = clip_film(pixels, size, rate)
    return Media(encode_png(cut[0]), *size, Clip(len(pixels), str(rate.exact)), film)


def _even(frame: Image.Image) -> Image.Image:
    """Without the last row or column where there is an odd number: films have pairs of them."""
    width, height = frame.width // 2 * 2, frame.height // 2 * 2
    return frame if (width, height) == frame.size else frame.crop((0, 0, width, height))
