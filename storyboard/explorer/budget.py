"""What a sweep computes and how long it takes, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from storyboard.benchmark.calibration import calibration
from storyboard.diffusion.families import family_of
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storyboard.explorer.sweep import Cell
    from storyboard.project.recipe import Recipe

__all__ = ["Budget", "budget_of", "tflop_of"]


@dataclass(frozen=True, slots=True)
class Budget:
    """What is to be agreed to.

    Attributes:
        cells: Pictures that are still to be drawn.
        tflop: Their compute together, in TFLOP; 0 where the family counts nothing.
        seconds: Their time on this machine; None where it was never measured.
    """

    cells: int
    tflop: float
    seconds: float | None


def budget_of(cells: Sequence[Cell], drawn: Iterable[Recipe] = ()) -> Budget:
    """Count cells.

    Args:
        cells: Those that are still to be drawn.
        drawn: Recipes of pictures like them on this machine, which say how fast it is; a benchmark
            says it where there are none.

    Raises:
        ModelError: A model is missing, or damaged.
    """
    tflop = 0.0
    seconds: float | None = 0.0
    for model in dict.fromkeys(each.request.choice.name for each in cells):
        mine = [each.request for each in cells if each.request.choice.name == model]
        work = sum(tflop_of(each) for each in mine)
        pace = _pace(mine[0], drawn)
        tflop += work
        seconds = seconds + work / pace if pace and seconds is not None else None
    return Budget(len(cells), tflop, seconds)


def tflop_of(request: PanelRequest) -> float:
    """TFLOP of a further panel, out of the tables where it was counted before."""
    family = family_of(request.choice.name)
    frame = family.frame(request.choice, request.width, request.height)
    quick = frame.panel(request) if frame is not None else None
    return family.cost(request).further if quick is None else quick


def _pace(request: PanelRequest, drawn: Iterable[Recipe]) -> float:
    """TFLOP a second of a model on this machine; 0 where nobody has measured it."""
    known = [
        tflop_of(_as_drawn(request, each)) / each.times.total
        for each in drawn
        if each.model == request.choice.name and each.times.total
    ]
    if known:
        return median(known)
    measured = calibration(request.choice.name)
    return measured.tflops if measured is not None else 0.0


def _as_drawn(request: PanelRequest, recipe: Recipe) -> PanelRequest:
    """A request that computes what a picture of the same model did."""
    sampling = Sampling(
        recipe.steps, recipe.guidance_scale, recipe.seed, recipe.sampler, recipe.schedule
    )
    like = replace(request, width=recipe.width, height=recipe.height, sampling=sampling)
    return like.using(parse_acceleration(recipe.acceleration))
