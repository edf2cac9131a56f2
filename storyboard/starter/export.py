"""Writes trained networks as a model folder that plain diffusers loads."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import torch
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import (
    StableDiffusionXLPipeline,
)
from safetensors.torch import save_file
from transformers import CLIPImageProcessor

from storyboard.starter.architecture import (
    NATIVE_SIZE,
    REFERENCE_SIZE,
    VAE_MULTIPLE,
    build_scheduler,
    build_unet,
)
from storyboard.starter.conditioning import load_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.starter.conditioning import Networks

__all__ = ["export_model", "fold_statistics", "write_manifest"]

_ADAPTER = "sdxl_models/ip-adapter_sdxl_starter.safetensors"
_IMAGE_ENCODER = "models/image_encoder"
_GUIDANCE_RESCALE = 0.5
"""Pulls the contrast that strong guidance adds back to the picture's (Lin et al., 2305.08891)."""


def export_model(
    target: Path,
    vae: Any,
    networks: Networks,
    tokenizer_folder: Path,
    statistics: tuple[torch.Tensor, torch.Tensor],
    tiny_decoder: Path | None = None,
) -> None:
    """Write the whole model in fp16 safetensors; ``target`` is replaced.

    Args:
        target: For example ``assets/models/starter``.
        vae: The trained autoencoder; its statistics are folded in here.
        networks: Everything else.
        tokenizer_folder: What ``train_tokenizer`` wrote.
        statistics: Mean and standard deviation of each latent channel, (channels,) each.
        tiny_decoder: A folder with one that belongs to the autoencoder, if there is.
    """
    # 1. The networks as a pipeline; a UNet without the adapter, which has its own file.
    unet = build_unet()
    own = unet.state_dict()
    trained = networks.unet.state_dict()
    unet.load_state_dict({name: trained[name] for name in own})
    fold_statistics(vae, *statistics)
    tokenizer = load_tokenizer(tokenizer_folder)
    pipeline = StableDiffusionXLPipeline(
        vae=vae,
        text_encoder=networks.text_encoder,
        text_encoder_2=networks.text_encoder_2,
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=unet,
        scheduler=build_scheduler(),
        add_watermarker=False,
    ).to(torch.float16)
    half = target.with_name(target.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    pipeline.save_pretrained(half, safe_serialization=True)

    # 2. vocab.json and merges.txt instead of the library's own tokenizer file, twice its size.
    for name in ("tokenizer", "tokenizer_2"):
        shutil.rmtree(half / name)
        shutil.copytree(tokenizer_folder, half / name)

    # 3. The adapter and its image encoder, laid out as h94/IP-Adapter.
    (half / _ADAPTER).parent.mkdir(parents=True)
    adapter = networks.adapter_state()
    save_file(
        {name: tensor.half().contiguous() for name, tensor in adapter.items()}, half / _ADAPTER
    )
    networks.image_encoder.half().save_pretrained(half / _IMAGE_ENCODER, safe_serialization=True)
    CLIPImageProcessor(
        size={"shortest_edge": REFERENCE_SIZE},
        crop_size={"height": REFERENCE_SIZE, "width": REFERENCE_SIZE},
    ).save_pretrained(half / _IMAGE_ENCODER)

    if tiny_decoder is not None:
        shutil.copytree(tiny_decoder, half / tiny_decoder.name)

    # 4. What this model wants to be told apart from the weights, and what every file hashes to.
    settings = {
        "guidance_rescale": _GUIDANCE_RESCALE,
        "native_pixels": NATIVE_SIZE[0] * NATIVE_SIZE[1],
        "multiple": VAE_MULTIPLE,
        "countable": 1,
    }
    (half / "storyboard.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    write_manifest(half)
    shutil.rmtree(target, ignore_errors=True)
    half.rename(target)


@torch.no_grad()
def fold_statistics(vae: Any, mean: torch.Tensor, std: torch.Tensor) -> None:
    """Make the autoencoder's latents zero-mean and unit-variance, channel by channel.

    The SDXL pipeline of diffusers 0.42 can do this itself (``latents_mean``), but for four
    channels only, so it goes into the 1x1 convolutions on both sides of the latents.
    """
    channels = len(mean)
    to_moments, from_latents = vae.quant_conv, vae.post_quant_conv
    to_moments.weight[:channels] /= std.view(-1, 1, 1, 1)
    to_moments.bias[:channels] = (to_moments.bias[:channels] - mean) / std
    to_moments.bias[channels:] -= 2 * std.log()
    from_latents.bias += from_latents.weight[:, :, 0, 0] @ mean
    from_latents.weight *= std.view(1, -1, 1, 1)
    vae.register_to_config(scaling_factor=1.0)


def write_manifest(folder: Path) -> None:
    """Write ``MANIFEST.json``: the SHA-256 of every other file in ``folder``."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    hashes = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.name != "MANIFEST.json"
    }
    (folder / "MANIFEST.json").write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
