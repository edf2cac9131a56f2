"""The pictures of a request, looked at before a model is loaded: for families that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.parts.pictures import picture_size
from storyboard.errors import InputError
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["check_pictures"]

_LEAST_SIDE = 64
"""Pixels of a picture below which there is nothing to be seen in it."""
_SHAPE = 0.03
"""How much a mask's shape may differ from its picture's."""


def check_pictures(request: PanelRequest) -> None:
    """Refuse pictures that cannot be looked at, and a mask that is none of its picture.

    Raises:
        InputError: One is missing, too small or no picture.
    """
    for held in request.identities:
        for sha in held.pictures if held.scale > 0 else ():
            _check_size(request, sha, f"a reference picture of {held.character}")
    if not isinstance(request.task, Edit):
        return
    width, height = _check_size(request, request.task.picture, "the picture to edit")
    if not request.task.mask:
        return
    across, down = _check_size(request, request.task.mask, "the mask")
    if abs(across / down - width / height) > _SHAPE * width / height:
        raise InputError(
            "the mask is {mask} and the picture {picture}: paint it over that picture",
            mask=f"{across}x{down}",
            picture=f"{width}x{height}",
        )


def _check_size(request: PanelRequest, sha: str, what: str) -> tuple[int, int]:
    """Width and height of a picture of a request."""
    try:
        width, height = picture_size(request.picture(sha), what)
    except KeyError:
        raise InputError("{what} is missing from the request", what=what) from None
    if min(width, height) < _LEAST_SIDE:
        raise InputError(
            "{what} has {width}x{height} pixels: give one of at least {least} a side",
            what=what,
            width=width,
            height=height,
            least=_LEAST_SIDE,
        )
    return width, height
