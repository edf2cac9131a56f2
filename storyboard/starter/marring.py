"""Marring: painted faces that lose an eye or a mouth, as a model that draws loses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from storyboard.starter.canvas import Point
from storyboard.starter.outlines import Outline, outline_of

if TYPE_CHECKING:
    import random

    from numpy.typing import NDArray

    from storyboard.starter.outlines import Figure

__all__ = ["Seen", "marred"]

_SMEARED, _PARTLY = 0.12, 0.18
"""How often all features of a face are smeared away, and how often one or two are."""
_FINEST = 30.0
"""Head height in pixels from which a face has features to be lost; the painter's eyes too."""
_PATCH_X, _PATCH_Y = 0.15, 0.12
"""Half of what is covered of a feature, in head heights."""
_COARSEST, _COARSE = 3, 6
"""Cells that a smeared face keeps, each way."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in a picture.

    Attributes:
        outline: Where.
        eyes: Middles of the eyes that are there, in pixels.
        mouth: Middle of the mouth; None where there is none.
    """

    outline: Outline
    eyes: tuple[Point, ...]
    mouth: Point | None


def marred(pixels: NDArray[np.uint8], figure: Figure, rng: random.Random) -> Seen:
    """What is left of a figure's face; a few lose something, in ``pixels`` too.

    Args:
        pixels: Height x width x 3, with the figure painted on it.
        figure: Whose face.
        rng: Chance.
    """
    outline = outline_of(figure)
    whole = Seen(outline, outline.eyes, outline.mouth)
    chance = rng.random()
    if figure.spot.head < _FINEST or chance > _SMEARED + _PARTLY:
        return whole
    if chance < _SMEARED:
        _smear(pixels, outline, rng)
        return Seen(outline, (), None)
    features = [*outline.eyes, outline.mouth]
    lost = rng.sample(features, rng.choice((1, 1, 2)))
    for feature in lost:
        _cover(pixels, feature, figure.spot.head)
    eyes = tuple(eye for eye in outline.eyes if eye not in lost)
    return Seen(outline, eyes, None if outline.mouth in lost else outline.mouth)


def _smear(pixels: NDArray[np.uint8], outline: Outline, rng: random.Random) -> None:
    """Leave the face's large colours only."""
    area = _cut(pixels, outline.face)
    if area.size:
        face = Image.fromarray(area)
        cells = rng.randint(_COARSEST, _COARSE), rng.randint(_COARSEST, _COARSE)
        coarse = face.resize(cells, Image.Resampling.BOX)
        area[:] = np.asarray(coarse.resize(face.size, Image.Resampling.BICUBIC))


def _cover(pixels: NDArray[np.uint8], feature: Point, head: float) -> None:
    """Paint skin, or what is most around it, over a feature."""
    x, y = feature
    wide, high = _PATCH_X * head, _PATCH_Y * head
    around = _cut(pixels, (x - 1.3 * wide, y - 1.3 * high, x + 1.3 * wide, y + 1.3 * high))
    area = _cut(pixels, (x - wide, y - high, x + wide, y + high))
    if area.size:
        area[:] = np.median(around.reshape(-1, 3), axis=0).astype(np.uint8)


def _cut(
    pixels: NDArray[np.uint8], rectangle: tuple[float, float, float, float]
) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    left, top, right, bottom = (round(side) for side in rectangle)
    return pixels[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
