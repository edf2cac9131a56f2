"""Random models of FLUX.2 klein's structure, small enough to draw in a fraction of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import diffusers
import torch
from transformers import Qwen3ForCausalLM

from tests.families.tiny_qwen import qwen_config, qwen_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FIRST_AUTHORS", "build_tiny_klein"]

# diffusers ships no types for its constructors.
library: Any = diffusers

_LATENTS, _WIDTH, _TEXT = 4, 64, 16

FIRST_AUTHORS = {
    "diffusion_model.double_blocks.0.img_attn.qkv": (3 * _WIDTH, _WIDTH),
    "diffusion_model.double_blocks.0.txt_attn.proj": (_WIDTH, _WIDTH),
    "diffusion_model.double_blocks.0.img_mlp.0": (6 * _WIDTH, _WIDTH),
    "diffusion_model.single_blocks.0.linear1": (9 * _WIDTH, _WIDTH),
    "diffusion_model.single_blocks.0.linear2": (_WIDTH, 4 * _WIDTH),
}
"""Layers of the transformer as LoRAs name them, with their sides."""


def build_tiny_klein(folder: Path, *, distilled: bool = True) -> Path:
    """Write a model to ``folder`` in diffusers' layout and return ``folder``.

    Args:
        folder: Where to write.
        distilled: Whether guidance is never looked at.
    """
    torch.manual_seed(11)
    tokenizer = qwen_tokenizer()
    vae = library.AutoencoderKLFlux2(
        block_out_channels=(8, 8, 16, 16),
        layers_per_block=1,
        latent_channels=_LATENTS,
        norm_num_groups=4,
        sample_size=128,
    )
    torch.nn.init.uniform_(vae.bn.running_mean, -0.2, 0.2)
    torch.nn.init.uniform_(vae.bn.running_var, 0.5, 2.0)
    pipe = library.Flux2KleinPipeline(
        scheduler=library.FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
        vae=vae,
        text_encoder=Qwen3ForCausalLM(qwen_config(len(tokenizer), layers=29, width=_TEXT)),
        tokenizer=tokenizer,
        transformer=library.Flux2Transformer2DModel(
            in_channels=4 * _LATENTS,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=32,
            num_attention_heads=2,
            joint_attention_dim=3 * _TEXT,
            axes_dims_rope=(8, 8, 8, 8),
            guidance_embeds=False,
        ),
        is_distilled=distilled,
    )
    pipe.save_pretrained(folder, safe_serialization=True)
    return folder
