"""What the rest of the program must know of a model before it is loaded; reads only JSON."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from config import SPEED_MODES
from storyboard.diffusion.families.sdxl.adapter_files import FOLDER
from storyboard.diffusion.families.sdxl.files import RANDOM, find_configs
from storyboard.diffusion.families.sdxl.pipeline_configs import read_networks
from storyboard.diffusion.families.sdxl.samplers import sampling_menu
from storyboard.diffusion.families.sdxl.step_plan import step_work
from storyboard.diffusion.families.sdxl.tiny_decoder import FOLDER as TINY_FOLDER
from storyboard.diffusion.families.sdxl.tiny_decoder import SDXL_CHANNELS
from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
from storyboard.diffusion.weights.place import STARTER, model_folder
from storyboard.errors import ModelError
from storyboard.techniques.acceleration import Acceleration
from storyboard.techniques.faces import Faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import Hires
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Loras
from storyboard.values import bounds
from storyboard.values.card import ModelCard
from storyboard.values.request import Draw, Finish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.diffusion.families.sdxl.network_configs import UNetConfig

__all__ = ["TASKS", "describe", "family_settings", "published_card"]

_PUBLISHED = ([320, 640, 1280], [1, 2, 10])
"""Widths and depths of the UNet of SDXL itself."""

TECHNIQUES = frozenset({Acceleration.name, FewStep.name, Loras.name, Hires.name, Faces.name})
TASKS = frozenset({Draw.name, Finish.name})

SUSTAINED_SHARE = 0.55
"""Share of an Apple GPU's peak that SDXL sustains through torch on MPS: an estimate, derived from
Apple's published times and from reports of MPS users. A measured calibration takes its place."""


def describe(name: str, *, adapter: str | None) -> ModelCard:
    """Describe a model from its configurations.

    Args:
        name: As in `storyboard.diffusion.families.sdxl.files.find_model`.
        adapter: The IP-Adapter for models that bring none, or None.

    Raises:
        ModelError: If the model is missing or its configurations are.
    """
    if name == RANDOM:
        # At 768x432 one evaluation takes seconds on a CPU; the vocabulary is the starter's.
        return replace(
            published_card(),
            name=name,
            native_pixels=768 * 432,
            timing_only=True,
            tiny_decoder=False,
        )
    if name.lower() == "sdxl" and not Path(name).exists():
        return published_card()
    folder = model_folder(find_configs(name))
    root, networks = folder.root, read_networks(folder)
    factor, channels = networks.vae.factor, networks.vae.latent_channels
    settings = family_settings(root)
    multiple = settings.get("multiple", factor)
    if multiple % factor or not 1 <= multiple <= 1024:
        raise ModelError(
            "model folder {root} is damaged: no frame divides by its latents", root=root
        )
    identity = bool(folder.names(FOLDER, ".safetensors")) or adapter is not None
    native = _native_pixels(root, settings, networks.unet, factor)
    return ModelCard(
        name=name,
        family="sdxl",
        tokens=_tokens(root),
        native_pixels=native,
        multiple=int(multiple),
        techniques=TECHNIQUES | {Identity.name} if identity else TECHNIQUES,
        tasks=TASKS,
        modes=SPEED_MODES,
        countable=bool(settings.get("countable")),
        tiny_decoder=folder.has(TINY_FOLDER) or channels == SDXL_CHANNELS,
        sustained_share=SUSTAINED_SHARE if _is_published(networks.unet) else 0.0,
        step_work=partial(step_work, multiple=int(multiple), native_pixels=native),
        sampling=sampling_menu(),
    )


def _is_published(unet: UNetConfig) -> bool:
    return (unet.block_out_channels, unet.transformer_layers_per_block) == _PUBLISHED


def published_card() -> ModelCard:
    """SDXL itself, as it is known without its files; its prompts cannot be counted like that."""
    return ModelCard(
        name="sdxl",
        family="sdxl",
        tokens=_tokens(STARTER),
        native_pixels=1024 * 1024,
        multiple=8,
        techniques=TECHNIQUES | {Identity.name},
        tasks=TASKS,
        modes=SPEED_MODES,
        tiny_decoder=True,
        sustained_share=SUSTAINED_SHARE,
        step_work=partial(step_work, multiple=8, native_pixels=1024 * 1024),
        sampling=sampling_menu(),
    )


def _tokens(root: Path) -> ClipTokenCounter:
    return ClipTokenCounter([root / part for part in ("tokenizer", "tokenizer_2")])


def family_settings(root: Path) -> dict[str, float]:
    """Numbers that a model brings along in ``storyboard.json``.

    Known are ``guidance_rescale`` (0..1, 0 where nothing is said), ``native_pixels``,
    ``multiple``, where a model wants its frames rounder than its latents need, and ``countable``, 1
    where it draws people as the starter does, so that the finder can count them.
    """
    folder, name = model_folder(root), "storyboard.json"
    if not folder.has(name):
        return {}
    told = folder.json(name)
    known = {
        "guidance_rescale": 1.0,
        "multiple": 1024.0,
        "countable": 1.0,
        "native_pixels": float(bounds.FRAME_PIXELS),
    }
    found = {key: told[key] for key in known if key in told}
    for key, value in found.items():
        if type(value) not in (int, float) or not 0 <= value <= known[key]:
            raise folder.damaged(name, f"{key} is no number from 0 to {known[key]:g}")
    return {key: float(value) for key, value in found.items()}


def _native_pixels(root: Path, settings: Mapping[str, float], unet: UNetConfig, factor: int) -> int:
    size = unet.sample_size or 128
    height, width = size if isinstance(size, list) else (size, size)
    pixels = int(settings.get("native_pixels", 0)) or height * width * factor**2
    if not 64 <= pixels <= bounds.FRAME_PIXELS:
        raise ModelError(
            "model folder {root} is damaged: no frame has {pixels} pixels", root=root, pixels=pixels
        )
    return pixels
