"""The shapes of a model's networks: what their compute depends on, and nothing else. No torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.zimage.configs import (
    ZImageConfigs,
    ZImageTransformerConfig,
    read_configs,
)
from storyboard.diffusion.networks.autoencoder_config import VaeConfig
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
        transformer: Configuration of diffusers' ``ZImageTransformer2DModel``.
        vae: Of ``AutoencoderKL``.
        qwen: Of ``Qwen3Model``.
        factor: Pixels a side of one latent cell.
    """

    transformer: str
    vae: str
    qwen: str
    factor: int


@cache
def published() -> Architecture:
    """Z-Image-Turbo, as in the configurations that Tongyi-MAI publish.

    The transformer's are also the defaults of diffusers' class; the decoder is FLUX.1's, the
    text encoder Qwen3-4B. The tests hold them to the published 6 billion parameters.
    """
    vae = {
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "block_out_channels": [128, 256, 512, 512],
        "layers_per_block": 2,
        "latent_channels": 16,
        "use_quant_conv": False,
        "use_post_quant_conv": False,
        "scaling_factor": 0.3611,
        "shift_factor": 0.1159,
    }
    return _architecture(
        ZImageTransformerConfig.model_validate({}),
        VaeConfig.model_validate(vae),
        QwenConfig.model_validate(QWEN_4B),
    )


def architecture_in(root: Path) -> Architecture:
    """Read the shapes of a model in a folder.

    Raises:
        ModelError: Its configurations are missing or damaged.
    """
    found: ZImageConfigs = read_configs(model_folder(root))
    return _architecture(found.transformer, found.vae, found.qwen)


def _architecture(
    transformer: ZImageTransformerConfig, vae: VaeConfig, qwen: QwenConfig
) -> Architecture:
    return Architecture(_as_json(transformer), _as_json(vae), _as_json(qwen), vae.factor)


def _as_json(config: Configuration) -> str:
    # With what is meant where nothing is said: who counts needs every number.
    return json.dumps(config.model_dump(by_alias=True, exclude_none=True))
