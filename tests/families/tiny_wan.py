"""Random models of Wan 2.2's structure, small enough to draw a clip in a fraction of a second."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import torch
from PIL import Image, ImageDraw
from safetensors.torch import save_file
from transformers import T5Tokenizer, UMT5Config, UMT5EncoderModel

from tests.families.tiny_flux import write_gguf

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["a_panel", "build_tiny_wan", "write_adapter", "write_halves"]

# diffusers ships no types for its constructors.
library: Any = diffusers

WINDOW = 128
_LATENTS = 4


def build_tiny_wan(folder: Path, *, halves: bool) -> Path:
    """Write a model to ``folder`` in diffusers' layout and return ``folder``.

    Args:
        folder: Where to write.
        halves: Whether it is built as A14B, with two transformers, or as TI2V 5B.
    """
    torch.manual_seed(11)
    marks = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    letters = [(chr(code), -5.0) for code in range(33, 127)]
    words = [("▁", -2.0), ("▁the", -1.0), ("▁red", -1.5), ("▁a", -1.5), ("hat", -2.0)]
    tokenizer = T5Tokenizer(vocab=[*marks, *letters, *words], extra_ids=0, model_max_length=WINDOW)
    residual = {"is_residual": True, "patch_size": 2, "in_channels": 12, "out_channels": 12}
    vae = library.AutoencoderKLWan(
        base_dim=8,
        z_dim=_LATENTS,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
        latents_mean=[0.1, 0.0, -0.1, 0.2],
        latents_std=[1.0, 0.9, 1.1, 0.8],
        **({} if halves else residual),
        scale_factor_spatial=8 if halves else 16,
    )
    pipe = library.WanImageToVideoPipeline(
        tokenizer=tokenizer,
        text_encoder=UMT5EncoderModel(
            UMT5Config(
                vocab_size=len(tokenizer),
                d_model=32,
                d_kv=8,
                d_ff=64,
                num_layers=2,
                num_heads=4,
                feed_forward_proj="gated-gelu",
            )
        ),
        vae=vae,
        scheduler=library.UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0
        ),
        transformer=_transformer(halves),
        transformer_2=_transformer(halves) if halves else None,
        boundary_ratio=0.9 if halves else None,
        expand_timesteps=not halves,
    )
    pipe.save_pretrained(folder, safe_serialization=True)
    return folder


def _transformer(halves: bool) -> Any:
    return library.WanTransformer3DModel(
        num_attention_heads=2,
        attention_head_dim=16,
        in_channels=2 * _LATENTS + 4 if halves else _LATENTS,
        out_channels=_LATENTS,
        text_dim=32,
        freq_dim=32,
        ffn_dim=64,
        num_layers=2,
        rope_max_seq_len=32,
    )


def write_halves(model: Path, folder: Path) -> Path:
    """Write both transformers of a tiny model as GGUF; the one for much noise is returned."""
    write_gguf(model, folder / "wan-LowNoise-Q8_0.gguf", part="transformer_2")
    return write_gguf(model, folder / "wan-HighNoise-Q8_0.gguf")


def write_adapter(folder: Path) -> Path:
    """Write a few-step adapter of two LoRAs as their first authors name them; the high one."""
    torch.manual_seed(3)
    for half in ("low", "high"):
        weights: dict[str, torch.Tensor] = {}
        for layer, out, into in (
            *((f"{attn}.{to}", 32, 32) for attn in ("self_attn", "cross_attn") for to in "qkvo"),
            ("ffn.0", 64, 32),
            ("ffn.2", 32, 64),
        ):
            for block in range(2):
                name = f"diffusion_model.blocks.{block}.{layer}"
                weights[f"{name}.lora_down.weight"] = torch.randn(4, into) / 4
                weights[f"{name}.lora_up.weight"] = torch.randn(out, 4) / 4
                weights[f"{name}.alpha"] = torch.tensor(4.0)
        file = folder / f"{half}_noise_model.safetensors"
        save_file(weights, file)
    return file


def a_panel(hue: int = 0) -> bytes:
    """A picture with something in it, as PNG."""
    rows = np.linspace(60, 200, 64)[:, None]
    colours = np.broadcast_to(rows[..., None], (64, 64, 3)).astype(np.uint8)
    picture = Image.fromarray(np.ascontiguousarray(colours))
    ImageDraw.Draw(picture).ellipse((12, 12, 44, 52), fill=((180 + hue) % 256, 60, hue % 256))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
