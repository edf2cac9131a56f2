"""A random SDXL-shaped model with an IP-Adapter, small enough to render in a fraction of a second.

The pictures are noise; the structure is the real one: two CLIP text encoders, a UNet with
``text_time`` conditioning and cross-attention, an AutoencoderKL that divides by 16, a CLIP image
encoder and an IP-Adapter. It serves the tests that ask what the program does with a model, not
what the model draws.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from safetensors.torch import save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_tiny_model", "clip_tokenizer"]

# diffusers ships no types for its constructors.
library: Any = diffusers

HIDDEN, HIDDEN_2 = 32, 40  # a single-file checkpoint is told apart by them
VISION = 24
CHANNELS = (16, 32, 48)


def build_tiny_model(folder: Path, *, latent_channels: int = 16, normalised: bool = True) -> Path:
    """Write the model to ``folder`` in the layout of the starter and return ``folder``.

    Args:
        folder: Where to write.
        latent_channels: Channels of the latent space.
        normalised: Whether the VAE carries ``latents_mean`` and ``latents_std``. Plain diffusers
            0.42 can decode those only with 4 channels.
    """
    torch.manual_seed(7)
    tokenizer = clip_tokenizer(folder / "vocabulary")
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": HIDDEN,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "projection_dim": HIDDEN,
        "max_position_embeddings": 77,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    pipe = library.StableDiffusionXLPipeline(
        vae=_vae(latent_channels, normalised),
        text_encoder=CLIPTextModel(CLIPTextConfig(**text)),
        text_encoder_2=CLIPTextModelWithProjection(
            CLIPTextConfig(**{**text, "hidden_size": HIDDEN_2})
        ),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=(unet := _unet(latent_channels)),
        scheduler=library.EulerDiscreteScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            timestep_spacing="leading",
            steps_offset=1,
        ),
        force_zeros_for_empty_prompt=False,
    )
    pipe.save_pretrained(folder, safe_serialization=True)
    # transformers 5 saves only tokenizer.json; published models carry these two as well.
    for part in ("tokenizer", "tokenizer_2"):
        for name in ("vocab.json", "merges.txt"):
            shutil.copy(folder / "vocabulary" / name, folder / part / name)
    shutil.rmtree(folder / "vocabulary")
    _adapter(folder, unet)
    return folder


def clip_tokenizer(folder: Path) -> CLIPTokenizer:
    """A tokenizer of few tokens, whose files are in the folder too."""
    # GPT-2's byte alphabet: printable bytes stand for themselves, the others move up from 256.
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [256 + place for place in range(256 - len(printable))]
    letters = [chr(code) for code in [*printable, *hidden]]
    merges = ["r e", "re d</w>", "t h", "th e</w>", "h a", "ha i", "hai r</w>"]
    words = [*letters, *(letter + "</w>" for letter in letters)]
    words += [merge.replace(" ", "") for merge in merges]
    words += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(
        json.dumps({word: place for place, word in enumerate(words)})
    )
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n")
    return CLIPTokenizer(
        str(folder / "vocab.json"),
        str(folder / "merges.txt"),
        model_max_length=77,
        pad_token="<|endoftext|>",
    )


def _vae(latent_channels: int, normalised: bool) -> Any:
    spread = torch.linspace(0.8, 1.2, latent_channels).tolist()
    return library.AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 5,
        up_block_types=("UpDecoderBlock2D",) * 5,
        block_out_channels=(8, 8, 16, 16, 24),
        layers_per_block=1,
        latent_channels=latent_channels,
        norm_num_groups=4,
        sample_size=256,
        scaling_factor=0.7,
        latents_mean=[value - 1.0 for value in spread] if normalised else None,
        latents_std=spread if normalised else None,
    )


def _unet(latent_channels: int) -> Any:
    return library.UNet2DConditionModel(
        sample_size=16,
        in_channels=latent_channels,
        out_channels=latent_channels,
        block_out_channels=CHANNELS,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
        transformer_layers_per_block=(1, 1, 2),
        attention_head_dim=(2, 4, 6),
        cross_attention_dim=HIDDEN + HIDDEN_2,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=8 * 6 + HIDDEN,
        use_linear_projection=True,
        norm_num_groups=8,
    )


def _adapter(folder: Path, unet: Any) -> None:
    width = HIDDEN + HIDDEN_2
    weights = {
        "image_proj.proj.weight": torch.randn(4 * width, VISION) * 0.3,
        "image_proj.proj.bias": torch.zeros(4 * width),
        "image_proj.norm.weight": torch.ones(width),
        "image_proj.norm.bias": torch.zeros(width),
    }
    # The published files number the processors by their place, cross-attention at the odd ones.
    for place, (name, module) in enumerate(
        (name, unet.get_submodule(name.removesuffix(".processor"))) for name in unet.attn_processors
    ):
        if name.endswith("attn1.processor"):
            continue
        channels = module.get_submodule("to_k").out_features
        for kind in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{place}.{kind}.weight"] = torch.randn(int(channels), width) * 0.5
    (folder / "sdxl_models").mkdir()
    save_file(weights, folder / "sdxl_models" / "ip-adapter_sdxl.safetensors")
    CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=VISION,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            image_size=64,
            patch_size=16,
            projection_dim=VISION,
        )
    ).save_pretrained(folder / "models" / "image_encoder", safe_serialization=True)
