"""The names of a FLUX.1 transformer's layers in the files of its first authors, and in diffusers.

Black Forest Labs keep queries, keys and values in one layer, and in single blocks what goes into
the feed-forward too; trainers of LoRAs (Kohya's) name layers so. diffusers has them apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_split import even_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["diffusers_layers"]

_BLOCK = re.compile(r"(double|single)_blocks_(\d{1,3})_(.+)")
_STREAMS = {
    "img": ("attn_to_q attn_to_k attn_to_v", "attn_to_out_0", "ff", "norm1_linear"),
    "txt": (
        "attn_add_q_proj attn_add_k_proj attn_add_v_proj",
        "attn_to_add_out",
        "ff_context",
        "norm1_context_linear",
    ),
}
_ALONE = {
    "img_in": "x_embedder",
    "txt_in": "context_embedder",
    "time_in_in_layer": "time_text_embed_timestep_embedder_linear_1",
    "time_in_out_layer": "time_text_embed_timestep_embedder_linear_2",
    "guidance_in_in_layer": "time_text_embed_guidance_embedder_linear_1",
    "guidance_in_out_layer": "time_text_embed_guidance_embedder_linear_2",
    "vector_in_in_layer": "time_text_embed_text_embedder_linear_1",
    "vector_in_out_layer": "time_text_embed_text_embedder_linear_2",
    "final_layer_linear": "proj_out",
}


def diffusers_layers(layer: str, rows: int) -> Mapping[str, tuple[int, int]]:
    """As `storyboard.diffusion.weights.lora_split.SplitLayer`; other names stay what they are."""
    if layer in _ALONE:
        return {_ALONE[layer]: (0, rows)}
    found = _BLOCK.fullmatch(layer)
    if found is None:
        return {layer: (0, rows)}
    kind, number, inside = found.groups()
    if kind == "single":
        return _single(f"single_transformer_blocks_{number}", inside, rows)
    block = f"transformer_blocks_{number}"
    stream, _, part = inside.partition("_")
    if stream not in _STREAMS:
        return {layer: (0, rows)}
    mixed, out, forward, modulation = _STREAMS[stream]
    if part == "attn_qkv":
        return even_rows([f"{block}_{each}" for each in mixed.split()], rows)
    whole = {
        "attn_proj": out,
        "mlp_0": f"{forward}_net_0_proj",
        "mlp_2": f"{forward}_net_2",
        "mod_lin": modulation,
    }
    return {f"{block}_{whole[part]}" if part in whole else layer: (0, rows)}


def _single(block: str, inside: str, rows: int) -> Mapping[str, tuple[int, int]]:
    if inside == "linear1":
        width = rows // 7  # queries, keys, values, and four widths into the feed-forward
        heads = even_rows([f"{block}_attn_to_{each}" for each in "qkv"], 3 * width)
        return {**heads, f"{block}_proj_mlp": (3 * width, rows)}
    whole = {"linear2": "proj_out", "modulation_lin": "norm_linear"}
    return {f"{block}_{whole.get(inside, inside)}": (0, rows)}
