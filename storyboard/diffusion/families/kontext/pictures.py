"""The one picture that Kontext looks at: what is edited, and beside it those that are held to.

Kontext was trained to look at one picture. Several are laid side by side: first the one that is
edited, which fills the frame, then each reference in a square as tall as the frame's shorter side.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import torch
from PIL import Image, ImageOps

from storyboard.diffusion.parts.edited_picture import edited_picture
from storyboard.diffusion.parts.pictures import open_reference
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["seen_picture", "seen_size", "token_weights"]


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
