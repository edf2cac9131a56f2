"""Whether a request can be drawn, and at which size."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["MAX_SIDE", "fit_request"]

MAX_SIDE = 4096
"""Pixels; no model draws anything sensible beyond it."""

MAX_STEPS = 1000
"""The number of noise levels that models are trained on."""


def fit_request(request: PanelRequest, multiple: int) -> tuple[PanelRequest, tuple[str, ...]]:
    """Check a request and bring its frame to a size that the model can divide.

    Args:
        request: As it was asked for.
        multiple: Width and height become the nearest multiple of this, at least one.

    Returns:
        The request to draw, and a remark for every side that was rounded.

    Raises:
        InputError: If a value is outside its range; the message names it.
    """
    ranges = (
        ("width", request.width, 1, MAX_SIDE),
        ("height", request.height, 1, MAX_SIDE),
        ("steps", request.sampling.steps, 1, MAX_STEPS),
        ("guidance scale", request.sampling.guidance, 0, 100),
        ("seed", request.sampling.seed, 0, 2**32 - 1),
        ("preview_every", request.preview_every, 0, MAX_STEPS),
    )
    for name, value, least, most in ranges:
        if not (math.isfinite(value) and least <= value <= most):
            raise InputError(
                "panel {panel}: {name} is {value}, it must be {least} to {most}",
                panel=request.panel,
                name=name,
                value=value,
                least=least,
                most=most,
            )
    width, height = (
        max(multiple, round(side / multiple) * multiple) for side in (request.width, request.height)
    )
    remarks = tuple(
        f"{name} {asked} rounded to {drawn}"
        for name, asked, drawn in (
            ("width", request.width, width),
            ("height", request.height, height),
        )
        if asked != drawn
    )
    return replace(request, width=width, height=height), remarks
