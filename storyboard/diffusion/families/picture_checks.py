"""The pictures of a request, looked at before a model is loaded: for families that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.parts.pictures import check_picture
from storyboard.errors import InputError
from storyboard.values.request import Edit

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["check_pictures"]

_SHAPE = 0.03
"""How much a mask's shape may differ from its picture's."""


def check_pictures(request: PanelRequest) -> None:
    """Refuse pictures that cannot be looked at, and a mask that is none of its picture.

    Raises:
        InputError: One is missing, too small or no picture.
    """
    for held in request.identities:
        for sha in held.pictures if held.scale > 0 else ():
            check_picture(request, sha, f"a reference picture of {held.character}")
    if not isinstance(request.task, Edit):
        return
    width, height = check_picture(request, request.task.picture, "the picture to edit")
    if not request.task.mask:
        return
    across, down = check_picture(request, request.task.mask, "the mask")
    if abs(across / down - width / height) > _SHAPE * width / height:
        raise InputError(
            "the mask is {mask} and the picture {picture}: paint it over that picture",
            mask=f"{across}x{down}",
            picture=f"{width}x{height}",
        )
