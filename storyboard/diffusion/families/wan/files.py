"""From the name of a Wan model to its files: what is there, what is missing, what is refused.

A model is a folder in diffusers' layout, a hub id, or its transformer alone as one file,
safetensors or GGUF; of A14B, whose transformer is in two halves, the other half lies beside it
under the same name with "low" for "high". What else there is comes from the model folder that the
file lies in, else from the hub. No torch is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.configs import HALVES, WanConfigs, read_configs
from storyboard.diffusion.families.wan.few_steps import find_adapter
from storyboard.diffusion.families.wan.halves import both_halves
from storyboard.diffusion.families.wan.transformer_file import (
    check_transformer_file,
    expands_timesteps,
)
from storyboard.diffusion.networks.network_files import check_weights, find_weights
from storyboard.diffusion.weights.checksums import check_manifest, weights_hash, with_file
from storyboard.diffusion.weights.hub import fetch
from storyboard.diffusion.weights.place import CONFIGS, cure_of, find_place, model_folder
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.files.model_folder import ModelFolder
    from storyboard.techniques.few_step import FewStep

__all__ = ["HUBS", "STEMS", "WanFiles", "find_configs", "find_files"]

HUBS = ("Wan-AI/Wan2.2-I2V-A14B-Diffusers", "Wan-AI/Wan2.2-TI2V-5B-Diffusers")
"""Where the other parts of a single file come from: of a half, and of a whole transformer."""

STEMS = {
    "text_encoder": "model",
    **dict.fromkeys(HALVES, "diffusion_pytorch_model"),
    "vae": "diffusion_pytorch_model",
}
"""Parts with weights, and how their files are called."""


@dataclass(frozen=True)
class WanFiles:
    """A model on disk, complete.

    Attributes:
        name: As the user wrote it.
        root: Folder in diffusers' layout.
        parts: The weights of each part that the folder has them of.
        configs: Its configurations, checked.
        single: For each transformer that is one file, that file.
        adapters: For each transformer the LoRA of a few-step adapter; empty without one.
    """

    name: str
    root: Path
    parts: Mapping[str, tuple[Path, ...]]
    configs: WanConfigs
    single: Mapping[str, Path]
    adapters: Mapping[str, Path]

    @property
    def halves(self) -> tuple[str, ...]:
        """Names of its transformers, in the order in which they draw."""
        return self.configs.networks.halves

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the weights, hexadecimal."""
        files = tuple(file for each in self.parts.values() for file in each)
        found = weights_hash(self.root, files)
        for file in (*self.single.values(), *self.adapters.values()):
            found = with_file(found, file)
        return found

    @property
    def bytes(self) -> int:
        """Size of the weights."""
        return sum(file.stat().st_size for part in STEMS for file in self.of(part))

    def of(self, part: str) -> tuple[Path, ...]:
        """The files with a part's weights."""
        return (self.single[part],) if part in self.single else self.parts.get(part, ())


def find_files(
    name: str, few_step: FewStep | None, progress: LoadProgress | None = None
) -> WanFiles:
    """Find every file of a model, downloading what a hub id lacks.

    Raises:
        InputError: The few-step adapter is none of this family.
        ModelError: The model is missing, incomplete, damaged or refused; the message names the
            part.
    """
    # 1. What is not in a single file.
    place = find_place(name)
    single = _single_files(place)
    root = _folder(place)
    if root is None:
        root = fetch(
            _hub_of(place),
            [_patterns(single)],
            lambda folder: _parts(model_folder(folder), single),
            progress,
        )
    else:
        check_manifest(root, cure_of(root))
    parts, configs = _parts(model_folder(root), single)
    # 2. What is.
    for half, file in single.items():
        check_transformer_file(file, configs.networks.transformer)
        if half not in configs.networks.halves:
            raise ModelError(
                "{file} is one half of a transformer, and the model around it has a whole one: put"
                " the file into a folder of its own",
                file=file,
            )
    adapters: Mapping[str, Path] = {}
    if few_step is not None:
        adapters = find_adapter(few_step, configs.networks, progress)
    return WanFiles(name, root, parts, configs, single, adapters)


def find_configs(name: str) -> Path:
    """The folder with a model's configurations and tokenizer; downloads only those.

    Raises:
        ModelError: As `find_files`.
    """
    place = find_place(name)
    return _folder(place) or find_place(_hub_of(place)).fetched()


def _folder(place: Place) -> Path | None:
    """The model's folder, if it is on this machine and not the hub's."""
    return place.folder if place.file is None else place.around


def _hub_of(place: Place) -> str:
    """The hub id that the folder of a model comes from."""
    if place.file is None:
        return place.name
    return HUBS[1] if expands_timesteps(place.file) else HUBS[0]


def _single_files(place: Place) -> dict[str, Path]:
    """The file of each transformer, where the model is one file or two."""
    if place.file is None:
        return {}
    if expands_timesteps(place.file):
        return {HALVES[0]: place.file}
    return dict(both_halves(place.file))


def _parts(
    folder: ModelFolder, single: Mapping[str, Path]
) -> tuple[dict[str, tuple[Path, ...]], WanConfigs]:
    """Weights and configurations; raises ModelError naming what is lacking or wrong."""
    configs = read_configs(folder)
    wanted = [each for each in STEMS if each not in single]
    found: dict[str, tuple[Path, ...]] = {}
    for part in wanted:
        if part in HALVES and part not in configs.networks.halves:
            continue
        names = find_weights(folder, part, STEMS[part], None)
        if not names:
            raise folder.lacks(f"{part}/{STEMS[part]}.safetensors")
        check_weights(folder, names, configs.networks.shapes(part))
        found[part] = tuple(folder.root / name for name in names)
    return found, configs


def _patterns(single: Mapping[str, Path]) -> list[str]:
    parts = [each for each in STEMS if each not in single]
    whole = [f"{part}/{STEMS[part]}.safetensors" for part in parts]
    return [*CONFIGS, *whole, *(f"{part}/{STEMS[part]}-*.safetensors" for part in parts)]
