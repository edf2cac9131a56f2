"""Pictures with noise levels that are tried, and how far they are from those of many steps."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from storyboard.errors import RenderError
from storyboard.explorer.likeness import grey, ssim
from storyboard.techniques.acceleration import OFF
from storyboard.values.sampling_menu import levels_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storyboard.explorer.cells import CellFolder
    from storyboard.explorer.likeness import Grey
    from storyboard.explorer.measuring import Levels
    from storyboard.explorer.sweep import Cell

__all__ = ["Trials", "exact", "with_levels"]


def exact(cell: Cell) -> Cell:
    """The same cell with nothing left out of its compute."""
    return replace(cell, request=cell.request.using(OFF))


def with_levels(cell: Cell, levels: Levels) -> Cell:
    """The same cell through these noise levels."""
    sampling = replace(cell.request.sampling, schedule=levels_text(levels))
    return replace(cell, request=replace(cell.request, sampling=sampling))


class Trials:
    """For levels that are tried: draws with each, and says how far its pictures are.

    Args:
        cells: The pictures, whose levels are replaced.
        goals: What each of them is to be like; drawn already.
        folder: Where the pictures lie.
        draw: Draws what is not in the folder.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        goals: Sequence[Cell],
        folder: CellFolder,
        draw: Callable[[Sequence[Cell]], None],
    ) -> None:
        self._cells, self._folder, self._draw = tuple(cells), folder, draw
        self._goals = [grey(self._picture(each)) for each in goals]

    def __call__(self, tried: Sequence[Levels]) -> list[float]:
        """The difference of each, 0..1: the mean of 1 - SSIM over all pictures."""
        drawn = [[with_levels(each, levels) for each in self._cells] for levels in tried]
        self._draw([cell for cells in drawn for cell in cells])
        return [fmean(map(self._apart, cells, self._goals)) for cells in drawn]

    def _apart(self, cell: Cell, goal: Grey) -> float:
        return 1 - ssim(grey(self._picture(cell)), goal)

    def _picture(self, cell: Cell) -> Path:
        path = self._folder.picture(cell)
        if path is None:  # somebody takes pictures away while they are compared
            raise RenderError("a picture is no longer in {folder}", folder=self._folder.folder)
        return path
