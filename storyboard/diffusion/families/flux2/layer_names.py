"""The names of a FLUX.2 transformer's layers in the files of its first authors, and in diffusers.

Black Forest Labs keep queries, keys and values of double blocks in one layer; diffusers has them
apart there, and together with the feed-forward in single blocks, as the first authors do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_split import even_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["diffusers_layers"]

_DOUBLE = re.compile(r"double_blocks_(\d{1,3})_(img|txt)_(attn_qkv|attn_proj|mlp_0|mlp_2)")
_SINGLE = re.compile(r"single_blocks_(\d{1,3})_(linear1|linear2)")
_INSIDE = {
    ("img", "attn_qkv"): "attn_to_q attn_to_k attn_to_v",
    ("txt", "attn_qkv"): "attn_add_q_proj attn_add_k_proj attn_add_v_proj",
    ("img", "attn_proj"): "attn_to_out_0",
    ("txt", "attn_proj"): "attn_to_add_out",
    ("img", "mlp_0"): "ff_linear_in",
    ("img", "mlp_2"): "ff_linear_out",
    ("txt", "mlp_0"): "ff_context_linear_in",
    ("txt", "mlp_2"): "ff_context_linear_out",
}
# That single block's layer out is called like a list's first is chance: see `layer_name`.
_ALONE = {"linear1": "attn_to_qkv_mlp_proj", "linear2": "attn_to_out_0"}
_OUTSIDE = {
    "img_in": "x_embedder",
    "txt_in": "context_embedder",
    "time_in_in_layer": "time_guidance_embed_timestep_embedder_linear_1",
    "time_in_out_layer": "time_guidance_embed_timestep_embedder_linear_2",
    "double_stream_modulation_img_lin": "double_stream_modulation_img_linear",
    "double_stream_modulation_txt_lin": "double_stream_modulation_txt_linear",
    "single_stream_modulation_lin": "single_stream_modulation_linear",
    "final_layer_linear": "proj_out",
}


def diffusers_layers(layer: str, rows: int) -> Mapping[str, tuple[int, int]]:
    """As `storyboard.diffusion.weights.lora_split.SplitLayer`; other names stay what they are."""
    if found := _DOUBLE.fullmatch(layer):
        number, stream, part = found.groups()
        names = _INSIDE[stream, part].split()
        return even_rows([f"transformer_blocks_{number}_{name}" for name in names], rows)
    if found := _SINGLE.fullmatch(layer):
        return {f"single_transformer_blocks_{found[1]}_{_ALONE[found[2]]}": (0, rows)}
    return {_OUTSIDE.get(layer, layer): (0, rows)}
