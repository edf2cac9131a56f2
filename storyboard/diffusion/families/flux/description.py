"""What the rest of the program must know of a FLUX.1 model before it is loaded; reads only JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.architecture import window_in
from storyboard.diffusion.families.flux.configs import read_networks, read_scheduler
from storyboard.diffusion.families.flux.modes import guidance_of
from storyboard.diffusion.networks.flow_matching import flow_menu
from storyboard.diffusion.networks.pipeline_files import find_configs
from storyboard.diffusion.weights.place import STARTER, model_folder
from storyboard.values.card import ModelCard
from storyboard.values.passes import drawn_one_by_one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config import SpeedMode
    from storyboard.diffusion.networks.pipeline_files import Pipeline
    from storyboard.values.request import PanelRequest

__all__ = ["describe", "describe_published"]

_PATCH = 2  # latents a side of a token


def describe(
    name: str,
    family: str,
    pipeline: Pipeline,
    modes: tuple[Mapping[str, SpeedMode], Mapping[str, SpeedMode]],
    techniques: frozenset[str],
    tasks: frozenset[str],
) -> ModelCard:
    """Describe a model from its configurations.

    Args:
        name: As the user wrote it.
        family: Name of its family.
        pipeline: What tells its kind.
        modes: Steps and scales where the transformer is told its guidance, and where it is not.
        techniques: What the family knows.
        tasks: What it can do.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    root = find_configs(name, pipeline)
    folder = model_folder(root)
    networks = read_networks(folder, pipeline.name)
    told = networks.transformer.guidance_embeds
    multiple = _PATCH * networks.vae.factor
    native = native_pixels(networks.vae.sample_size, multiple)
    return ModelCard(
        name=name,
        family=family,
        tokens=window_in(root, guided=told),
        native_pixels=native,
        multiple=multiple,
        techniques=techniques,
        tasks=tasks,
        modes=modes[0] if told else modes[1],
        reads_negative=False,
        sampling=flow_menu(by_size=read_scheduler(folder).use_dynamic_shifting),
        step_work=partial(_step_work, told=told, multiple=multiple, native_pixels=native),
    )


def describe_published(
    name: str,
    family: str,
    modes: Mapping[str, SpeedMode],
    techniques: frozenset[str],
    tasks: frozenset[str],
    *,
    told: bool,
) -> ModelCard:
    """A published model, as it is known without its files; its prompts cannot be counted."""
    return ModelCard(
        name=name,
        family=family,
        tokens=window_in(STARTER, guided=told),
        native_pixels=1024 * 1024,
        multiple=16,
        techniques=techniques,
        tasks=tasks,
        modes=modes,
        reads_negative=False,
        sampling=flow_menu(by_size=told),  # schnell's do not depend on the frame
        step_work=partial(_step_work, told=told, multiple=16, native_pixels=1024 * 1024),
    )


def native_pixels(sample_size: int, multiple: int) -> int:
    """Area at which a model draws best; published ones say 1024 as their VAE's ``sample_size``."""
    return max(sample_size, multiple) ** 2


def _step_work(
    request: PanelRequest, *, told: bool, multiple: int, native_pixels: int
) -> tuple[float, ...]:
    """What every step of a request costs, in evaluations times pixels that are looked at."""
    work: list[float] = []
    for asked in drawn_one_by_one(request, multiple, native_pixels):
        pixels = asked.width * asked.height * (1 + asked.pictures_seen)
        once = guidance_of(asked, told=told).evaluations * pixels
        work += [float(once)] * asked.sampling.steps
    return tuple(work)
