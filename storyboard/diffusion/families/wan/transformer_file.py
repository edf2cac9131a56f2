"""A Wan transformer, or half of one, as one file: told by the names of its weights, and looked at.

Wan's authors name the weights in their own way, and so do the quantised files that others make of
theirs; diffusers' names occur too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.weights.gguf_header import GGUF, read_gguf_header
from storyboard.diffusion.weights.headers import odd_type, read_header
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from storyboard.diffusion.families.wan.configs import WanTransformerConfig
    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["check_transformer_file", "expands_timesteps", "is_wan"]

_PREFIX = "model.diffusion_model."
_PATCHES = "patch_embedding.weight"
_ORIGINAL = ("blocks.0.self_attn.q.weight", "text_embedding.0.weight", _PATCHES)
_DIFFUSERS = ("blocks.0.attn1.to_q.weight", "condition_embedder.time_proj.weight", _PATCHES)
_WAN_21 = ("img_emb.", "image_embedder.", "k_img.", "add_k_proj.")
"""Parts of names in transformers that look at a picture through an encoder, as Wan 2.1's do."""

_NAMES = (
    ("condition_embedder.text_embedder.linear_1", "text_embedding.0"),
    ("condition_embedder.time_embedder.linear_1", "time_embedding.0"),
    (".attn1.to_q", ".self_attn.q"),
    (".attn2.to_k", ".cross_attn.k"),
    (".ffn.net.0.proj", ".ffn.0"),
)
"""How diffusers and the first authors name what `WanTransformerConfig.shapes` looks at."""

_PATCH = 4
"""Latents of a token: 1 x 2 x 2."""


def is_wan(keys: Iterable[str]) -> bool:
    """Whether weights of these names are those of a Wan 2.2 transformer."""
    held = {key.removeprefix(_PREFIX) for key in keys}
    if any(part in key for key in held for part in _WAN_21):
        return False
    return held.issuperset(_ORIGINAL) or held.issuperset(_DIFFUSERS)


def expands_timesteps(file: Path) -> bool:
    """Whether a transformer's file is whole, as that of TI2V 5B, and not half of A14B's.

    Raises:
        ModelError: The file is damaged.
    """
    held = _held(file)
    patches = held.get(_PATCHES)
    behind = held.get("head.head.weight") or held.get("proj_out.weight")
    # A half sees more than the noise: the picture's latents, and which frames are given.
    if patches is None or behind is None or len(patches.shape) < 2:
        return False
    return patches.shape[1] * _PATCH == behind.shape[0]


def check_transformer_file(file: Path, config: WanTransformerConfig) -> None:
    """Look at the header of a transformer's file, before anything is made of its size.

    Args:
        file: safetensors or GGUF.
        config: Of the model folder that its other parts come from.

    Raises:
        ModelError: The file is damaged, or holds other shapes than the folder's configuration says.
    """
    held = _held(file)
    if file.suffix.lower() != GGUF and (odd := odd_type(held)):
        raise ModelError("{file} is damaged: {odd}: get the file again", file=file, odd=odd)
    problem = _misfit(config.shapes(), held)
    if problem:
        raise ModelError(
            "{file} does not go with the model around it ({problem}): choose the file of that"
            " model, or put it into a folder of its own",
            file=file,
            problem=problem,
        )


def _held(file: Path) -> Mapping[str, TensorShape]:
    header = read_gguf_header(file) if file.suffix.lower() == GGUF else read_header(file)
    return {key.removeprefix(_PREFIX): each for key, each in header.items()}


def _misfit(expected: Shapes, held: Mapping[str, TensorShape]) -> str:
    original = _ORIGINAL[0] in held
    for name, shape in expected.items():
        own = name
        for theirs, first in _NAMES if original else ():
            own = own.replace(theirs, first)
        found = held.get(own)
        if found is None:
            return f"it lacks {own}"
        if found.shape != shape:
            sides, meant = (" x ".join(map(str, each)) for each in (found.shape, shape))
            return f"{own} is {sides}, and {meant} is meant"
    return ""
