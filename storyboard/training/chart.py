"""The losses of a training as a picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.files.output_file import png_of_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["loss_chart"]

_FAINT, _LEARNED, _HELD_OUT = "#cfd8e3", "#0072b2", "#d55e00"
_DOTS = 110


def loss_chart(
    title: str, losses: Sequence[float], eval_losses: Sequence[tuple[int, float]]
) -> bytes:
    """A PNG: the loss of every step, smoothed over a twentieth of them, and the held-out loss."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # here: it takes half a second
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots()
    steps = range(1, len(losses) + 1)
    axes.plot(steps, losses, color=_FAINT, linewidth=0.8, label="loss of a step")
    axes.plot(steps, _smoothed(losses), color=_LEARNED, label="smoothed")
    if eval_losses:
        axes.plot(*zip(*eval_losses, strict=True), "o-", color=_HELD_OUT, label="held out")
        best = min(eval_losses, key=lambda one: one[1])
        axes.plot(*best, "o", color=_HELD_OUT, markersize=11, fillstyle="none", label="best")
    axes.set_title(title)
    axes.set_xlabel("steps")
    axes.set_ylabel("loss")
    axes.grid(color="#e6e6e6")
    axes.legend(frameon=False)
    out = io.BytesIO()
    canvas.print_png(out)  # type: ignore[no-untyped-call]
    with Image.open(out) as picture:
        return png_of_chart(picture.convert("RGB"))


def _smoothed(losses: Sequence[float]) -> list[float]:
    """A running mean; its window is a twentieth of the steps, and what there is at the start."""
    width = max(1, len(losses) // 20)
    total, smooth = 0.0, []
    for number, loss in enumerate(losses):
        total += loss - (losses[number - width] if number >= width else 0.0)
        smooth.append(total / min(width, number + 1))
    return smooth
