"""The tiny decoder for drafts: a thirtieth of a VAE's compute, with softer detail.

``AutoencoderTiny`` (O. Boer Bohan, TAESD, https://github.com/madebyollin/taesd) was trained to undo
the encoding of one VAE, so a model needs its own: SDXL has TAESDXL on the hub, another model may
bring one in its folder ``vae_tiny``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.network_configs import TinyDecoderConfig
from storyboard.diffusion.networks.network_files import NetworkFiles, check_weights
from storyboard.diffusion.weights.hub import LoadProgress, check_files, fetch
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from storyboard.diffusion.parts.decoder import LatentDecoder

__all__ = ["FOLDER", "SDXL_CHANNELS", "TAESDXL", "load_tiny_decoder", "read_tiny_config"]

TAESDXL = "madebyollin/taesdxl"
FOLDER = "vae_tiny"
_STEM = "diffusion_pytorch_model"
_FILES = ["config.json", f"{_STEM}.safetensors"]
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
    from storyboard.diffusion.parts.decoder import LatentDecoder  # torch only where it is wanted

    folder = ModelFolder(model)
    if folder.has(FOLDER):
        files = _find(folder, f"{FOLDER}/")
    elif pipe.vae.config.latent_channels == SDXL_CHANNELS:
        root = fetch(TAESDXL, [_FILES], lambda found: check_files(found, _FILES), progress)
        files = _find(ModelFolder(root), "")
    else:
        raise ModelError(
            "model {model} has latents of {latent_channels} channels and brings no"
            " tiny decoder ({folder}); {taesdxl} decodes {sdxl_channels}: leave decoder=tiny out",
            model=model,
            latent_channels=pipe.vae.config.latent_channels,
            folder=FOLDER,
            taesdxl=TAESDXL,
            sdxl_channels=SDXL_CHANNELS,
        )
    return LatentDecoder(_read(pipe, files, dtype), pipe.image_processor)


def read_tiny_config(folder: ModelFolder, place: str = f"{FOLDER}/") -> TinyDecoderConfig:
    """What a tiny decoder says of itself.

    Args:
        folder: The model's.
        place: Its folder inside, with the slash.

    Raises:
        ModelError: The configuration is missing or damaged.
    """
    return TinyDecoderConfig.read(folder, f"{place}{_FILES[0]}")


def _find(folder: ModelFolder, place: str) -> NetworkFiles:
    config, weights = read_tiny_config(folder, place), f"{place}{_FILES[1]}"
    check_weights(folder, [weights], {})
    return NetworkFiles(config, _STEM, (folder.root / weights,))


def _read(pipe: Any, files: NetworkFiles, dtype: torch.dtype) -> Any:
    from diffusers import AutoencoderTiny

    from storyboard.diffusion.device.memory import is_out_of_memory

    autoencoder: Any = AutoencoderTiny
    folder = files.weights[0].parent
    try:
        with files.laid_out() as laid:
            tiny = autoencoder.from_pretrained(
                laid, torch_dtype=dtype, local_files_only=True, use_safetensors=True
            )
        absent = next((name for name, each in tiny.named_parameters() if each.is_meta), None)
        if absent is not None:
            raise ValueError(f"it lacks {absent}")
    except LIBRARY_ERRORS as error:
        if is_out_of_memory(error):
            raise
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            "tiny decoder {folder} cannot be loaded ({reason}): get the files again",
            folder=folder,
            reason=reason,
        ) from error
    channels = (tiny.config.latent_channels, pipe.vae.config.latent_channels)
    factors = (2 ** (len(tiny.config.decoder_block_out_channels) - 1), pipe.vae_scale_factor)
    if channels[0] != channels[1] or factors[0] != factors[1]:
        raise ModelError(
            "tiny decoder {folder} is for latents of {channels} channels and {factors}"
            " pixels each, the model's have {own_channels} and {own_factors}: leave"
            " decoder=tiny out",
            folder=folder,
            channels=channels[0],
            factors=factors[0],
            own_channels=channels[1],
            own_factors=factors[1],
        )
    return tiny.to(pipe.device).eval()
