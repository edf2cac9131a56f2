"""The pictures that klein looks at: the one that is edited, and those that are held to.

Each is a row of tokens of its own, of its own size. Six were tried; where a request names more, the
first of every character or thing comes before the second of any.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import log, sqrt
from typing import TYPE_CHECKING

import torch
from PIL import Image

from storyboard.diffusion.parts.edited_picture import edited_picture
from storyboard.diffusion.parts.pictures import open_reference, picture_size
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["MOST", "Seen", "opened", "seen_pictures", "token_weights"]

MOST = 6
"""Pictures that are looked at, the one that is edited among them."""
_AREA = 1024 * 1024
"""Pixels beyond which diffusers' pipeline makes a picture smaller."""
_LEAST = 64
"""Pixels a side that it refuses below."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that is looked at.

    Attributes:
        sha: Its hash in the request.
        whose: Of whom or what it is.
        scale: How much each of its tokens counts.
        size: Width and height in pixels, as the encoder gets it.
        edited: Whether it is the one that is edited.
    """

    sha: str
    whose: str
    scale: float
    size: tuple[int, int]
    edited: bool = False


def seen_pictures(request: PanelRequest, multiple: int) -> tuple[Seen, ...]:
    """The pictures that are looked at, in order; they are not decoded.

    Args:
        request: The panel.
        multiple: What the sides of a picture must divide by.

    Raises:
        InputError: One is no picture.
    """
    found: list[Seen] = []
    if isinstance(request.task, Edit):
        size = _fitted(request.width, request.height, _AREA, multiple)
        found.append(Seen(request.task.picture, "the panel", 1.0, size, edited=True))
    held = [
        [(sha, each.character, each.scale) for sha in each.pictures]
        for each in request.identities
        if each.scale > 0
    ]
    in_turn = [each for row in zip_longest(*held) for each in row if each is not None]
    # A reference is no larger than a square of the frame's shorter side: its tokens cost time.
    area = min(_AREA, min(request.width, request.height) ** 2)
    for sha, whose, scale in in_turn[: MOST - len(found)]:
        size = _fitted(*_size(request, sha, whose), area, multiple)
        found.append(Seen(sha, whose, scale, size))
    return tuple(found)


def _size(request: PanelRequest, sha: str, whose: str) -> tuple[int, int]:
    """Of a reference; of one that a request only counts, the largest that is looked at."""
    try:
        picture = request.picture(sha)
    except KeyError:
        side = min(request.width, request.height)
        return side, side
    return picture_size(picture, f"a reference picture of {whose}")


def opened(request: PanelRequest, seen: Seen) -> Image.Image:
    """A picture of the size in which it is looked at.

    Raises:
        InputError: It cannot be read.
    """
    if seen.edited:
        picture = edited_picture(request)
    else:
        picture = open_reference(request.picture(seen.sha), seen.whose)
    if picture.size == seen.size:
        return picture
    return picture.resize(seen.size, Image.Resampling.LANCZOS)


def token_weights(
    request: PanelRequest, seen: tuple[Seen, ...], words: int, side: int
) -> torch.Tensor | None:
    """What is added to the attention scores of each key, so that pictures count by their scale.

    A token that counts s times adds log(s) to its score.

    Args:
        request: The panel.
        seen: What is looked at.
        words: Tokens of the text.
        side: Pixels of a token, each way.

    Returns:
        1 x 1 x 1 x keys, on the CPU; None where every picture counts once.
    """
    if all(each.scale == 1 for each in seen):
        return None
    own = words + (request.width // side) * (request.height // side)
    rows = [torch.zeros(own)]
    for each in seen:
        tokens = (each.size[0] // side) * (each.size[1] // side)
        rows.append(torch.full((tokens,), log(each.scale)))
    return torch.cat(rows).view(1, 1, 1, -1)


def _fitted(width: int, height: int, area: int, multiple: int) -> tuple[int, int]:
    """A size of nearly the same shape that is no larger than an area, and can be divided."""
    scale = min(1.0, sqrt(area / (width * height)))
    least = -(-_LEAST // multiple) * multiple
    return (
        max(least, int(width * scale) // multiple * multiple),
        max(least, int(height * scale) // multiple * multiple),
    )
