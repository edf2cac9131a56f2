"""What the numbers of a recipe may be, whoever wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.project.recipe_times import times_as_written
from storyboard.project.record_fields import is_file_name
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.hires import parse_hires
from storyboard.techniques.lora import MOST, MOST_WEIGHT
from storyboard.values import bounds
from storyboard.values.aspect import parse_aspect
from storyboard.values.frame_rate import parse_rate
from storyboard.values.media import SMOOTH

if TYPE_CHECKING:
    from storyboard.project.recipe import Recipe

__all__ = ["check_numbers"]

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check_numbers(recipe: Recipe, source: str) -> None:
    """Refuse numbers that would harm whoever renders from them.

    Raises:
        InputError: One is out of its range; the message names it and `source`.
    """
    ranges = {
        "seed": (recipe.seed, 0, 2**32 - 1),
        "steps": (recipe.steps, 1, bounds.RECIPE_STEPS),
        "guidance_scale": (recipe.guidance_scale, 0, 100),
        "width": (recipe.width, 8, bounds.PANEL_SIDE),
        "height": (recipe.height, 8, bounds.PANEL_SIDE),
        "stages in times": (len(recipe.times.stages), 0, bounds.RECIPE_STAGES),
        **{
            f"identities.{index}.scale": (each.scale, 0, 10)
            for index, each in enumerate(recipe.identities, 1)
        },
        "loras": (len(recipe.loras), 0, MOST),
        **{
            f"loras.{number}.{name}": (value, -MOST_WEIGHT, MOST_WEIGHT)
            for number, each in enumerate(recipe.loras, 1)
            for name, value in (("weight", each.weight), *each.blocks)
        },
        **{
            f"times.{name}": (seconds, 0, bounds.PANEL_SECONDS)
            for name, seconds in times_as_written(recipe.times).items()
        },
    }
    for name, side in zip(("width", "height"), recipe.picture, strict=True):
        ranges[f"picture.{name}"] = (side, 0, bounds.PANEL_SIDE)
    if recipe.clip:
        ranges["clip.frames"] = (recipe.clip.frames, 1, bounds.CLIP_FRAMES)
    if recipe.animate:
        ranges["animate.frames"] = (recipe.animate.frames, 1, bounds.ANIMATED_FRAMES)
        ranges["animate.smooth"] = (recipe.animate.smooth, 1, max(SMOOTH))
    if recipe.rescue:
        ranges["rescue.seed"] = (recipe.rescue.seed, 0, 2**32 - 1)
    if recipe.agreement:
        cosines = (cosine for _, cosine in recipe.agreement.identities)
        for number, cosine in enumerate(cosines, 1):
            ranges[f"agreement.identities.{number}"] = (cosine, -1, 1)
        ranges["agreement.prompt"] = (recipe.agreement.prompt or 0, -(10**9), 1)
    if recipe.board:
        ranges["board.number"] = (recipe.board.number, 1, 9999)
        ranges["board.panel_seed"] = (recipe.board.panel_seed, 0, 2**32 - 1)
        ranges["board.shot.duration"] = (recipe.board.shot.duration, 0, 3600)
    for name, (value, low, high) in ranges.items():
        if not low <= value <= high:  # false for nan; an integer may be too large for a float
            raise InputError(
                "{source} holds a recipe that cannot be: {name} must be from {low} to {high}",
                source=source,
                name=name,
                low=low,
                high=high,
            )
    hashes = {each.sha for each in recipe.loras}
    if len(hashes) < len(recipe.loras) or not all(map(_HASH.fullmatch, hashes)):
        raise InputError(
            "{source} holds a recipe that cannot be: each LoRA has a hash of its own", source=source
        )
    if recipe.finish and not _HASH.fullmatch(recipe.finish):
        raise InputError(
            "{source} holds a recipe that cannot be: what was finished has no hash", source=source
        )
    if recipe.parent and not is_file_name(recipe.parent):
        raise InputError(
            "{source} holds a recipe that cannot be: parent is no picture's name", source=source
        )
    rates = [each.fps for each in (recipe.clip, recipe.animate) if each]
    if recipe.aspect or rates or recipe.hires or recipe.faces:
        try:
            parse_hires(recipe.hires)
            parse_faces(recipe.faces)
            if recipe.aspect:
                parse_aspect(recipe.aspect)
            for rate in rates:
                parse_rate(rate)
        except InputError as error:
            raise InputError(
                "{source} holds a recipe that cannot be: {error}", source=source, error=error
            ) from None
