"""What a folder of sweeps holds: each picture with the values that it was drawn with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.diffusion.weights.measured_levels import is_measured
from storyboard.errors import InputError
from storyboard.explorer.cells import PICTURES, CellFolder
from storyboard.explorer.sweep import OWN
from storyboard.project.recipe import Recipe
from storyboard.values.sampling_menu import MEASURED, own_levels

__all__ = ["Drawn", "DrawnFolder", "values_of"]

_NUMBERS = frozenset({"adapter scale", "guidance", "steps", "seed"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of a sweep.

    Attributes:
        path: Its file.
        recipe: How it was drawn.
        values: Of every axis that a recipe tells, by the axis' name.
    """

    path: Path
    recipe: Recipe
    values: Mapping[str, str]

    @property
    def pair(self) -> tuple[str, str]:
        """Sampler and schedule."""
        return self.values["sampler"], self.values["schedule"]


class DrawnFolder:
    """The pictures of a folder.

    Attributes:
        pictures: Ordered as people count: by prompt, sampler, schedule, steps.
        foreign: Names of the files among them that are none of this program's, or damaged.

    Args:
        folder: What ``storyboard explore --out`` named.

    Raises:
        InputError: There is no such folder, or no picture in it.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError("{folder} is no folder: name what --out named", folder=folder)
        cells = CellFolder(folder)
        self.foreign = cells.foreign
        found = [Drawn(path, recipe, values_of(recipe)) for path, recipe in cells.drawn.items()]
        if not found:
            raise InputError(
                "{folder} holds no pictures of a sweep: name what --out named",
                folder=folder / PICTURES,
            )
        self.pictures = tuple(sorted(found, key=_order))

    @property
    def varied(self) -> dict[str, tuple[str, ...]]:
        """The values of every axis that has more than one, in their order."""
        names = self.pictures[0].values
        every = {
            name: tuple(
                sorted(
                    {each.values[name] for each in self.pictures}, key=lambda v: _sortable(name, v)
                )
            )
            for name in names
        }
        return {name: values for name, values in every.items() if len(values) > 1}


def values_of(recipe: Recipe) -> dict[str, str]:
    """The value of every axis that a recipe tells, by the axis' name."""
    scale = recipe.identities[0].scale if recipe.identities else 0.0
    return {
        "model": recipe.model,
        "storage": recipe.storage or OWN,
        "words": recipe.prompt,
        "acceleration": recipe.acceleration,
        "LoRA": ", ".join(f"{each.name}:{each.weight:g}" for each in recipe.loras) or "off",
        "adapter scale": f"{scale:g}",
        "sampler": recipe.sampler or recipe.scheduler.removesuffix("Scheduler") or OWN,
        "schedule": _schedule(recipe.schedule),
        "guidance": f"{recipe.guidance_scale:g}",
        "steps": str(recipe.steps),
        "seed": str(recipe.seed),
    }


def _schedule(text: str) -> str:
    """The schedule's name; what was measured has other levels for every number of steps."""
    try:
        levels = own_levels(text)
    except InputError:  # no recipe of this program says that
        levels = None
    return MEASURED if levels and is_measured(levels) else text or OWN


def _order(drawn: Drawn) -> tuple[tuple[float, str], ...]:
    return tuple(_sortable(name, value) for name, value in drawn.values.items())


def _sortable(name: str, value: str) -> tuple[float, str]:
    whole = name in _NUMBERS and re.fullmatch(r"[\d.]+", value)
    return (float(value), "") if whole else (0.0, value)
