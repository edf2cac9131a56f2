"""The picture that is edited, and where it may change: for every family that edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from storyboard.diffusion.parts.pictures import fitted, open_reference
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["edited_picture", "mask_of", "put_back"]

_SOFT = 8
"""Pixels inside a mask's edge over which the new picture takes over."""
_WHITE = 128


def edited_picture(request: PanelRequest) -> Image.Image:
    """The picture that is edited, of the frame's size.

    Raises:
        InputError: It cannot be read.
    """
    assert isinstance(request.task, Edit)
    picture = open_reference(request.picture(request.task.picture), "the panel")
    return fitted(picture, request.width, request.height)


def mask_of(request: PanelRequest) -> Image.Image | None:
    """Where the picture may change, of the frame's size: 255 or 0; None for everywhere."""
    if not isinstance(request.task, Edit) or not request.task.mask:
        return None
    mask = open_reference(request.picture(request.task.mask), "the mask").convert("L")
    mask = mask.resize((request.width, request.height), Image.Resampling.LANCZOS)
    return mask.point(lambda value: 255 if value >= _WHITE else 0)


def put_back(drawn: Image.Image, before: Image.Image, mask: Image.Image) -> Image.Image:
    """The drawn picture where the mask is white, and the pixels from before everywhere else."""
    # Soft on the inner side of the edge only: outside, nothing may change.
    inner = mask.filter(ImageFilter.MinFilter(2 * (_SOFT // 2) + 1))
    soft = inner.filter(ImageFilter.GaussianBlur(_SOFT / 4))
    kept = Image.new("L", mask.size)
    kept.paste(soft, mask=mask)
    return Image.composite(drawn, before, kept)
