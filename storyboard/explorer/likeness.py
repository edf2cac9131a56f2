"""How like two pictures are: the structural similarity of Wang et al.

Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli: Image Quality Assessment: From Error
Visibility to Structural Similarity, IEEE Transactions on Image Processing 13(4), 2004. Window and
constants are theirs, and so is the advice to look at a large picture from further away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Grey", "grey", "ssim"]

Values: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"

_SIGMA, _RADIUS = 1.5, 5  # a window of 11x11
_LEVELS = 255.0
_C1, _C2 = (0.01 * _LEVELS) ** 2, (0.03 * _LEVELS) ** 2
_LOOKED_AT = 256
"""Pixels of the shorter side, about, at which a picture is compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Grey:
    """The brightness of a picture, as it is compared with many.

    Attributes:
        values: 0..255 (height, width).
        mean: Of the window around each pixel.
        variance: Likewise.
    """

    values: Values
    mean: Values
    variance: Values

    @classmethod
    def of(cls, values: Values) -> Grey:
        """From the brightness alone."""
        mean = _blurred(values)
        return cls(values, mean, _blurred(values * values) - mean * mean)


def grey(path: Path) -> Grey:
    """The brightness of a picture file, small enough to be compared.

    Raises:
        OSError: It cannot be read.
    """
    with Image.open(path) as file:
        picture = file.convert("L")
    factor = max(1, round(min(picture.size) / _LOOKED_AT))
    return Grey.of(np.asarray(picture.reduce(factor), dtype=np.float32))


def ssim(one: Grey, two: Grey) -> float:
    """Similarity of two pictures of one size, 1 for equal ones and about 0 for strangers."""
    product = one.mean * two.mean
    covariance = _blurred(one.values * two.values) - product
    light = (2 * product + _C1) / (one.mean**2 + two.mean**2 + _C1)
    structure = (2 * covariance + _C2) / (one.variance + two.variance + _C2)
    whole = light * structure
    if min(whole.shape) > 2 * _RADIUS:  # where the window lies wholly within the picture
        whole = whole[_RADIUS:-_RADIUS, _RADIUS:-_RADIUS]
    return float(whole.mean())


def _blurred(values: Values) -> Values:
    found: Values = gaussian_filter(values, _SIGMA, truncate=_RADIUS / _SIGMA)
    return found
