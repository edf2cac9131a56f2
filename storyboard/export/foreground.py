"""What stands in front in a drawn panel: found by colour alone, without any model.

What is background reaches the frame's edge: sky, ground and walls run out of the picture, people,
boats and fires stand inside it. So a pixel belongs to the foreground where every way to the edge
crosses strong edges: the geodesic saliency of Wei, Wen, Zhu and Sun (Geodesic Saliency Using
Background Priors, ECCV 2012), on a picture of 160 pixels. What hangs in the sky is left behind.

It is sure of itself only where the found shapes stand apart all around; a wrong cut is worse than
none, because it tears a person when the camera moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

__all__ = ["foreground_of"]

_WIDTH = 160
"""Pixels of the longer side on which it is looked for."""
_FREE = 0.015
"""A step of colour that costs nothing: paper, grain, soft shades."""
_SURE, _LIKELY = 0.30, 0.12
"""Of the way from the edge in colour, 0 to about 1: what begins a shape, what it grows over."""
_SMALLEST, _LARGEST = 0.012, 0.45
"""Of the frame's area: a shape at least, and all of them at most."""
_STANDS = 0.55
"""Of the frame's height: a shape that ends above it hangs in the sky."""
_APART, _BLURRED = 0.07, 0.40
"""A rim is seen where the colours on its sides differ by so much, and how much of it may not be."""


def foreground_of(picture: Image.Image) -> NDArray[np.float32] | None:
    """The mask of what stands in front, or None where nothing surely does.

    Args:
        picture: RGB.

    Returns:
        Of shape (rows, columns) on the small picture, 0 behind and 1 in front.
    """
    from scipy import ndimage

    colours = _colours(picture)
    way = _way_from_edge(colours)
    # 1. Shapes: they begin where it is sure, and grow over what is likely.
    likely, count = ndimage.label(ndimage.binary_opening(way > _LIKELY, iterations=1))
    kept = np.zeros(way.shape, bool)
    for number in range(1, count + 1):
        shape = likely == number
        if way[shape].max() >= _SURE and _stands(shape):
            kept |= shape
    # 2. Whole ones: what is enclosed belongs to them, and narrow gaps too.
    kept = ndimage.binary_fill_holes(ndimage.binary_closing(kept, iterations=3))
    if not _SMALLEST <= kept.mean() <= _LARGEST or kept[:, [0, -1]].any():
        return None  # nothing, nearly everything, or cut by a side that a pan looks behind
    if _blurred(kept, colours) > _BLURRED:
        return None
    return np.asarray(kept, np.float32)


def _colours(picture: Image.Image) -> NDArray[np.float32]:
    """Brightness and two opponent colours of the small picture, without its fine strokes."""
    from PIL import Image as Pictures
    from scipy import ndimage

    scale = _WIDTH / max(picture.size)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    small = np.asarray(picture.resize(size, Pictures.Resampling.LANCZOS), np.float32) / 255
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    grey = 0.35 * red + 0.5 * green + 0.15 * blue
    planes = (grey, 0.8 * (red - green), 0.5 * (blue - (red + green) / 2))
    return np.stack([ndimage.median_filter(each, 5) for each in planes], axis=-1)


def _way_from_edge(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much colour has to change, at least, on the way from the frame's edge to each pixel."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra

    rows, columns = colours.shape[:2]
    number = np.arange(rows * columns).reshape(rows, columns)
    steps: list[tuple[Any, Any, Any]] = []
    for here, there in (
        (np.s_[:, :-1], np.s_[:, 1:]),
        (np.s_[:-1], np.s_[1:]),
    ):
        apart = np.linalg.norm(colours[here] - colours[there], axis=-1)
        # A step of nothing would be no way at all to a sparse matrix.
        cost = np.maximum(apart - _FREE, 0) + 1e-5
        steps.append((cost.ravel(), number[here].ravel(), number[there].ravel()))
    cost, one, other = (np.concatenate(each) for each in zip(*steps, strict=True))
    graph = coo_matrix((cost, (one, other)), shape=(number.size, number.size)).tocsr()
    # The bottom is no way out: people stand on it, or are cut by it.
    edge = np.unique(np.concatenate([number[0], number[:, 0], number[:, -1]]))
    found = dijkstra(graph, directed=False, indices=edge, min_only=True)
    return np.asarray(found, np.float32).reshape(rows, columns)


def _stands(shape: NDArray[np.bool_]) -> bool:
    """Whether a shape is large enough, and reaches down to where things stand."""
    lowest = np.flatnonzero(shape.any(axis=1))[-1]
    return bool(shape.mean() >= _SMALLEST and lowest >= _STANDS * shape.shape[0])


def _blurred(mask: NDArray[np.bool_], colours: NDArray[np.float32]) -> float:
    """How much of the rim nobody sees: as much of it as is alike on both sides."""
    from scipy import ndimage

    rim = mask & ~ndimage.binary_erosion(mask, border_value=1)
    reach = np.zeros(mask.shape, np.float32)
    for axis in (0, 1):
        for step in (-3, 3):
            moved = np.roll(colours, step, axis)
            outside = ~np.roll(mask, step, axis)
            apart = np.linalg.norm(colours - moved, axis=-1)
            reach = np.maximum(reach, np.where(outside, apart, 0))
    return float((reach[rim] < _APART).mean()) if rim.any() else 1.0
