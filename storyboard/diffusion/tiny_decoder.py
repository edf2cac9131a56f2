"""The tiny decoder for drafts: a thirtieth of a VAE's compute, with softer detail.

``AutoencoderTiny`` (O. Boer Bohan, TAESD, https://github.com/madebyollin/taesd) was trained to undo
the encoding of one VAE, so a model needs its own: SDXL has TAESDXL on the hub, another model may
bring one in its folder ``vae_tiny``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from storyboard.diffusion.decoder import LatentDecoder

__all__ = ["FOLDER", "SDXL_CHANNELS", "TAESDXL", "load_tiny_decoder"]

TAESDXL = "madebyollin/taesdxl"
FOLDER = "vae_tiny"
_FILES = ["config.json", "diffusion_pytorch_model.safetensors"]
SDXL_CHANNELS = 4
"""Channels of the latents that TAESDXL decodes."""


def load_tiny_decoder(
    pipe: Any,
    model: Path,
    dtype: torch.dtype,
    progress: LoadProgress | None = None,
) -> LatentDecoder:
    """Load the tiny decoder of a model.

    Args:
        pipe: Its ``StableDiffusionXLPipeline``.
        model: Its folder.
        dtype: Type of the weights; TAESD does not overflow in fp16.
        progress: Told about the download of TAESDXL.

    Raises:
        ModelError: The model has none, or the one it has is for other latents.
    """
    from storyboard.diffusion.decoder import LatentDecoder  # torch only where it is wanted

    folder = model / FOLDER
    if folder.is_dir():
        check_files(folder, _FILES)
    elif pipe.vae.config.latent_channels == SDXL_CHANNELS:
        folder = fetch(TAESDXL, [_FILES], lambda found: check_files(found, _FILES), progress)
    else:
        raise ModelError(
            f"model {model} has latents of {pipe.vae.config.latent_channels} channels and brings no"
            f" tiny decoder ({FOLDER}); {TAESDXL} decodes {SDXL_CHANNELS}: leave decoder=tiny out"
        )
    return LatentDecoder(_read(pipe, folder, dtype), pipe.image_processor)


def _read(pipe: Any, folder: Path, dtype: torch.dtype) -> Any:
    from diffusers import AutoencoderTiny

    autoencoder: Any = AutoencoderTiny
    try:
        tiny = autoencoder.from_pretrained(
            folder, torch_dtype=dtype, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            f"tiny decoder {folder} cannot be loaded ({reason}): get the files again"
        ) from error
    channels = (tiny.config.latent_channels, pipe.vae.config.latent_channels)
    factors = (2 ** (len(tiny.config.decoder_block_out_channels) - 1), pipe.vae_scale_factor)
    if channels[0] != channels[1] or factors[0] != factors[1]:
        raise ModelError(
            f"tiny decoder {folder} is for latents of {channels[0]} channels and {factors[0]}"
            f" pixels each, the model's have {channels[1]} and {factors[1]}: leave"
            " decoder=tiny out"
        )
    return tiny.to(pipe.device).eval()
