"""Writes a model folder as one checkpoint, with the names that single-file checkpoints use.

The inverse of what ``from_single_file`` does, so that loading one can be tested without 7 GB.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["write_checkpoint"]

Weights = dict[str, torch.Tensor]

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "time_emb_proj": "emb_layers.1",
    "conv_shortcut": "skip_connection",
}
UNET = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
VAE = {
    "mid_block.resnets.0": "mid.block_1",
    "mid_block.resnets.1": "mid.block_2",
    "mid_block.attentions.0": "mid.attn_1",
    "group_norm": "norm",
    "to_q": "q",
    "to_k": "k",
    "to_v": "v",
    "to_out.0": "proj_out",
    "conv_norm_out": "norm_out",
    "conv_shortcut": "nin_shortcut",
    ".resnets.": ".block.",
    "downsamplers.0": "downsample",
    "upsamplers.0": "upsample",
    "down_blocks": "down",
    "up_blocks": "up",
}
OPEN_CLIP = {
    "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
    "text_model.embeddings.position_embedding.weight": "positional_embedding",
    "text_model.final_layer_norm": "ln_final",
    "text_model.encoder.layers": "transformer.resblocks",
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}


def write_checkpoint(folder: Path, file: Path) -> None:
    """Write the weights of the model in ``folder`` to ``file``."""

    def part(name: str, stem: str) -> Weights:
        return load_file(folder / name / f"{stem}.safetensors")

    unet = part("unet", "diffusion_pytorch_model")
    vae = part("vae", "diffusion_pytorch_model")
    text = part("text_encoder", "model")
    layers = int(json.loads((folder / "unet" / "config.json").read_text())["layers_per_block"])
    levels = 1 + max(int(name.split(".")[2]) for name in vae if name.startswith("decoder.up_"))
    clip = {f"text_model.{name.removeprefix('text_model.')}": value for name, value in text.items()}
    everything = {
        **_under("model.diffusion_model.", unet, lambda name: _unet_name(name, layers, unet)),
        **_under("first_stage_model.", vae, lambda name: _vae_name(name, levels)),
        **_under("conditioner.embedders.0.transformer.", clip, str),
        **_under(
            "conditioner.embedders.1.model.", _open_clip(part("text_encoder_2", "model")), str
        ),
    }
    save_file({name: value.contiguous() for name, value in everything.items()}, file)


def _under(prefix: str, weights: Weights, rename: Callable[[str], str]) -> Weights:
    return {prefix + rename(name): value for name, value in weights.items()}


def _replaced(name: str, table: dict[str, str]) -> str:
    for ours, theirs in table.items():
        name = name.replace(ours, theirs)
    return name


def _unet_name(name: str, layers: int, unet: Weights) -> str:
    parts = re.fullmatch(r"(down|up)_blocks\.(\d+)\.(\w+)\.(\d+)\.(.+)", name)
    if parts is None:
        middle = re.fullmatch(r"mid_block\.(\w+)\.(\d+)\.(.+)", name)
        if middle is None:
            return _replaced(name, UNET)
        kind, number, rest = middle.groups()
        if kind == "attentions":
            return f"middle_block.1.{rest}"
        return f"middle_block.{2 * int(number)}.{_replaced(rest, RESNET)}"
    way, block, kind, number, rest = parts.groups()
    first = int(block) * (layers + 1) + (1 if way == "down" else 0)
    base = f"{'input' if way == 'down' else 'output'}_blocks.{{}}"
    if kind == "downsamplers":
        return f"{base.format(first + layers)}.0.{rest.replace('conv', 'op')}"
    if kind == "upsamplers":
        crossed = any(other.startswith(f"up_blocks.{block}.attentions") for other in unet)
        return f"{base.format(first + layers)}.{2 if crossed else 1}.{rest}"
    if kind == "attentions":
        return f"{base.format(first + int(number))}.1.{rest}"
    return f"{base.format(first + int(number))}.0.{_replaced(rest, RESNET)}"


def _vae_name(name: str, levels: int) -> str:
    backwards = re.sub(
        r"up_blocks\.(\d+)", lambda found: f"up_blocks.{levels - 1 - int(found[1])}", name
    )
    return _replaced(backwards, VAE)


def _open_clip(weights: Weights) -> Weights:
    found: Weights = {"text_projection": weights.pop("text_projection.weight").T}
    for name, value in weights.items():
        heads = re.fullmatch(r"(.+\.self_attn)\.q_proj\.(weight|bias)", name)
        if heads is not None:
            block, kind = heads.groups()
            joined = torch.cat([weights[f"{block}.{each}_proj.{kind}"] for each in "qkv"])
            place = _replaced(block, OPEN_CLIP).replace("self_attn", "attn")
            found[f"{place}.in_proj_{kind}"] = joined
        elif not re.search(r"\.[kv]_proj\.", name):
            found[_replaced(name, OPEN_CLIP)] = value
    return found
