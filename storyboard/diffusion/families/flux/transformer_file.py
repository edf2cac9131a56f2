"""A FLUX.1 transformer as one file: told from others by the names of its weights, and looked at.

Black Forest Labs name the weights in their own way, and so do the quantised files that others make
of theirs; diffusers' names occur too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.weights.gguf_header import GGUF, read_gguf_header
from storyboard.diffusion.weights.headers import odd_type, read_header
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from storyboard.diffusion.families.flux.configs import FluxTransformerConfig
    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["check_transformer_file", "is_flux", "is_guided"]

_PREFIX = "model.diffusion_model."
_WIDTH = 3072
"""What diffusers takes for granted where it converts the original names."""

_ORIGINAL = ("double_blocks.0.img_attn.qkv.weight", "vector_in.in_layer.weight")
_DIFFUSERS = (
    "transformer_blocks.0.attn.add_q_proj.weight",
    "time_text_embed.text_embedder.linear_1.weight",
    "single_transformer_blocks.0.proj_mlp.weight",
)


def is_flux(keys: Iterable[str]) -> bool:
    """Whether weights of these names are those of a FLUX.1 transformer.

    FLUX.2 has no ``vector_in``, and models that were made of FLUX.1's layers lack others.
    """
    held = {key.removeprefix(_PREFIX) for key in keys}
    return held.issuperset(_ORIGINAL) or held.issuperset(_DIFFUSERS)


def is_guided(keys: Iterable[str]) -> bool:
    """Whether a transformer with weights of these names is told its guidance.

    dev's and Kontext's are, schnell's is not.
    """
    return any("guidance_in." in key or "guidance_embedder." in key for key in keys)


def check_transformer_file(file: Path, config: FluxTransformerConfig) -> None:
    """Look at the header of a transformer's file, before anything is made of its size.

    Args:
        file: safetensors or GGUF.
        config: Of the model folder that its other parts come from.

    Raises:
        ModelError: The file is damaged, or holds other shapes than the folder's configuration says.
    """
    quantised = file.suffix.lower() == GGUF
    held = read_gguf_header(file) if quantised else read_header(file)
    if not quantised and (odd := odd_type(held)):
        raise ModelError("{file} is damaged: {odd}: get the file again", file=file, odd=odd)
    bare = {key.removeprefix(_PREFIX): each for key, each in held.items()}
    original = _ORIGINAL[0] in bare
    problem = _misfit(_original_shapes(config) if original else config.shapes(), bare)
    if is_guided(held) != config.guidance_embeds:
        known = "is" if config.guidance_embeds else "is not"
        problem = f"the model whose parts it wants {known} told its guidance"
    if original and config.width != _WIDTH:
        problem = f"its names are the original ones, which are known for a width of {_WIDTH} alone"
    if problem:
        raise ModelError(
            "{file} does not go with the model around it ({problem}): choose the file of that"
            " model, or put it into a folder of its own",
            file=file,
            problem=problem,
        )


def _misfit(expected: Shapes, held: Mapping[str, TensorShape]) -> str:
    for name, shape in expected.items():
        found = held.get(name)
        if found is None:
            return f"it lacks {name}"
        if found.shape != shape:
            sides, meant = (" x ".join(map(str, each)) for each in (found.shape, shape))
            return f"{name} is {sides}, and {meant} is meant"
    return ""


def _original_shapes(config: FluxTransformerConfig) -> Shapes:
    """The outermost weights of each block under their original names."""
    width = config.width
    shapes: Shapes = {
        "img_in.weight": (width, config.in_channels),
        "txt_in.weight": (width, config.joint_attention_dim),
        "vector_in.in_layer.weight": (width, config.pooled_projection_dim),
        "final_layer.linear.weight": (config.out_channels or config.in_channels, width),
    }
    for number in range(config.num_layers):
        shapes[f"double_blocks.{number}.img_attn.qkv.weight"] = (3 * width, width)
    for number in range(config.num_single_layers):
        shapes[f"single_blocks.{number}.linear1.weight"] = (7 * width, width)
    return shapes
