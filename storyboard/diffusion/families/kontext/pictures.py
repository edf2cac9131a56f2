"""The one picture that Kontext looks at: what is edited, and beside it those that are held to.

Kontext was trained to look at one picture. Several are laid side by side: first the one that is
edited, which fills the frame, then each reference in a square as tall as the frame's shorter side.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image, ImageFilter, ImageOps

from storyboard.diffusion.parts.pictures import open_reference
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["edited_picture", "mask_of", "put_back", "seen_picture", "seen_size", "token_weights"]

_SOFT = 8
"""Pixels inside a mask's edge over which the new picture takes over."""
_WHITE = 128


def seen_size(request: PanelRequest) -> tuple[int, int] | None:
    """Width and height, in pixels, of what is looked at; None where nothing is."""
    side = min(request.width, request.height)
    beside = side * sum(len(each.pictures) for each in request.identities if each.scale > 0)
    if isinstance(request.task, Edit):
        return request.width + beside, request.height
    return (beside, side) if beside else None


def seen_picture(request: PanelRequest) -> Image.Image | None:
    """What is looked at.

    Raises:
        InputError: A picture cannot be read.
    """
    size = seen_size(request)
    if size is None:
        return None
    whole = Image.new("RGB", size, "white")
    left = 0
    if isinstance(request.task, Edit):
        whole.paste(edited_picture(request), (0, 0))
        left = request.width
    side = min(request.width, request.height)
    for held in request.identities:
        for sha in held.pictures if held.scale > 0 else ():
            picture = open_reference(request.picture(sha), held.character)
            square = ImageOps.pad(picture, (side, side), Image.Resampling.LANCZOS, "white")
            whole.paste(square, (left, 0))
            left += side
    return whole


def edited_picture(request: PanelRequest) -> Image.Image:
    """The picture that is edited, of the frame's size.

    A picture was cut to the board's shape after it was drawn: what was cut off is filled with its
    edge, so that all of it keeps its place and its pixels. Any other picture is scaled.

    Raises:
        InputError: It cannot be read.
    """
    assert isinstance(request.task, Edit)
    picture = open_reference(request.picture(request.task.picture), "the panel")
    wide, high = request.width - picture.width, request.height - picture.height
    if not (0 <= wide < request.width // 4 and 0 <= high < request.height // 4):
        return picture.resize((request.width, request.height), Image.Resampling.LANCZOS)
    left, top = wide // 2, high // 2
    around = ((top, high - top), (left, wide - left), (0, 0))
    return Image.fromarray(np.pad(np.asarray(picture), around, mode="edge"))


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


def token_weights(request: PanelRequest, words: int, side: int) -> torch.Tensor | None:
    """What is added to the attention scores of each key, so that references count by their scale.

    A token that counts s times adds log(s) to its score. All count once where every scale is 1.

    Args:
        request: The panel.
        words: Tokens of the text.
        side: Pixels of a token, each way.

    Returns:
        1 x 1 x 1 x keys, on the CPU; or None.
    """
    held = [each for each in request.identities if each.scale > 0]
    size = seen_size(request)
    if size is None or all(each.scale == 1 for each in held):
        return None
    columns, rows = size[0] // side, size[1] // side
    weights = torch.zeros(rows, columns)
    square = min(request.width, request.height) // side
    left = columns - square * sum(len(each.pictures) for each in held)
    for each in held:
        right = left + square * len(each.pictures)
        weights[:, left:right] = log(each.scale)
        left = right
    before = words + (request.height // side) * (request.width // side)
    return torch.cat([torch.zeros(before), weights.flatten()]).view(1, 1, 1, -1)
