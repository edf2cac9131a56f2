"""Whether a request can be drawn, and at which size."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.values import bounds
from storyboard.values.media import SMOOTH
from storyboard.values.request import Animate

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["MAX_SIDE", "fit_request"]

MAX_SIDE = 4096
"""Pixels; no model draws anything sensible beyond it."""

MAX_STEPS = 1000
"""The number of noise levels that models are trained on."""


def fit_request(
    request: PanelRequest, multiple: int, frame_step: int = 1
) -> tuple[PanelRequest, tuple[str, ...]]:
    """Check a request and bring its frame, and a clip's length, to what the model can divide.

    Args:
        request: As it was asked for.
        multiple: Width and height become the nearest multiple of this, at least one.
        frame_step: A clip's frames become the nearest multiple of this, and one.

    Returns:
        The request to draw, and a remark for everything that was rounded.

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
        ("the number of frames", request.frames, 1, bounds.ANIMATED_FRAMES),
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
    request = replace(request, width=width, height=height)
    if not isinstance(task := request.task, Animate):
        return request, remarks
    if task.smooth not in SMOOTH:
        raise InputError(
            "panel {panel}: {smooth} times as many frames cannot be made: choose {known}",
            panel=request.panel,
            smooth=task.smooth,
            known=", ".join(map(str, SMOOTH)),
        )
    frames = max(1, round((task.frames - 1) / frame_step)) * frame_step + 1
    if frames != task.frames:
        remarks += (f"{task.frames} frames rounded to {frames}",)
    return replace(request, task=replace(task, frames=frames)), remarks
