"""The shapes of a model's networks: what their compute depends on, and nothing else. No torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux2.configs import (
    LOOKED_AT,
    Flux2TransformerConfig,
    Flux2VaeConfig,
    read_configs,
)
from storyboard.diffusion.networks.qwen_config import QWEN_4B, QwenConfig
from storyboard.diffusion.weights.place import model_folder

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.weights.configuration import Configuration

__all__ = ["Architecture", "architecture_in", "published"]


@dataclass(frozen=True, slots=True)
class Architecture:
    """The networks of a model. Configurations are JSON text: frozen, and equal when they agree.

    Attributes:
        transformer: Configuration of diffusers' ``Flux2Transformer2DModel``.
        vae: Of ``AutoencoderKLFlux2``.
        qwen: Of ``Qwen3Model``, as deep as is looked at.
        factor: Pixels a side of one latent cell.
        distilled: Whether guidance is never looked at.
    """

    transformer: str
    vae: str
    qwen: str
    factor: int
    distilled: bool


@cache
def published() -> Architecture:
    """FLUX.2 klein 4B, as in the configurations that Black Forest Labs publish.

    The tests hold them to the published 3.9 billion parameters of the transformer. Of the decoder
    the defaults of diffusers' class were taken, which was written for it.
    """
    transformer = {
        "in_channels": 128,
        "num_layers": 5,
        "num_single_layers": 20,
        "attention_head_dim": 128,
        "num_attention_heads": 24,
        "joint_attention_dim": 7680,
        "mlp_ratio": 3.0,
        "guidance_embeds": False,
    }
    vae = {
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "block_out_channels": [128, 256, 512, 512],
    }
    return _architecture(
        Flux2TransformerConfig.model_validate(transformer),
        Flux2VaeConfig.model_validate(vae),
        QwenConfig.model_validate(QWEN_4B).cut(LOOKED_AT[-1] + 1),
        distilled=True,
    )


def architecture_in(root: Path) -> Architecture:
    """Read the shapes of a model in a folder.

    Raises:
        ModelError: Its configurations are missing or damaged.
    """
    found = read_configs(model_folder(root))
    return _architecture(found.transformer, found.vae, found.qwen, distilled=found.distilled)


def _architecture(
    transformer: Flux2TransformerConfig, vae: Flux2VaeConfig, qwen: QwenConfig, *, distilled: bool
) -> Architecture:
    return Architecture(_as_json(transformer), _as_json(vae), _as_json(qwen), vae.factor, distilled)


def _as_json(config: Configuration) -> str:
    # With what is meant where nothing is said: who counts needs every number.
    return json.dumps(config.model_dump(by_alias=True, exclude_none=True))
