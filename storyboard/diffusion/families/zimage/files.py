"""The files of Z-Image: what its parts are called, and how a transformer of one file is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.families.zimage.configs import CLASSES, ZImageConfigs, read_configs
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

    from storyboard.diffusion.families.zimage.configs import ZImageTransformerConfig
    from storyboard.diffusion.networks.pipeline_files import PipelineConfigs
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["HUB", "PIPELINE", "is_zimage"]

HUB = "Tongyi-MAI/Z-Image-Turbo"

_MIXED = "noise_refiner.0.attention.qkv.weight"
_ORIGINAL = ("cap_embedder.1.weight", "x_embedder.weight", _MIXED)
_DIFFUSERS = (
    "cap_embedder.1.weight",
    "all_x_embedder.2-1.weight",
    "noise_refiner.0.attention.to_q.weight",
)


def is_zimage(keys: Iterable[str]) -> bool:
    """Whether weights of these names are those of a Z-Image transformer.

    Lumina's, from which it was made, has the original names too, and others beside them.
    """
    held = bare_names(keys)
    if any(
        name.startswith(("siglip_", "time_caption_embed", "t_embedder.linear")) for name in held
    ):
        return False
    return held.issuperset(_ORIGINAL) or held.issuperset(_DIFFUSERS)


def _check_file(file: Path, configs: PipelineConfigs) -> None:
    assert isinstance(configs, ZImageConfigs)
    held = read_transformer(file)
    config = configs.transformer
    expected = _original_shapes(config) if _MIXED in held else config.shapes()
    refuse_unfit(file, misfit(expected, held))


def _original_shapes(config: ZImageTransformerConfig) -> Shapes:
    """The outermost weights of each block under their original names."""
    width, token = config.dim, 4 * config.in_channels
    shapes: Shapes = {
        "x_embedder.weight": (width, token),
        "final_layer.linear.weight": (token, width),
        "cap_embedder.1.weight": (width, config.cap_feat_dim),
    }
    shapes |= {f"{name}.attention.qkv.weight": (3 * width, width) for name in config.blocks()}
    return shapes


PIPELINE = Pipeline(
    name="ZImagePipeline",
    classes=CLASSES,
    stems={
        "text_encoder": "model",
        "transformer": "diffusion_pytorch_model",
        "vae": "diffusion_pytorch_model",
    },
    encoders=("text_encoder",),
    read=read_configs,
    check_file=_check_file,
    hub_of=lambda _keys: HUB,
)
