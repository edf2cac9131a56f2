"""Where a balloon covers least of a picture: off faces, as far as they can be told, and off detail.

No face finder is at hand that is free, small and sound on drawings. What is known instead: patches
in the colours of skin, contours, and that people stand in the middle, the larger the nearer the
shot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.files.skin_tones import skin_tones
from storyboard.values.shot import ShotSize

__all__ = ["QuietPlaces"]

_ACROSS = 32  # cells
_FINE = 4  # pixels a cell
_SKIN, _MIDDLE = 3.0, 1.2  # beside 1 for the busiest contours
_SPREAD = {
    ShotSize.WIDE: 0.0,
    ShotSize.FULL: 0.12,
    ShotSize.MEDIUM: 0.18,
    ShotSize.CLOSE_UP: 0.25,
    ShotSize.EXTREME_CLOSE_UP: 0.3,
}
_FACE = (0.5, 0.42)  # where a face is, if nothing else is known


@dataclass(frozen=True, slots=True)
class QuietPlaces:
    """What covering a place costs; the picture is as the frame shows it.

    Attributes:
        sums: Cost summed over all cells above and left of a corner.
        busiest: Across and down, 0 to 1: where most happens.
    """

    sums: NDArray[np.float64]
    busiest: tuple[float, float]

    @staticmethod
    def of(picture: Image.Image | None, ratio: float, size: ShotSize) -> QuietPlaces:
        """Look at a picture.

        Args:
            picture: As the frame shows it; None where there is none.
            ratio: Width over height of the frame.
            size: Of the shot.
        """
        rows, columns = max(4, round(_ACROSS / ratio)), _ACROSS
        down, across = np.mgrid[0:rows, 0:columns]
        x, y = (across + 0.5) / columns, (down + 0.5) / rows
        cost = np.zeros((rows, columns))
        if spread := _SPREAD[size]:
            far = ((x - _FACE[0]) / spread) ** 2 + ((y - _FACE[1]) / (1.4 * spread)) ** 2
            cost += _MIDDLE * np.exp(-far)
        if picture is not None:
            cost += _detail(picture, rows, columns)
            cost += _SKIN * _skin(picture, rows, columns)
        total = float(cost.sum())
        centre = ((cost * x).sum() / total, (cost * y).sum() / total) if total else _FACE
        sums = np.zeros((rows + 1, columns + 1))
        sums[1:, 1:] = cost.cumsum(0).cumsum(1)
        return QuietPlaces(sums, (float(centre[0]), float(centre[1])))

    def cost(self, left: float, top: float, right: float, bottom: float) -> float:
        """What a box covers, in cells of the busiest kind; edges are 0 to 1."""
        rows, columns = self.sums.shape[0] - 1, self.sums.shape[1] - 1
        a, b = int(max(0.0, left) * columns), int(np.ceil(min(1.0, right) * columns))
        c, d = int(max(0.0, top) * rows), int(np.ceil(min(1.0, bottom) * rows))
        return float(self.sums[d, b] - self.sums[c, b] - self.sums[d, a] + self.sums[c, a])


def _detail(picture: Image.Image, rows: int, columns: int) -> NDArray[np.float64]:
    """How much contour every cell has, 1 for those with most."""
    small = picture.convert("L").resize((columns * _FINE, rows * _FINE), Image.Resampling.BOX)
    light = np.asarray(small, np.float64)
    edges = np.zeros_like(light)
    edges[:, 1:] += np.abs(np.diff(light, axis=1))
    edges[1:, :] += np.abs(np.diff(light, axis=0))
    cells = edges.reshape(rows, _FINE, columns, _FINE).mean(axis=(1, 3))
    most = float(np.quantile(cells, 0.95))
    return np.minimum(1.0, cells / most) if most > 1.0 else np.zeros_like(cells)


def _skin(picture: Image.Image, rows: int, columns: int) -> NDArray[np.float64]:
    """1 where four cells together could be skin: single ones are chance."""
    small = picture.convert("RGB").resize((columns, rows), Image.Resampling.BOX)
    channels = np.moveaxis(np.asarray(small.convert("YCbCr"), np.int16), 2, 0)
    skin = skin_tones(channels[1], channels[2])
    together = skin[1:, 1:] & skin[1:, :-1] & skin[:-1, 1:] & skin[:-1, :-1]
    found = np.zeros((rows, columns))
    for y, x in ((0, 0), (0, 1), (1, 0), (1, 1)):
        part = found[y : rows - 1 + y, x : columns - 1 + x]
        np.maximum(part, together, out=part)
    return found
