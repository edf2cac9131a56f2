"""From the name of a model to its files: what is there, what is missing, what is refused.

Only safetensors are read, no pickle, and no code that comes with a model. This module looks at
names, JSON and safetensors headers; it imports no torch.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyboard.diffusion.adapters import Adapter, find_adapter
from storyboard.diffusion.checksums import check_manifest
from storyboard.diffusion.headers import check_header, header_keys
from storyboard.diffusion.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError

__all__ = ["NEURAL", "RANDOM", "STARTER", "ModelFiles", "find_configs", "find_model", "read_json"]

STARTER = Path(__file__).resolve().parents[2] / "assets" / "models" / "starter"
"""Where the model that ships with the program lies."""

RANDOM = "sdxl-random"
"""The name of SDXL with random weights, which has no files and serves timing alone."""

SDXL_BASE = "stabilityai/stable-diffusion-xl-base-1.0"
"""Its configurations and tokenizers are those of every single-file SDXL checkpoint."""

SAFE_VAE = "madebyollin/sdxl-vae-fp16-fix"
"""SDXL's VAE, changed so that it does not overflow in fp16."""

FAMILIES = {"StableDiffusionXLPipeline": "sdxl"}
CURE = "restore it with 'git checkout -- assets/models/starter' or install the program again"
PICKLES = {".ckpt", ".pt", ".pth", ".bin", ".pkl"}
_LARGEST_JSON = 16 * 2**20  # bytes; the index of a sharded model has under one million
CONFIGS = ["model_index.json", "storyboard.json", "*/*.json", "*/merges.txt"]
NEURAL = {
    "text_encoder": "model",
    "text_encoder_2": "model",
    "unet": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
}
"""Parts with weights, and how their files are called."""

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
        vae: Folder of a VAE to use instead of the model's own, or None.
        adapter: The IP-Adapter that goes with it, or None.
    """

    name: str
    root: Path
    weights: tuple[Path, ...]
    variant: str | None = None
    checkpoint: Path | None = None
    vae: Path | None = None
    adapter: Adapter | None = None


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
    place = _place(name)
    if place is not None and place.is_file():
        return _checkpoint(name, place, adapter, progress)
    if place is None:
        root = fetch(name, [_patterns(".fp16"), _patterns("")], _check_parts, progress)
    else:
        root = place
        _family(root)
        check_manifest(root, _cure(root))
    variant, weights = _parts(root)
    vae = None
    if place is None and half and read_json(root / "vae" / "config.json").get("force_upcast", True):
        vae = _safe_vae(progress)
    found = find_adapter(root, adapter, progress)
    return ModelFiles(name, root, weights, variant=variant, vae=vae, adapter=found)


def find_configs(name: str) -> Path:
    """The folder with a model's configurations and tokenizers; downloads only those.

    Raises:
        ModelError: As `find_model`.
    """
    place = _place(name)
    if place is not None and place.is_dir():
        root = place
    else:
        repository = SDXL_BASE if place is not None else name
        root = fetch(
            repository, [CONFIGS], lambda folder: check_files(folder, ["model_index.json"])
        )
    _family(root)
    return root


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object from a file.

    Raises:
        ModelError: If it is missing or not a JSON object.
    """
    try:
        if file.stat().st_size > _LARGEST_JSON:
            raise ModelError(f"{file} is larger than any configuration: {_cure(file.parent)}")
        value = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _lacks(file.parent, file.name) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{file} cannot be read ({error}): {_cure(file.parent)}") from error
    if not isinstance(value, dict):
        raise ModelError(f"{file} is damaged, it is no JSON object: {_cure(file.parent)}")
    return value


def _place(name: str) -> Path | None:
    """The file or folder a name means, or None for a hub id."""
    if name == "starter":
        if not (STARTER / "model_index.json").is_file():
            raise ModelError(f"the starter model is missing from {STARTER}: {CURE}")
        return STARTER
    path = Path(name)
    with suppress(RuntimeError):  # "~nobody" is a name like any other
        path = path.expanduser()
    if path.suffix.lower() in PICKLES:
        raise ModelError(
            f"{path} is refused: pickled weights can run any program; use a .safetensors file"
        )
    try:
        is_folder, is_file = path.is_dir() and name != "", path.is_file()
    except OSError:  # longer than a path may be
        is_folder = is_file = False
    if is_folder:
        return path.resolve()
    if is_file:
        if path.suffix.lower() != ".safetensors":
            raise ModelError(f"{path} is no model: give a .safetensors file or a folder")
        return path.resolve()
    if path.suffix.lower() == ".safetensors" or name[:1] in {".", "/", "~"}:
        raise ModelError(f"model {path} does not exist: check the path")
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", name):
        raise ModelError(
            f"unknown model '{name}': use 'starter', a hub id such as {SDXL_BASE}, a folder or a"
            " .safetensors file"
        )
    return None


