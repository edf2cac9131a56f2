"""From the name of a FLUX.1 model to its files: what is there, what is missing, what is refused.

A model is a folder in diffusers' layout, a hub id, or its transformer alone as one file,
safetensors or GGUF. Text encoders and decoder of such a file come from the model folder that it
lies in, else from the hub. No torch is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.configs import FluxConfigs, read_configs
from storyboard.diffusion.families.flux.transformer_file import check_transformer_file, is_guided
from storyboard.diffusion.networks.network_files import check_weights, find_weights
from storyboard.diffusion.weights.checksums import check_manifest, weights_hash, with_file
from storyboard.diffusion.weights.gguf_header import GGUF
from storyboard.diffusion.weights.hub import fetch
from storyboard.diffusion.weights.place import CONFIGS, cure_of, find_place, model_folder

if TYPE_CHECKING:
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.files.model_folder import ModelFolder

__all__ = ["ENCODERS", "FluxFiles", "Pipeline", "find_configs", "find_files"]

ENCODERS = ("text_encoder", "text_encoder_2")
"""Parts that read texts, and may leave the memory once they have."""

STEMS = {
    "text_encoder": "model",
    "text_encoder_2": "model",
    "transformer": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
}
"""Parts with weights, and how their files are called."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What tells one kind of model from the others.

    Attributes:
        name: Class of diffusers that the index names.
        guided_hub: Hub id of the model whose transformer is told its guidance: where the other
            parts of a single file come from.
        plain_hub: Likewise of the one whose transformer is not told; empty where there is none.
    """

    name: str
    guided_hub: str
    plain_hub: str = ""


@dataclass(frozen=True)
class FluxFiles:
    """A model on disk, complete.

    Attributes:
        name: As the user wrote it.
        root: Folder in diffusers' layout.
        parts: The weights of each part that the folder has them of.
        configs: Its configurations, checked.
        transformer: The transformer as one file, or None where it is a part.
    """

    name: str
    root: Path
    parts: Mapping[str, tuple[Path, ...]]
    configs: FluxConfigs
    transformer: Path | None = None

    @property
    def is_gguf(self) -> bool:
        """Whether the transformer's weights are quantised."""
        return self.transformer is not None and self.transformer.suffix.lower() == GGUF

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the weights, hexadecimal."""
        files = tuple(file for each in self.parts.values() for file in each)
        found = weights_hash(self.root, files)
        return with_file(found, self.transformer) if self.transformer else found

    @property
    def bytes(self) -> int:
        """Size of the weights."""
        return sum(self.bytes_of(part) for part in STEMS)

    def bytes_of(self, part: str) -> int:
        """Size of the weights of a part."""
        files = self.parts.get(part, ())
        if part == "transformer" and self.transformer is not None:
            files = (self.transformer,)
        return sum(file.stat().st_size for file in files)


def find_files(name: str, pipeline: Pipeline, progress: LoadProgress | None = None) -> FluxFiles:
    """Find every file of a model, downloading what a hub id lacks.

    Raises:
        ModelError: The model is missing, incomplete, damaged or refused; the message names the
            part.
    """
    place = find_place(name)
    wanted = tuple(part for part in STEMS if place.file is None or part != "transformer")
    root = _folder(place)
    if root is None:
        patterns = [_patterns(wanted)]
        root = fetch(
            _hub_of(place, pipeline),
            patterns,
            lambda folder: _parts(model_folder(folder), pipeline, wanted),
            progress,
        )
    else:
        check_manifest(root, cure_of(root))
    folder = model_folder(root)
    parts, configs = _parts(folder, pipeline, wanted)
    if place.file is not None:
        check_transformer_file(place.file, configs.networks.transformer)
    return FluxFiles(name, root, parts, configs, place.file)


def find_configs(name: str, pipeline: Pipeline) -> Path:
    """The folder with a model's configurations and tokenizers; downloads only those.

    Raises:
        ModelError: As `find_files`.
    """
    place = find_place(name)
    return _folder(place) or find_place(_hub_of(place, pipeline)).fetched()


def _folder(place: Place) -> Path | None:
    """The model's folder, if it is on this machine and not the hub's."""
    return place.folder if place.file is None else place.around


def _hub_of(place: Place, pipeline: Pipeline) -> str:
    """The hub id that the folder of a model comes from."""
    if place.file is None:
        return place.name
    guided = is_guided(place.keys)
    return pipeline.guided_hub if guided or not pipeline.plain_hub else pipeline.plain_hub


def _parts(
    folder: ModelFolder, pipeline: Pipeline, wanted: tuple[str, ...]
) -> tuple[dict[str, tuple[Path, ...]], FluxConfigs]:
    """Weights and configurations; raises ModelError naming what is lacking or wrong."""
    # 1. What it says it is, and whether all of it is there.
    configs = read_configs(folder, pipeline.name)
    found: dict[str, tuple[str, ...]] = {}
    for part in wanted:
        found[part] = find_weights(folder, part, STEMS[part], None)
        if not found[part]:
            raise folder.lacks(f"{part}/{STEMS[part]}.safetensors")
    # 2. Whether these are the weights of that.
    for part, names in found.items():
        check_weights(folder, names, configs.networks.shapes(part))
    files = {part: tuple(folder.root / name for name in names) for part, names in found.items()}
    return files, configs


def _patterns(parts: tuple[str, ...]) -> list[str]:
    whole = [f"{part}/{STEMS[part]}.safetensors" for part in parts]
    return [*CONFIGS, *whole, *(f"{part}/{STEMS[part]}-*.safetensors" for part in parts)]
