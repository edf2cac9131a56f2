"""From the name of a model to its files: what is there, what is missing, what is refused.

Only safetensors are read, no pickle, and no code that comes with a model. This module looks at
names, JSON and safetensors headers; it imports no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.adapter_files import Adapter, find_adapter
from storyboard.diffusion.families.sdxl.pipeline_configs import (
    PipelineConfigs,
    read_configs,
    read_index,
)
from storyboard.diffusion.networks.autoencoder_config import VaeConfig
from storyboard.diffusion.networks.network_files import (
    NetworkFiles,
    check_weights,
    find_weights,
)
from storyboard.diffusion.weights.checksums import check_manifest
from storyboard.diffusion.weights.headers import odd_type, read_header
from storyboard.diffusion.weights.hub import LoadProgress, check_files, fetch
from storyboard.diffusion.weights.place import CONFIGS, cure_of, find_place, model_folder
from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "NEURAL",
    "RANDOM",
    "ModelFiles",
    "find_configs",
    "find_model",
    "is_checkpoint",
]

RANDOM = "sdxl-random"
"""The name of SDXL with random weights, which has no files and serves timing alone."""

SDXL_BASE = "stabilityai/stable-diffusion-xl-base-1.0"
"""Its configurations and tokenizers are those of every single-file SDXL checkpoint."""

SAFE_VAE = "madebyollin/sdxl-vae-fp16-fix"
"""SDXL's VAE, changed so that it does not overflow in fp16."""

NEURAL = {
    "text_encoder": "model",
    "text_encoder_2": "model",
    "unet": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
}
"""Parts with weights, and how their files are called."""

_PARTS_OF_A_CHECKPOINT = {
    "conditioner.embedders.0.": "first text encoder",
    "conditioner.embedders.1.": "second text encoder",
    "model.diffusion_model.": "denoising network",
    "first_stage_model.": "decoder",
}
"""How the names begin in a single file, as Stability AI published SDXL."""

PLAIN = {
    "scheduler": ("scheduler_config.json",),
    "tokenizer": ("vocab.json", "tokenizer.json"),
    "tokenizer_2": ("vocab.json", "tokenizer.json"),
}


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on disk, complete.

    Attributes:
        name: As the user wrote it.
        root: Folder in diffusers' layout; for a checkpoint, the one with its configurations.
        weights: The weights that will be read, adapter excluded.
        variant: "fp16" where the files carry that in their names, else None.
        checkpoint: A single file with all the weights, or None.
        vae: A VAE to use instead of the model's own, or None.
        adapter: The IP-Adapter that goes with it, or None.
        configs: Its configurations, checked; None for random weights, which lie in no file.
    """

    name: str
    root: Path
    weights: tuple[Path, ...]
    variant: str | None = None
    checkpoint: Path | None = None
    vae: NetworkFiles | None = None
    adapter: Adapter | None = None
    configs: PipelineConfigs | None = None


def find_model(
    name: str, *, half: bool, adapter: str | None, progress: LoadProgress | None = None
) -> ModelFiles:
    """Find every file of a model, downloading what a hub id lacks.

    Args:
        name: "starter", a hub id ("owner/name"), a folder in diffusers' layout, or a
            ``.safetensors`` checkpoint.
        half: Whether it will run in fp16, which SDXL's own VAE does not survive.
        adapter: Hub id or folder of an IP-Adapter for models that bring none; None for no adapter.
        progress: Told about downloads.

    Raises:
        ModelError: If the model is missing, incomplete, damaged or refused; the message names
            the part.
    """
    place = find_place(name)
    if place.file is not None:
        return _checkpoint(name, place.file, adapter, progress)
    if place.folder is None:
        root = fetch(name, [_patterns(".fp16"), _patterns("")], _check_parts, progress)
    else:
        root = place.folder
        read_index(model_folder(root))
        check_manifest(root, cure_of(root))
    variant, weights, configs = _parts(model_folder(root))
    vae = None
    if place.folder is None and half and configs.networks.vae.force_upcast:
        vae = _safe_vae(progress)
    found = find_adapter(root, adapter, progress)
    return ModelFiles(name, root, weights, variant, vae=vae, adapter=found, configs=configs)


def find_configs(name: str) -> Path:
    """The folder with a model's configurations and tokenizers; downloads only those.

    Raises:
        ModelError: As `find_model`.
    """
    place = find_place(name)
    root = (find_place(SDXL_BASE) if place.file is not None else place).fetched()
    read_index(model_folder(root))
    return root


def _checkpoint(
    name: str, file: Path, adapter: str | None, progress: LoadProgress | None
) -> ModelFiles:
    held = read_header(file)
    for prefix, part in _PARTS_OF_A_CHECKPOINT.items():
        if not any(key.startswith(prefix) for key in held):
            raise ModelError(
                "{file} is not an SDXL checkpoint: it has no {part}", file=file, part=part
            )
    if odd := odd_type(held):
        raise ModelError("{file} is damaged: {odd}: get the file again", file=file, odd=odd)
    root = find_configs(name)
    found = find_adapter(root, adapter, progress)
    configs = read_configs(model_folder(root))
    return ModelFiles(name, root, (file,), checkpoint=file, adapter=found, configs=configs)


def is_checkpoint(keys: Iterable[str]) -> bool:
    """Whether weights of these names are those of an SDXL checkpoint: two text encoders."""
    return any(key.startswith("conditioner.embedders.1.") for key in keys)


def _parts(folder: ModelFolder) -> tuple[str | None, tuple[Path, ...], PipelineConfigs]:
    """Variant, weights and configurations; raises ModelError naming what is lacking or wrong."""
    # 1. What it says it is.
    for part, names in PLAIN.items():
        if not any(folder.has(f"{part}/{name}") for name in names):
            raise folder.lacks(f"{part}/{names[0]}")
    configs = read_configs(folder)
    # 2. The weights, in half precision where every part has them.
    found: dict[str, tuple[str, ...]] = {}
    variant = None
    for variant in ("fp16", None):
        found = {part: find_weights(folder, part, NEURAL[part], variant) for part in NEURAL}
        if all(found.values()):
            break
    absent = next((part for part, names in found.items() if not names), None)
    if absent is not None:
        raise folder.lacks(f"{absent}/{NEURAL[absent]}.safetensors")
    # 3. Whether these are the weights of that.
    for part, names in found.items():
        check_weights(folder, names, configs.networks.shapes(part))
    files = tuple(folder.root / name for names in found.values() for name in names)
    return variant, files, configs


def _check_parts(root: Path) -> None:
    read_index(model_folder(root))
    _parts(model_folder(root))


def _patterns(variant: str) -> list[str]:
    weights = [f"{part}/{stem}{variant}.safetensors" for part, stem in NEURAL.items()]
    shards = [f"{part}/{stem}-*{variant}*.safetensors" for part, stem in NEURAL.items()]
    return [*CONFIGS, *weights, *(shards if not variant else [])]


def _safe_vae(progress: LoadProgress | None) -> NetworkFiles | None:
    stem = NEURAL["vae"]
    names = ["config.json", f"{stem}.safetensors"]
    try:
        root = fetch(SAFE_VAE, [names], lambda folder: check_files(folder, names), progress)
        folder = ModelFolder(root)
        config = VaeConfig.read(folder, names[0])
        check_weights(folder, names[1:], config.shapes())
    except ModelError:
        return None  # The model's own VAE does the same work in fp32, with more memory.
    return NetworkFiles(config, stem, (root / names[1],))