def _family(root: Path) -> str:
    index = root / "model_index.json"
    if not index.is_file():
        raise _lacks(root, "model_index.json")
    kind = str(read_json(index).get("_class_name"))[:80]
    if kind not in FAMILIES:
        raise ModelError(f"{root} is a {kind}: only {', '.join(FAMILIES)} models can be used")
    return FAMILIES[kind]


def _checkpoint(
    name: str, file: Path, adapter: str | None, progress: LoadProgress | None
) -> ModelFiles:
    if not any(key.startswith("conditioner.embedders.1.") for key in header_keys(file)):
        raise ModelError(f"{file} is not an SDXL checkpoint: it has no second text encoder")
    root = find_configs(name)
    found = find_adapter(root, adapter, progress)
    return ModelFiles(name, root, (file,), checkpoint=file, adapter=found)


def _parts(root: Path) -> tuple[str | None, tuple[Path, ...]]:
    """The variant and the weights of a folder; raises ModelError naming what it lacks."""
    for part, names in PLAIN.items():
        if not any((root / part / name).is_file() for name in names):
            raise _lacks(root, f"{part}/{names[0]}")
    for part in NEURAL:
        read_json(root / part / "config.json")
    for variant in ("fp16", None):
        weights = [_weights(root, part, variant) for part in NEURAL]
        if all(weights):
            files = tuple(file for part in weights for file in part)
            for file in files:
                check_header(file, _cure(root))
            return variant, files
    part = next(part for part in NEURAL if not _weights(root, part, None))
    raise _lacks(root, f"{part}/{NEURAL[part]}.safetensors")


def _weights(root: Path, part: str, variant: str | None) -> tuple[Path, ...]:
    stem, dot = NEURAL[part], f".{variant}" if variant else ""
    whole = root / part / f"{stem}{dot}.safetensors"
    if whole.is_file():
        return (whole,)
    index = root / part / f"{stem}.safetensors.index{dot}.json"
    if not index.is_file():
        return ()
    told = read_json(index).get("weight_map")
    names = sorted({str(each) for each in told.values()} if isinstance(told, dict) else ())
    shards = tuple(index.parent / name for name in names if Path(name).name == name)
    missing = next((shard.name for shard in shards if not shard.is_file()), None)
    if missing is not None:
        raise _lacks(root, f"{part}/{missing}")
    return shards


def _check_parts(root: Path) -> None:
    _family(root)
    _parts(root)


def _patterns(variant: str) -> list[str]:
    weights = [f"{part}/{stem}{variant}.safetensors" for part, stem in NEURAL.items()]
    shards = [f"{part}/{stem}-*{variant}*.safetensors" for part, stem in NEURAL.items()]
    return [*CONFIGS, *weights, *(shards if not variant else [])]


def _safe_vae(progress: LoadProgress | None) -> Path | None:
    names = ["config.json", "diffusion_pytorch_model.safetensors"]
    try:
        return fetch(SAFE_VAE, [names], lambda folder: check_files(folder, names), progress)
    except ModelError:
        return None  # The model's own VAE does the same work in fp32, with more memory.


def _lacks(root: Path, part: str) -> ModelError:
    pickled = next(
        (file.name for file in (root / part).parent.glob("*") if file.suffix in PICKLES), None
    )
    if pickled is not None:
        return ModelError(
            f"model folder {root} lacks {part}; the {pickled} beside it is pickled and refused:"
            " convert it to safetensors"
        )
    return ModelError(f"model folder {root} lacks {part}: {_cure(root)}")


def _cure(root: Path) -> str:
    if root == STARTER or STARTER in root.parents:
        return CURE
    return "get the model again, whole"
