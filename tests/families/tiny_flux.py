"""Random models of FLUX.1's structure, small enough to draw in a fraction of a second."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import torch
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel, T5Tokenizer

from tests.diffusion.tiny_model import clip_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FIRST_AUTHORS", "build_tiny_flux", "write_gguf"]

# diffusers ships no types for its constructors.
library: Any = diffusers

WINDOW = 128
_LATENTS = 4
_WIDTH = 64

FIRST_AUTHORS = {
    "lora_unet_double_blocks_0_img_attn_qkv": (3 * _WIDTH, _WIDTH),
    "lora_unet_double_blocks_0_txt_attn_qkv": (3 * _WIDTH, _WIDTH),
    "lora_unet_double_blocks_0_img_attn_proj": (_WIDTH, _WIDTH),
    "lora_unet_double_blocks_0_txt_mlp_2": (_WIDTH, 4 * _WIDTH),
    "lora_unet_double_blocks_0_img_mod_lin": (6 * _WIDTH, _WIDTH),
    "lora_unet_single_blocks_0_linear1": (7 * _WIDTH, _WIDTH),
    "lora_unet_single_blocks_0_linear2": (_WIDTH, 5 * _WIDTH),
}
"""Layers of the transformer as LoRAs of Kohya's trainer name them, with their sides."""


def build_tiny_flux(folder: Path, *, pipeline: str = "FluxPipeline", guided: bool = True) -> Path:
    """Write a model to ``folder`` in diffusers' layout and return ``folder``.

    Args:
        folder: Where to write.
        pipeline: Class of diffusers.
        guided: Whether the transformer is told its guidance, as dev's is and schnell's is not.
    """
    torch.manual_seed(11)
    clip = clip_tokenizer(folder / "vocabulary")
    marks = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    letters = [(chr(code), -5.0) for code in range(33, 127)]
    words = [("▁", -2.0), ("▁the", -1.0), ("▁red", -1.5), ("▁a", -1.5), ("hat", -2.0)]
    t5 = T5Tokenizer(vocab=[*marks, *letters, *words], extra_ids=0, model_max_length=WINDOW)
    dynamic = {"shift": 3.0, "use_dynamic_shifting": True} if guided else {}
    pipe = getattr(library, pipeline)(
        scheduler=library.FlowMatchEulerDiscreteScheduler(**dynamic),
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
        text_encoder=CLIPTextModel(
            CLIPTextConfig(
                vocab_size=len(clip),
                hidden_size=16,
                intermediate_size=32,
                num_hidden_layers=1,
                num_attention_heads=2,
                projection_dim=16,
                max_position_embeddings=77,
                bos_token_id=clip.bos_token_id,
                eos_token_id=clip.eos_token_id,
                pad_token_id=clip.pad_token_id,
            )
        ),
        tokenizer=clip,
        text_encoder_2=T5EncoderModel(
            T5Config(
                vocab_size=len(t5),
                d_model=32,
                d_kv=8,
                d_ff=64,
                num_layers=1,
                num_heads=4,
                feed_forward_proj="gated-gelu",
            )
        ),
        tokenizer_2=t5,
        transformer=library.FluxTransformer2DModel(
            in_channels=4 * _LATENTS,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=32,
            num_attention_heads=2,
            joint_attention_dim=32,
            pooled_projection_dim=16,
            guidance_embeds=guided,
            axes_dims_rope=(8, 12, 12),
        ),
    )
    pipe.save_pretrained(folder, safe_serialization=True)
    # transformers 5 saves only tokenizer.json; published models carry these two as well.
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(folder / "vocabulary" / name, folder / "tokenizer" / name)
    shutil.rmtree(folder / "vocabulary")
    return folder


def write_gguf(
    model: Path,
    file: Path,
    *,
    architecture: str = "flux",
    prefix: str = "",
    part: str = "transformer",
) -> Path:
    """Write the transformer of a tiny model as GGUF, its matrices as Q8_0, and return ``file``.

    Args:
        model: The model's folder.
        file: Where to write.
        architecture: What the file calls itself.
        prefix: Before the name of each weight.
        part: Which transformer.
    """
    import gguf
    from safetensors.numpy import load_file

    weights = load_file(model / part / "diffusion_pytorch_model.safetensors")
    writer = gguf.GGUFWriter(str(file), architecture)
    kind = gguf.GGMLQuantizationType.Q8_0
    for name, each in weights.items():
        if each.ndim == 2 and each.shape[1] % 32 == 0:
            packed = gguf.quants.quantize(each.astype(np.float32), kind)
            writer.add_tensor(prefix + name, packed, raw_dtype=kind)
        else:
            writer.add_tensor(prefix + name, each.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file
