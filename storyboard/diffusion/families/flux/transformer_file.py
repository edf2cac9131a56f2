"""A FLUX.1 transformer as one file: told from others by the names of its weights, and looked at.

Black Forest Labs name the weights in their own way, and so do the quantised files that others make
of theirs; diffusers' names occur too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.configs import FluxConfigs
from storyboard.diffusion.networks.transformer_file import (
    bare_names,
    misfit,
    read_transformer,
    refuse_unfit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.diffusion.families.flux.configs import FluxTransformerConfig
    from storyboard.diffusion.networks.pipeline_files import PipelineConfigs
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["check_transformer_file", "is_flux", "is_guided"]

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
    held = bare_names(keys)
    return held.issuperset(_ORIGINAL) or held.issuperset(_DIFFUSERS)


def is_guided(keys: Iterable[str]) -> bool:
    """Whether a transformer with weights of these names is told its guidance.

    dev's and Kontext's are, schnell's is not.
    """
    return any("guidance_in." in key or "guidance_embedder." in key for key in keys)


def check_transformer_file(file: Path, configs: PipelineConfigs) -> None:
    """Look at the header of a transformer's file, before anything is made of its size.

    Args:
        file: safetensors or GGUF.
        configs: Of the model folder that its other parts come from.

    Raises:
        ModelError: The file is damaged, or holds other shapes than the folder's configuration says.
    """
    assert isinstance(configs, FluxConfigs)
    config = configs.networks.transformer
    held = read_transformer(file)
    original = _ORIGINAL[0] in held
    problem = misfit(_original_shapes(config) if original else config.shapes(), held)
    if is_guided(held) != config.guidance_embeds:
        known = "is" if config.guidance_embeds else "is not"
        problem = f"the model whose parts it wants {known} told its guidance"
    if original and config.width != _WIDTH:
        problem = f"its names are the original ones, which are known for a width of {_WIDTH} alone"
    refuse_unfit(file, problem)


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
