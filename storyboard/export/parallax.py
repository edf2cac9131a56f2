"""A panel whose front moves more than what is behind it, when the camera moves.

The picture is bent, not cut: a cut-out of a drawn person loses what is as dark as the ground, and
its hat or its shoes then stay behind when the rest moves. Where the relief rises smoothly over a
shape and falls smoothly around it, nothing can tear, and no hole has to be filled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.export.foreground import foreground_of
from storyboard.values.camera_path import seen
from storyboard.values.shot import CameraMove

__all__ = ["Relief", "relief_of"]

_NEARER = 0.04
"""Of the frame: how much further the front moves than what is behind, over a whole move."""
_COLUMNS, _ROWS = 48, 27
"""Meshes that the picture is bent in."""
_AROUND, _SLOPE = 0.04, 0.055
"""Of the longer side: how far the relief's top reaches beyond a shape, and the slope's width."""


@dataclass(frozen=True, slots=True)
class Relief:
    """How near each part of a panel is, on the corners of the meshes: 0 behind, 1 in front.

    Attributes:
        heights: Of shape (rows + 1, columns + 1).
    """

    heights: NDArray[np.float32]

    def seen(self, picture: Image.Image, move: CameraMove, at: float) -> Image.Image:
        """What the camera sees of the panel, as large as the panel itself.

        Args:
            picture: The panel, RGB.
            move: Of the shot.
            at: How far it has come, as `storyboard.values.camera_path.travelled` has it.
        """
        corners = self._sources(move, at) * picture.size
        columns = np.linspace(0, picture.width, _COLUMNS + 1).round().astype(int)
        rows = np.linspace(0, picture.height, _ROWS + 1).round().astype(int)
        mesh = [
            (
                (columns[x], rows[y], columns[x + 1], rows[y + 1]),
                # Counter-clockwise from the upper left, as Pillow wants it.
                (*corners[y, x], *corners[y + 1, x], *corners[y + 1, x + 1], *corners[y, x + 1]),
            )
            for y in range(_ROWS)
            for x in range(_COLUMNS)
        ]
        return picture.transform(picture.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)

    def _sources(self, move: CameraMove, at: float) -> NDArray[np.float32]:
        """Where in the panel each corner of a mesh is looked for, in parts of its sides."""
        part = seen(move, at)
        across, down = np.meshgrid(np.linspace(0, 1, _COLUMNS + 1), np.linspace(0, 1, _ROWS + 1))
        x, y = part.left + across * part.size, part.top + down * part.size
        height = _sampled(self.heights, x, y)
        match move:
            case CameraMove.PUSH_IN | CameraMove.PULL_OUT:
                # The front grows away from the middle of the frame.
                grown = _NEARER * (at if move is CameraMove.PUSH_IN else 1 - at) * height
                x, y = x + (0.5 - x) * grown, y + (0.5 - y) * grown
            case CameraMove.PAN | CameraMove.TRACKING:
                x = x + _NEARER * (at - 0.5) * height
            case CameraMove.TILT:
                y = y + _NEARER * (at - 0.5) * height
            case _:
                pass
        return np.stack([x.clip(0, 1), y.clip(0, 1)], axis=-1).astype(np.float32)


def relief_of(picture: Image.Image) -> Relief | None:
    """How near the parts of a panel are; None where nothing surely stands in front.

    Args:
        picture: RGB.
    """
    from scipy import ndimage

    mask = foreground_of(picture)
    if mask is None:
        return None
    longer = max(mask.shape)
    # A shape is held by what surrounds it, and so is what its mask has missed of it.
    reach = 2 * round(longer * _AROUND) + 1
    wide = ndimage.grey_dilation(mask, size=(reach, reach))
    smooth = ndimage.gaussian_filter(wide, longer * _SLOPE, mode="nearest")
    edges = np.meshgrid(np.linspace(0, 1, _COLUMNS + 1), np.linspace(0, 1, _ROWS + 1))
    heights = _sampled(smooth, *edges) / smooth.max()
    # The sides of the frame stay where they are, whatever stands near them.
    side = np.minimum(edges[0], 1 - edges[0])
    return Relief((heights * (side / 0.08).clip(0, 1)).astype(np.float32))


def _sampled(
    heights: NDArray[np.float32], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Heights at places in parts of the sides, between those that are known."""
    from scipy import ndimage

    rows, columns = heights.shape
    places = [y.clip(0, 1) * (rows - 1), x.clip(0, 1) * (columns - 1)]
    found: NDArray[np.float32] = ndimage.map_coordinates(heights, places, order=1)
    return found
