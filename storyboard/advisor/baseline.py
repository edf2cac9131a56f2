"""How long a panel takes now, by the surest thing that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from config import Settings
from storyboard.advisor.advice import Basis, Source
from storyboard.benchmark.model_table import TRANSFORMERS_SHARE
from storyboard.errors import InputError
from storyboard.machine.chips import find_chip
from storyboard.project.recipe_file import read_recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from storyboard.advisor.work import Work
    from storyboard.benchmark.calibration import Calibration
    from storyboard.project.project_view import ProjectView
    from storyboard.project.recipe import Recipe
    from storyboard.values.card import ModelCard

__all__ = [
    "Baseline",
    "drawn_recipes",
    "is_alike",
    "measured",
    "reckoned",
    "seconds_of",
    "settings_of",
    "warm",
]

_NEWEST = 24
"""Pictures that are looked at: each is read whole for its recipe."""
_ENOUGH = 8
_ONCE = "image_encode"
"""The stage that is done once a run, not once a panel."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Seconds of a panel, and the settings that they belong to.

    Attributes:
        settings: With which it was measured; those at hand where it was reckoned.
        stages: Name and seconds of each; one of an empty name where they are not told apart.
        source: Where they come from.
    """

    settings: Settings
    stages: tuple[tuple[str, float], ...]
    source: Source

    @property
    def seconds(self) -> float:
        """All of it."""
        return sum(seconds for _, seconds in self.stages)


def drawn_recipes(project: ProjectView, since: str = "") -> tuple[Recipe, ...]:
    """The recipes of the newest pictures of a board, newest first.

    Args:
        project: The board and its pictures.
        since: Only those made after that time, ISO 8601 in UTC.
    """
    takes = [take for panel in project.board.panels for take in panel.takes if take.model]
    paths = [path for take in takes if (path := project.picture(take)).is_file()]
    paths.sort(key=_written, reverse=True)
    found = filter(None, map(_recipe, paths[:_NEWEST]))
    kept = [each for each in found if _is_drawn(each) and each.created > since]
    return tuple(sorted(kept, key=lambda each: each.created, reverse=True))


def settings_of(recipe: Recipe, like: Settings) -> Settings:
    """The settings that draw as a recipe says; what it does not hold is taken from `like`."""
    landscape = max(recipe.width, recipe.height)
    return like.model_copy(
        update={
            "mode": recipe.mode or like.mode,
            "num_inference_steps": recipe.steps,
            "guidance_scale": recipe.guidance_scale,
            "acceleration": recipe.acceleration,
            "few_step": recipe.few_step,
            "storage": recipe.storage,
            "sampler": recipe.sampler,
            "schedule": recipe.schedule,
            "frame_width": landscape,
            "measure_agreement": any(name == "judge" for name, _ in recipe.times.stages),
        }
    )


def warm(recipes: Sequence[Recipe]) -> tuple[Recipe, ...]:
    """Those without the first of them, which waits for kernels and caches; one stays as it is."""
    return tuple(recipes[:-1]) if len(recipes) > 1 else tuple(recipes)


def measured(recipes: Sequence[Recipe], settings: Settings, work: Work | None) -> Baseline | None:
    """What panels of a board took: of the same settings if there are such, else of its newest.

    Args:
        recipes: Of its pictures, newest first.
        settings: Those in force.
        work: What a panel computes with them.
    """
    mine = [each for each in recipes if each.model == settings.model and each.times.total > 0]
    if not mine:
        return None
    same = [each for each in mine if work is not None and is_alike(each, settings, work)]
    newest = [each for each in mine if _kind(each) == _kind(mine[0])]
    chosen = warm(same or newest)[:_ENOUGH]
    words = f"{len(chosen)} of its panels" if len(chosen) > 1 else "one of its panels"
    if not same:
        words += " with other settings"
    return Baseline(
        settings if same else settings_of(chosen[0], settings),
        _stages(chosen),
        Source(Basis.MEASURED, words),
    )


def reckoned(
    settings: Settings,
    work: Work | None,
    calibrated: Calibration | None,
    card: ModelCard | None,
    chip: str,
    gpu_cores: int,
    *,
    is_offered: bool,
) -> Baseline | None:
    """What a panel should take, by a benchmark of this machine or by what its chip can do.

    Args:
        settings: Those in force.
        work: What a panel computes with them.
        calibrated: What benchmarks of the model have measured here, or None.
        card: Of the model.
        chip: As the system names it.
        gpu_cores: Of Apple's GPU.
        is_offered: Whether it is a model of full size that is known to this program.
    """
    total = work.total if work else None
    if total is None:
        return None
    if calibrated is not None:
        source = Source(Basis.MEASURED, f"the benchmark of {calibrated.measured[:10]}")
        return Baseline(settings, (("", calibrated.seconds(total)),), source)
    known = find_chip(chip)
    if known is None or card is None or not is_offered:
        return None
    share = card.sustained_share or TRANSFORMERS_SHARE
    seconds = total / (share * known.peak(gpu_cores))
    words = f"{total:.1f} TFLOP at {share:.0%} of an {known.name}'s peak"
    return Baseline(settings, (("", seconds),), Source(Basis.COUNTED, words, known.source))


def is_alike(recipe: Recipe, settings: Settings, work: Work) -> bool:
    """Whether a picture was drawn with what decides about the time of these settings."""
    return (
        recipe.model == settings.model
        and recipe.steps == settings.num_inference_steps
        and (recipe.guidance_scale > 1) == (settings.guidance_scale > 1)
        and recipe.acceleration == settings.acceleration
        and recipe.few_step == settings.few_step
        and recipe.storage == settings.storage
        and (recipe.width, recipe.height) == (work.width, work.height)
        and any(name == "judge" for name, _ in recipe.times.stages) == work.judged
    )


def _is_drawn(recipe: Recipe) -> bool:
    """Whether a picture was drawn, and nothing besides: the rest takes a time of its own."""
    reworked = recipe.edit is not None or recipe.animate is not None or recipe.finish
    return not (reworked or recipe.hires or recipe.faces)


def _kind(recipe: Recipe) -> tuple[object, ...]:
    return (
        recipe.steps,
        recipe.guidance_scale > 1,
        recipe.acceleration,
        recipe.few_step,
        recipe.storage,
        recipe.width,
        recipe.height,
        any(name == "judge" for name, _ in recipe.times.stages),
    )


def _stages(recipes: Sequence[Recipe]) -> tuple[tuple[str, float], ...]:
    """Medians of each stage, and of what belongs to none; what is done once a run is left out."""
    names = dict.fromkeys(name for each in recipes for name, _ in each.times.stages)
    names.pop(_ONCE, None)
    stages = [(name, median(each.times.of(name) for each in recipes)) for name in names]
    total = median(each.times.total - each.times.of(_ONCE) for each in recipes)
    between = total - sum(seconds for _, seconds in stages)
    return (*stages, ("between", max(0.0, between)))


def _recipe(path: Path) -> Recipe | None:
    try:
        return read_recipe(path)
    except InputError:
        return None


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def seconds_of(recipes: Iterable[Recipe]) -> float:
    """Median seconds of a panel, without what is done once a run."""
    return median(each.times.total - each.times.of(_ONCE) for each in recipes)
