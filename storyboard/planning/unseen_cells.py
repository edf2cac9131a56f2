"""Where the pictures are on a contact sheet that nobody tells anything about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from storyboard.planning.sheet_cells import Cell

__all__ = ["unseen_cells"]

_UNLIKE = 24  # of 255: how far a pixel is off the ground that belongs to a picture
_COVERED = 0.02  # of a row or a column: less is dust, or a letter
_ODD_EDGE = 0.1  # of the outermost pixels: more is no ground
_SMALLEST = 24  # pixels of a picture's side
_ALIKE = 0.06  # by which the sides of pictures differ at most
_BAND = 256  # rows that are looked at together
_LOW = 0.4  # of the highest band: what is lower is a line of words


def unseen_cells(sheet: Image.Image) -> tuple[Cell, ...]:
    """The places of pictures that nobody tells: a grid of equal ones on one plain ground.

    Words below or above the pictures are passed over if they are much lower than these.

    Args:
        sheet: RGB.

    Returns:
        In reading order; nothing where there is no such grid of two or more.
    """
    wide, high = sheet.size
    sides = ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high))
    edge = np.concatenate([np.asarray(sheet.crop(each)).reshape(-1, 3) for each in sides])
    ground = np.median(edge, axis=0)
    far = np.abs(np.arange(256)[:, None] - ground) > _UNLIKE  # of a channel, by its value
    if _is_far(edge, far).mean() > _ODD_EDGE:
        return ()  # it is a picture
    unlike = np.empty((high, wide), dtype=np.bool_)
    for top in range(0, high, _BAND):  # a large sheet is in memory once
        band = sheet.crop((0, top, wide, min(top + _BAND, high)))
        unlike[top : top + band.height] = _is_far(np.asarray(band), far)
    bands = _runs(unlike.mean(axis=1) > _COVERED)
    highest = max((end - start for start, end in bands), default=0)
    rows = [each for each in bands if each[1] - each[0] >= _LOW * highest]
    if not rows:
        return ()
    seen = sum(unlike[start:end].sum(axis=0) for start, end in rows)
    height = sum(end - start for start, end in rows)
    columns = _runs(seen / height > _COVERED / 2)
    if len(rows) * len(columns) < 2 or not (_are_alike(rows) and _are_alike(columns)):
        return ()
    cells = [
        (left, top, right - left, bottom - top)
        for top, bottom in rows
        for left, right in columns
        if unlike[top:bottom, left:right].any()  # the last row may be short
    ]
    return tuple(cells)


def _is_far(pixels: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Which pixels, of shape (..., 3), are far off the ground in a channel."""
    found: np.ndarray = far[pixels[..., 0], 0]
    for channel in (1, 2):
        found |= far[pixels[..., channel], channel]
    return found


def _runs(there: np.ndarray) -> list[tuple[int, int]]:
    """Where something is without a gap, from its first place to the one after its last."""
    steps = np.diff(np.concatenate([[0], there.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _are_alike(runs: Sequence[tuple[int, int]]) -> bool:
    lengths = [end - start for start, end in runs]
    return min(lengths) >= _SMALLEST and max(lengths) <= min(lengths) * (1 + _ALIKE) + 2
