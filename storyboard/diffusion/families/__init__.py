"""The model families, a package each, and the one table of them.

A family is imported when it is asked for; none imports torch before a model is loaded.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from config import SPEED_MODES
from storyboard.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config import SpeedMode
    from storyboard.diffusion.families.family import Family
    from storyboard.techniques.few_step import FewStep
    from storyboard.values.card import ModelCard
    from storyboard.values.offer import Offer
    from storyboard.values.request import Task

__all__ = [
    "add_family",
    "check_task",
    "families",
    "family_of",
    "family_of_few_step",
    "offers",
    "published_models",
    "speed_modes",
    "timing_models",
]

_TABLE = (
    "storyboard.diffusion.families.sdxl.family",
    "storyboard.diffusion.families.flux.family",
    "storyboard.diffusion.families.kontext.family",
    "storyboard.diffusion.families.zimage.family",
    "storyboard.diffusion.families.flux2.family",
    "storyboard.diffusion.families.wan.family",
)
"""Modules with a `FAMILY` each; the first is asked first."""


_OFFERING = ("sdxl", "flux2", "zimage", "flux", "kontext")
"""Packages with a module of `OFFERS`, in the order in which they are shown."""

_ADDED: list[Family] = []


def families() -> tuple[Family, ...]:
    """Every family that is known."""
    return (*_of_the_table(), *_ADDED)


def add_family(family: Family) -> None:
    """Let this process know a family that has no row in the table."""
    _ADDED.append(family)


@cache
def _of_the_table() -> tuple[Family, ...]:
    return tuple(cast("Family", import_module(module).FAMILY) for module in _TABLE)


def published_models() -> Mapping[str, str]:
    """For the hub id of each family's published model the family's name."""
    return {each.published: each.name for each in families() if each.published}


@cache
def offers() -> tuple[Offer, ...]:
    """The models that are offered; no family is imported for it."""
    modules = (import_module(f"{__name__}.{package}.offers") for package in _OFFERING)
    return tuple(offer for module in modules for offer in module.OFFERS)


def check_task(task: Task, card: ModelCard) -> None:
    """Refuse what a model cannot do.

    Raises:
        InputError: It is no task of the model's; the message names models that can.
    """
    if task.name in card.tasks:
        return
    able = [each.published for each in families() if task.name in each.tasks and each.published]
    raise InputError(
        "model {name} cannot {task} pictures: choose one that can, such as {known}",
        name=card.name,
        task=task.name,
        known=" or ".join(able) or "none that is known here",
    )


def timing_models() -> tuple[str, ...]:
    """Names of the models with random weights, which serve timing alone."""
    return tuple(each.timing_model for each in families() if each.timing_model)


def speed_modes(name: str) -> Mapping[str, SpeedMode]:
    """Steps and scales of each speed mode, as the family of a model wants them; nothing is fetched.

    A model that cannot be told without the network has the numbers of the first family. A mode that
    the user has added to config.py holds for all.
    """
    if name == "starter":
        return SPEED_MODES  # known, and asked for before a window opens: families take 0.3 s
    from storyboard.diffusion.weights.hub import downloads
    from storyboard.values.model import ModelChoice

    with downloads(allowed=False):
        try:
            own = family_of(name).card(ModelChoice(name)).modes
        except ModelError:
            own = families()[0].modes
    return own if own is SPEED_MODES else {**SPEED_MODES, **own}


def family_of_few_step(wish: FewStep) -> Family:
    """The family whose catalogue has a few-step adapter.

    Raises:
        InputError: No family knows it.
    """
    unknown: list[InputError] = []
    for each in families():
        try:
            each.few_step(wish)
        except InputError as error:
            unknown.append(error)
        else:
            return each
    raise unknown[0]


def family_of(name: str) -> Family:
    """The family of a model, by what the model says of itself.

    Args:
        name: As the user wrote it; the index of a hub id is downloaded. The name of a family is its
            published model, of which shapes and compute are known without files.

    Raises:
        ModelError: The model is missing, refused, or of no family that is known.
    """
    from storyboard.diffusion.weights.place import find_place

    for each in families():
        own = name.lower() == each.name and not Path(name).exists()
        if own or (name and name == each.timing_model):
            return each
    place = find_place(name)
    for each in families():
        if each.recognises(place):
            return each
    known = ", ".join(each.pipeline for each in families())
    if place.file is not None:
        raise ModelError(
            "{file} is no checkpoint of a model that is known: {known}",
            file=place.file,
            known=known,
        )
    raise ModelError(
        "{place} is a {pipeline}: only {known} models can be used",
        place=place.fetched(),
        pipeline=place.pipeline[:80],
        known=known,
    )
