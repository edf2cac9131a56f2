"""A drawing of what is heard: how high the sound goes, a line a pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF

from storyboard.sound.samples import PEAKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QColor, QPainter

__all__ = ["paint_wave"]


def paint_wave(
    painter: QPainter,
    peaks: NDArray[np.float32],
    pixels: float,
    box: QRectF,
    seen: QRect,
    colour: QColor,
) -> None:
    """Draw the peaks of a sound into a row, as far as it is seen.

    Args:
        painter: At the place of the first sample.
        peaks: As `storyboard.sound.samples.peaks`.
        pixels: Of a second.
        box: The row.
        seen: Only this part is drawn.
        colour: Of the lines.
    """
    first = max(0, seen.left())
    last = min(int(len(peaks) / PEAKS * pixels), seen.right() + 1)
    if last <= first or not len(peaks):
        return
    painter.setPen(colour)
    painter.drawLines(list(_lines(peaks, pixels, box, first, last)))


def _lines(
    peaks: NDArray[np.float32], pixels: float, box: QRectF, first: int, last: int
) -> Iterator[QLineF]:
    columns = np.arange(first, last + 1) * (PEAKS / pixels)
    starts = np.minimum(columns.astype(int), len(peaks) - 1)
    highest = np.maximum.reduceat(peaks[: max(starts[-1], starts[-2] + 1)], starts[:-1])
    middle, half = box.center().y(), box.height() / 2
    # By their roots: speech is seldom louder than a tenth of what can be.
    for x, height in zip(range(first, last), np.sqrt(highest) * half, strict=True):
        tall = max(0.5, float(height))  # silence is a thin line
        yield QLineF(x, middle - tall, x, middle + tall)
