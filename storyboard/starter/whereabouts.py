"""Whereabouts: where everybody is in a picture, as numbers, and as the maps that a finder learns.

A row of 16 numbers is one person: the person's box, the face's box, the head's centre, two eyes and
the mouth, each point as x and y in pixels; NaN where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from storyboard.diffusion.checks.finder import FEATURE_STRIDE, REACH, STRIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from storyboard.starter.marring import Seen

__all__ = ["MOST_PEOPLE", "Targets", "mirrored", "rows_of", "targets"]

MOST_PEOPLE = 6
_NUMBERS = 16
_POINTS = slice(8, 16)
_BREAST = 1.1
"""A person is looked for so far under the head's centre, in head heights: a smeared head may be
anything, with a body under it it is somebody."""
_LEAST_SPREAD, _SPREAD = 0.8, 0.22
"""Of a peak, in cells; and in head heights."""
_NEIGHBOURS = 1
"""So many cells around a centre say where the sides are."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What a finder should say, as in `finder.Maps`, but 0..1 where that has logits.

    Attributes:
        centres: 1 in the cell of a centre, falling off around it.
        sides: As in `Maps`.
        sided: (n, 2, rows, columns), 1 where the sides of a person, of a face count.
        features: Likewise 1 at an eye, at a mouth.
        featured: (n, 1, 1, 1), 1 for pictures of which the eyes and mouths are known.
    """

    centres: torch.Tensor
    sides: torch.Tensor
    sided: torch.Tensor
    features: torch.Tensor
    featured: torch.Tensor


def rows_of(people: Sequence[Seen], size: tuple[int, int]) -> NDArray[np.float32]:
    """Everybody of a picture, ``MOST_PEOPLE`` x 16, boxes cut at the frame of ``size``."""
    width, height = size
    rows = np.full((MOST_PEOPLE, _NUMBERS), np.nan, np.float32)
    for row, seen in zip(rows, people, strict=False):
        outline = seen.outline
        for start, box in ((0, outline.person), (4, outline.face)):
            row[start : start + 4] = np.clip(box, 0, (width, height, width, height))
        row[8:10] = outline.head
        for number, eye in enumerate(seen.eyes):
            row[10 + 2 * number : 12 + 2 * number] = eye
        if seen.mouth is not None:
            row[14:16] = seen.mouth
    return rows


def mirrored(rows: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The same people in the picture turned left to right."""
    turned = rows.copy()
    turned[..., 0::2] = width - rows[..., 0::2]
    for left, right in ((0, 2), (4, 6)):
        turned[..., [left, right]] = turned[..., [right, left]]
    return turned


def targets(
    rows: Sequence[NDArray[np.float32]], featured: Sequence[bool], size: tuple[int, int]
) -> Targets:
    """The maps of pictures of one size (width, height), divisible by 32.

    Args:
        rows: Of every picture, as `rows_of` gives them.
        featured: Whether its eyes and mouths are where the rows say.
        size: Of all pictures.
    """
    width, height = size
    count, shape = len(rows), (height // STRIDE, width // STRIDE)
    fine = (height // FEATURE_STRIDE, width // FEATURE_STRIDE)
    centres, sides = np.zeros((count, 2, *shape)), np.zeros((count, 8, *shape))
    sided, features = np.zeros((count, 2, *shape)), np.zeros((count, 2, *fine))
    for number, people in enumerate(rows):
        # Small ones last: where two centres share a neighbour it is the smaller one's.
        present = people[~np.isnan(people[:, 8])]
        for row in sorted(present, key=lambda each: each[4] - each[6]):
            head = float(row[7] - row[5])
            spread = max(_LEAST_SPREAD, _SPREAD * head / STRIDE)
            x, y = float(row[8]), float(row[9])
            low = min(_BREAST * head, 0.7 * (height - y))
            for kind, (middle_x, middle_y) in enumerate(((x, y + low), (x, y))):
                at = _cell(middle_x, middle_y, STRIDE, shape)
                _raise(centres[number, kind], at, spread)
                _say_sides(sides[number, 4 * kind :][:4], sided[number, kind], at, row[4 * kind :])
            for start, kind in ((10, 0), (12, 0), (14, 1)):
                if (
                    not np.isnan(row[start])
                    and 0 <= row[start] < width
                    and 0 <= row[start + 1] < height
                ):
                    at = _cell(row[start], row[start + 1], FEATURE_STRIDE, fine)
                    _raise(
                        features[number, kind], at, max(_LEAST_SPREAD, 0.08 * head / FEATURE_STRIDE)
                    )
    known = torch.tensor(featured, dtype=torch.float32).view(-1, 1, 1, 1)
    return Targets(
        torch.from_numpy(centres).float(),
        torch.from_numpy(sides).float(),
        torch.from_numpy(sided).float(),
        torch.from_numpy(features).float(),
        known,
    )


def _cell(x: float, y: float, stride: int, shape: tuple[int, int]) -> tuple[int, int]:
    rows, columns = shape
    return min(rows - 1, max(0, int(y / stride))), min(columns - 1, max(0, int(x / stride)))


def _raise(heat: NDArray[np.float64], at: tuple[int, int], spread: float) -> None:
    rows, columns = np.ogrid[: heat.shape[0], : heat.shape[1]]
    away = (rows - at[0]) ** 2 + (columns - at[1]) ** 2
    np.maximum(heat, np.exp(-away / (2 * spread**2)), out=heat)


def _say_sides(
    sides: NDArray[np.float64],
    sided: NDArray[np.float64],
    at: tuple[int, int],
    box: NDArray[np.float32],
) -> None:
    for row in range(max(0, at[0] - _NEIGHBOURS), min(sided.shape[0], at[0] + _NEIGHBOURS + 1)):
        for column in range(
            max(0, at[1] - _NEIGHBOURS), min(sided.shape[1], at[1] + _NEIGHBOURS + 1)
        ):
            x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
            sides[:, row, column] = (x - box[0], y - box[1], box[2] - x, box[3] - y)
            sides[:, row, column] /= REACH
            sided[row, column] = 1
