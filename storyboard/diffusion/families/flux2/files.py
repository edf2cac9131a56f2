"""The files of FLUX.2 klein: what its parts are called, and how one file of weights is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux2.configs import (
    CLASSES,
    PIPELINE,
    Flux2Configs,
    read_configs,
)
from storyboard.diffusion.networks.pipeline_files import Pipeline
from storyboard.diffusion.networks.transformer_file import (
    bare_names,
    misfit,
    read_transformer,
    refuse_unfit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.diffusion.families.flux2.configs import Flux2TransformerConfig
    from storyboard.diffusion.networks.pipeline_files import PipelineConfigs
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["HUB", "KLEIN", "is_klein"]

HUB = "black-forest-labs/FLUX.2-klein-4B"
_LARGER_HUB = "black-forest-labs/FLUX.2-klein-9B"

_MIXED = "double_blocks.0.img_attn.qkv.weight"
_ORIGINAL = (_MIXED, "single_stream_modulation.lin.weight")
_DIFFUSERS = (
    "single_stream_modulation.linear.weight",
    "single_transformer_blocks.0.attn.to_qkv_mlp_proj.weight",
)
_LARGER = ("double_blocks.5.", "transformer_blocks.5.")
"""The smaller model has five blocks of that kind, the larger eight."""


def is_klein(keys: Iterable[str]) -> bool:
    """Whether weights of these names are those of a klein transformer.

    FLUX.2 dev has the same, and is told its guidance besides.
    """
    held = bare_names(keys)
    if any("guidance_in." in name or "guidance_embedder." in name for name in held):
        return False
    return held.issuperset(_ORIGINAL) or held.issuperset(_DIFFUSERS)


def _hub_of(keys: Iterable[str]) -> str:
    larger = any(name.startswith(_LARGER) for name in bare_names(keys))
    return _LARGER_HUB if larger else HUB


def _check_file(file: Path, configs: PipelineConfigs) -> None:
    assert isinstance(configs, Flux2Configs)
    held = read_transformer(file)
    config = configs.transformer
    expected = _original_shapes(config) if _MIXED in held else config.shapes()
    refuse_unfit(file, misfit(expected, held))


def _original_shapes(config: Flux2TransformerConfig) -> Shapes:
    """The outermost weights of each block under their original names."""
    width, inside = config.width, int(config.width * config.mlp_ratio)
    shapes: Shapes = {
        "img_in.weight": (width, config.in_channels),
        "txt_in.weight": (width, config.joint_attention_dim),
        "final_layer.linear.weight": (config.in_channels, width),
    }
    for number in range(config.num_layers):
        shapes[f"double_blocks.{number}.img_attn.qkv.weight"] = (3 * width, width)
    for number in range(config.num_single_layers):
        shapes[f"single_blocks.{number}.linear1.weight"] = (3 * width + 2 * inside, width)
    return shapes


KLEIN = Pipeline(
    name=PIPELINE,
    classes=CLASSES,
    stems={
        "text_encoder": "model",
        "transformer": "diffusion_pytorch_model",
        "vae": "diffusion_pytorch_model",
    },
    encoders=("text_encoder",),
    read=read_configs,
    check_file=_check_file,
    hub_of=_hub_of,
)
