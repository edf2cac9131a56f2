"""Work in tiles: overlapping squares, done one by one and blended.

What a network needs of the memory grows with the area that it looks at at once. Tiles that overlap
are blended with weights that fall towards their inner edges. A decoded picture is not exactly that
of the whole: group norms see a tile's statistics instead of the frame's (see docs/performance.md
for the difference).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Tile", "cuts", "decode_in_tiles", "in_tiles"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a picture or of latents; its last two sides."""

    top: int
    bottom: int
    left: int
    right: int

    def of(self, whole: torch.Tensor, factor: int = 1) -> torch.Tensor:
        """What lies in it, of a tensor that is ``factor`` times as large each way."""
        rows = slice(self.top * factor, self.bottom * factor)
        return whole[..., rows, self.left * factor : self.right * factor]


def decode_in_tiles(
    decode: Callable[[torch.Tensor], torch.Tensor], latents: torch.Tensor, tile: int
) -> torch.Tensor:
    """Decode latents tile by tile.

    Args:
        decode: From latents (1 x channels x h x w) to pixels (1 x 3 x factor*h x factor*w).
        latents: 1 x channels x height x width.
        tile: Most latents a side of one tile, at least 4; a quarter of it overlaps the next.

    Returns:
        1 x 3 x factor*height x factor*width, in the decoder's type.
    """
    height, width = latents.shape[-2:]
    return in_tiles(lambda each: decode(each.of(latents)), height, width, tile)


def in_tiles(
    work: Callable[[Tile], torch.Tensor], height: int, width: int, tile: int
) -> torch.Tensor:
    """Do something for each tile, and blend what comes.

    Args:
        work: Gives batch x channels x factor*h x factor*w for a tile of h x w.
        height: Of all tiles together.
        width: Likewise.
        tile: Most a side of one tile, at least 4; a quarter of it overlaps the next.

    Returns:
        Batch x channels x factor*height x factor*width, in the type of the pieces.
    """
    overlap = tile // 4
    sums: torch.Tensor | None = None
    weights = torch.zeros(0)
    for top, bottom in cuts(height, tile, overlap):
        for left, right in cuts(width, tile, overlap):
            piece = work(Tile(top, bottom, left, right))
            factor = piece.shape[-1] // (right - left)
            if sums is None:
                size = (height * factor, width * factor)
                shape = (*piece.shape[:2], *size)
                sums = torch.zeros(shape, dtype=torch.float32, device=piece.device)
                weights = torch.zeros(1, 1, *size, dtype=torch.float32, device=piece.device)
            down = _ramp(top, bottom, height, overlap, factor).to(piece.device)
            across = _ramp(left, right, width, overlap, factor).to(piece.device)
            weight = down[:, None] * across
            rows = slice(top * factor, bottom * factor)
            columns = slice(left * factor, right * factor)
            sums[..., rows, columns] += piece * weight
            weights[..., rows, columns] += weight
            kind = piece.dtype
            del piece  # before the next one is made
    assert sums is not None  # there is at least one tile
    return (sums / weights).to(kind)


def cuts(length: int, tile: int, overlap: int) -> list[tuple[int, int]]:
    """Where tiles begin and end along a side: evenly spread, all of one size.

    Args:
        length: Of the side.
        tile: Most a tile may have.
        overlap: Least that neighbours share, below ``tile``.
    """
    if length <= tile:
        return [(0, length)]
    count = math.ceil((length - overlap) / (tile - overlap))
    starts = [round(number * (length - tile) / (count - 1)) for number in range(count)]
    return [(start, start + tile) for start in starts]


def _ramp(start: int, end: int, length: int, overlap: int, factor: int) -> torch.Tensor:
    """Weights of a tile's pixels along a side: 1, falling to 0 towards edges with a neighbour."""
    weights = torch.ones((end - start) * factor)
    if not overlap:
        return weights
    rising = (torch.arange(overlap * factor) + 0.5) / (overlap * factor)
    if start > 0:
        weights[: len(rising)] = rising
    if end < length:
        weights[-len(rising) :] = torch.minimum(weights[-len(rising) :], rising.flip(0))
    return weights
