"""The shapes of the starter model's networks: SDXL's own classes, two hundred times smaller.

Same parts as Stable Diffusion XL (Podell et al., arXiv 2307.01952): two CLIP text encoders whose
penultimate states are concatenated, the second one's pooled projection and six size numbers in the
time embedding ("text_time"), a three-level UNet without attention on its first level. What
differs is the autoencoder: 16 times smaller a side with 16 channels, so that a page-sized panel
costs a CPU about a second.

The builders return ``Any``: what diffusers says of its own classes (optional layers, unions of
fifty attention processors) does not survive strict type checking.
"""

from __future__ import annotations

from typing import Any

from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

__all__ = [
    "ADAPTER_TOKENS",
    "LATENT_CHANNELS",
    "NATIVE_SIZE",
    "REFERENCE_SIZE",
    "VAE_MULTIPLE",
    "WINDOW",
    "build_autoencoder",
    "build_image_encoder",
    "build_scheduler",
    "build_text_encoders",
    "build_unet",
]

NATIVE_SIZE = (448, 256)
"""Width and height in pixels at which most training pictures are painted."""
VAE_MULTIPLE = 16
"""Pixels a side of one latent cell."""
LATENT_CHANNELS = 16
REFERENCE_SIZE = 64
"""Side in pixels of the image encoder's input."""
WINDOW = 77
"""Tokens of a prompt, as CLIP has them."""
ADAPTER_TOKENS = 4
"""Image tokens that the IP-Adapter hands to each attention layer."""

_TEXT_WIDTHS = (96, 96)
_TIME_IDS, _TIME_ID_WIDTH = 6, 32
_TRAIN_TIMESTEPS = 1000


def build_autoencoder() -> Any:
    """AutoencoderKL without attention: (3, H, W) in -1..1 to (16, H/16, W/16) and back."""
    return AutoencoderKL(
        in_channels=3,
        out_channels=3,
        down_block_types=("DownEncoderBlock2D",) * 5,
        up_block_types=("UpDecoderBlock2D",) * 5,
        block_out_channels=(16, 32, 64, 96, 128),
        layers_per_block=1,
        latent_channels=LATENT_CHANNELS,
        norm_num_groups=8,
        sample_size=NATIVE_SIZE[0],
        mid_block_add_attention=False,
        force_upcast=False,
    )


def build_text_encoders(vocabulary: int, start: int, end: int) -> tuple[Any, Any]:
    """Two untrained CLIP text encoders over ``vocabulary`` tokens with these special ids."""
    configs = [
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=width,
            intermediate_size=width * 3,
            num_hidden_layers=3,
            num_attention_heads=4,
            projection_dim=width,
            max_position_embeddings=WINDOW,
            bos_token_id=start,
            eos_token_id=end,
            pad_token_id=end,
        )
        for width in _TEXT_WIDTHS
    ]
    return CLIPTextModel(configs[0]), CLIPTextModelWithProjection(configs[1])


def build_image_encoder() -> Any:
    """An untrained CLIP image encoder for 64x64 pictures, 8x8 patches, 96 numbers out."""
    return CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=96,
            intermediate_size=256,
            num_hidden_layers=3,
            num_attention_heads=4,
            image_size=REFERENCE_SIZE,
            patch_size=8,
            projection_dim=96,
        )
    )


def build_unet() -> Any:
    """An untrained UNet with SDXL's block types and its added time conditioning."""
    return UNet2DConditionModel(
        sample_size=NATIVE_SIZE[0] // VAE_MULTIPLE,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        block_out_channels=(64, 96, 144),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
        transformer_layers_per_block=(1, 1, 1),
        attention_head_dim=(2, 3, 4),
        cross_attention_dim=sum(_TEXT_WIDTHS),
        addition_embed_type="text_time",
        addition_time_embed_dim=_TIME_ID_WIDTH,
        projection_class_embeddings_input_dim=_TIME_ID_WIDTH * _TIME_IDS + _TEXT_WIDTHS[1],
        use_linear_projection=True,
        norm_num_groups=16,
    )


def build_scheduler() -> Any:
    """SDXL's own noise schedule and sampler, for a UNet that predicts velocities."""
    return EulerDiscreteScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        num_train_timesteps=_TRAIN_TIMESTEPS,
        timestep_spacing="trailing",
        steps_offset=1,
        prediction_type="v_prediction",
    )
