"""The names of a Z-Image transformer's layers in the files of its first authors, and in diffusers.

Some programs keep queries, keys and values in one layer; diffusers has them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_split import even_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["diffusers_layers"]

_MIXED = "_attention_qkv"
_OUT = "_attention_out"
_ALONE = {
    "x_embedder": "all_x_embedder_2-1",
    "final_layer_linear": "all_final_layer_2-1_linear",
    "final_layer_adaLN_modulation_1": "all_final_layer_2-1_adaLN_modulation_1",
}


def diffusers_layers(layer: str, rows: int) -> Mapping[str, tuple[int, int]]:
    """As `storyboard.diffusion.weights.lora_split.SplitLayer`; other names stay what they are."""
    if layer.endswith(_MIXED):
        block = layer.removesuffix(_MIXED)
        return even_rows([f"{block}_attention_to_{each}" for each in "qkv"], rows)
    if layer.endswith(_OUT):
        return {f"{layer.removesuffix(_OUT)}_attention_to_out_0": (0, rows)}
    return {_ALONE.get(layer, layer): (0, rows)}
