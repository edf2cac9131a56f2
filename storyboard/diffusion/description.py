"""What the rest of the program must know of a model before it is loaded; reads only JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.adapters import FOLDER
from storyboard.diffusion.tiny_decoder import FOLDER as TINY_FOLDER
from storyboard.diffusion.tiny_decoder import SDXL_CHANNELS
from storyboard.diffusion.weights import RANDOM, STARTER, find_configs, read_json
from storyboard.errors import ModelError
from storyboard.models import ModelDescription

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["describe", "family_settings"]

_MOST_PIXELS = 64_000_000  # of a frame; more is a mistake, or an attack on the memory


def describe(name: str, *, adapter: str | None) -> ModelDescription:
    """Describe a model from its configurations.

    Args:
        name: As in `storyboard.diffusion.weights.find_model`.
        adapter: The IP-Adapter for models that bring none, or None.

    Raises:
        ModelError: If the model is missing or its configurations are.
    """
    if name == RANDOM:
        # At 768x432 one evaluation takes seconds on a CPU; the vocabulary is the starter's.
        tokenizers = tuple(str(STARTER / part) for part in ("tokenizer", "tokenizer_2"))
        return ModelDescription(
            name, "sdxl", tokenizers, 768 * 432, 8, identity=True, timing_only=True
        )
    root = find_configs(name)
    blocks = read_json(root / "vae" / "config.json").get("block_out_channels", ())
    factor = 2 ** (len(blocks) - 1) if isinstance(blocks, list) and len(blocks) < 16 else 0
    multiple = family_settings(root).get("multiple", factor)
    if not 1 <= factor <= 64 or multiple % factor or not 1 <= multiple <= 1024:
        raise ModelError(f"model folder {root} is damaged: no frame divides by its latents")
    channels = read_json(root / "vae" / "config.json").get("latent_channels", 4)
    bundled = any((root / FOLDER).glob("*.safetensors"))
    return ModelDescription(
        name=name,
        family="sdxl",
        tokenizers=tuple(str(root / part) for part in ("tokenizer", "tokenizer_2")),
        native_pixels=_native_pixels(root, factor),
        multiple=int(multiple),
        identity=bundled or adapter is not None,
        tiny_decoder=(root / TINY_FOLDER).is_dir() or channels == SDXL_CHANNELS,
    )


def family_settings(root: Path) -> dict[str, float]:
    """Numbers that a model brings along in ``storyboard.json``.

    Known are ``guidance_rescale`` (0..1, 0 where nothing is said), ``native_pixels`` and
    ``multiple``, where a model wants its frames rounder than its latents need.
    """
    file = root / "storyboard.json"
    if not file.is_file():
        return {}
    try:
        return {
            key: float(value)
            for key, value in read_json(file).items()
            if key in {"guidance_rescale", "multiple", "native_pixels"}
        }
    except (TypeError, ValueError) as error:
        raise ModelError(f"{file} is damaged ({error}): get the model again, whole") from error


def _native_pixels(root: Path, factor: int) -> int:
    told = family_settings(root).get("native_pixels")
    size = read_json(root / "unet" / "config.json").get("sample_size") or 128
    try:
        height, width = size if isinstance(size, list) else (size, size)
        pixels = int(told) if told else int(height) * int(width) * factor**2
    except (TypeError, ValueError, OverflowError):
        pixels = 0
    if not 64 <= pixels <= _MOST_PIXELS:
        raise ModelError(f"model folder {root} is damaged: no frame has {pixels} pixels")
    return pixels
