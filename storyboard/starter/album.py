"""An album: crowds that were drawn over once, kept on the disk to learn from again and again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.crowds import paint_crowd
from storyboard.starter.whereabouts import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


__all__ = ["Album", "fill_album"]

_A_PAGE = 50
"""Pictures of a file: a stop loses fewer than these."""
_FEATURES_KEPT = 0.3
"""So little was drawn over that eyes and mouth are where they were."""


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures of native size.

    Attributes:
        pixels: n x height x width x 3.
        rows: n x people x 16, see `whereabouts`.
        featured: n, whether eyes and mouths are where the rows say.
    """

    pixels: NDArray[np.uint8]
    rows: NDArray[np.float32]
    featured: NDArray[np.bool_]

    @classmethod
    def of(cls, folder: Path) -> Album:
        """Everything that a folder holds, which may be nothing."""
        pages = []
        for file in sorted(folder.glob("page-*.npz")):
            with np.load(file) as page:
                pages.append((page["pixels"], page["rows"], page["featured"]))
        if not pages:
            width, height = NATIVE_SIZE
            nothing = np.zeros((0, height, width, 3), np.uint8)
            return cls(nothing, np.zeros((0, 1, 16), np.float32), np.zeros(0, np.bool_))
        pixels, rows, featured = zip(*pages, strict=True)
        return cls(np.concatenate(pixels), np.concatenate(rows), np.concatenate(featured))

    def __len__(self) -> int:
        return len(self.featured)


def fill_album(folder: Path, model: Path, count: int, say: Callable[[str], None]) -> None:
    """Draw crowds over until there are ``count``, going on where the last run stopped.

    Args:
        folder: Where the pages go.
        model: Draws; one that `export_model` wrote.
        count: Pictures in all, rounded up to whole pages.
        say: Takes a line of progress now and then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [
        number
        for number in range(-(-count // _A_PAGE))
        if not (folder / f"page-{number:03}.npz").exists()
    ]
    if not missing:
        return
    from storyboard.starter.redrawn import Redrawer

    redrawer = Redrawer(model)
    for number in missing:
        rng = random.Random(f"album page {number}")
        pixels, rows, featured = [], [], []
        for _ in range(_A_PAGE):
            crowd = paint_crowd(rng, NATIVE_SIZE)
            drawn, strength = redrawer.redraw(crowd, rng)
            pixels.append(drawn)
            rows.append(rows_of(crowd.people, NATIVE_SIZE))
            featured.append(strength <= _FEATURES_KEPT)
        half = folder / f"half-{number:03}.npz"
        np.savez(half, pixels=np.stack(pixels), rows=np.stack(rows), featured=np.array(featured))
        half.replace(folder / f"page-{number:03}.npz")
        say(f"album: page {number + 1} of {-(-count // _A_PAGE)}")
