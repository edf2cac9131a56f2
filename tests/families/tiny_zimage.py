"""A random model of Z-Image's structure, small enough to draw in a fraction of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import diffusers
import torch
from transformers import Qwen3Model

from tests.families.tiny_qwen import qwen_config, qwen_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FIRST_AUTHORS", "build_tiny_zimage"]

# diffusers ships no types for its constructors.
library: Any = diffusers

_LATENTS, _WIDTH = 4, 96

FIRST_AUTHORS = {
    "diffusion_model.layers.0.attention.qkv": (3 * _WIDTH, _WIDTH),
    "diffusion_model.layers.0.attention.out": (_WIDTH, _WIDTH),
    "diffusion_model.noise_refiner.0.feed_forward.w2": (_WIDTH, 256),
    "diffusion_model.context_refiner.0.attention.to_k": (_WIDTH, _WIDTH),
}
"""Layers of the transformer as LoRAs name them, with their sides."""


def build_tiny_zimage(folder: Path) -> Path:
    """Write a model to ``folder`` in diffusers' layout and return ``folder``."""
    torch.manual_seed(11)
    tokenizer = qwen_tokenizer()
    pipe = library.ZImagePipeline(
        scheduler=library.FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=library.AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=(8, 8, 16, 16),
            layers_per_block=1,
            latent_channels=_LATENTS,
            norm_num_groups=4,
            sample_size=128,
            scaling_factor=0.7,
            shift_factor=0.1,
            use_quant_conv=False,
            use_post_quant_conv=False,
        ),
        text_encoder=Qwen3Model(qwen_config(len(tokenizer), layers=2)),
        tokenizer=tokenizer,
        transformer=_whole(
            library.ZImageTransformer2DModel(
                in_channels=_LATENTS,
                dim=_WIDTH,
                n_layers=1,
                n_refiner_layers=1,
                n_heads=3,
                n_kv_heads=3,
                cap_feat_dim=32,
                axes_dims=[8, 12, 12],
            )
        ),
    )
    pipe.save_pretrained(folder, safe_serialization=True)
    return folder


def _whole(transformer: Any) -> Any:
    """With numbers in place of the zeros with which filling begins."""
    for name in ("x_pad_token", "cap_pad_token"):
        torch.nn.init.normal_(getattr(transformer, name))
    return transformer
