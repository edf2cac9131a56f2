"""The names of the UNet's layers in the files of its first authors, and in diffusers.

Half of the LoRAs for SDXL name the layers as the code of Stability AI does: twelve input blocks
counted through, where diffusers has blocks with layers. What the layers inside are called follows
from the table; how the blocks are counted, from the number of layers that a block has.
"""

from __future__ import annotations

import re

__all__ = ["diffusers_layer"]

_BLOCK = re.compile(r"(input_blocks|output_blocks)_(\d{1,2})_(\d)_(.+)")
_MIDDLE = re.compile(r"middle_block_(\d)_(.+)")
_ALONE = {
    "time_embed_0": "time_embedding_linear_1",
    "time_embed_2": "time_embedding_linear_2",
    "label_emb_0_0": "add_embedding_linear_1",
    "label_emb_0_2": "add_embedding_linear_2",
    "input_blocks_0_0": "conv_in",
    "out_2": "conv_out",
}
_RESNET = {
    "in_layers_2": "conv1",
    "emb_layers_1": "time_emb_proj",
    "out_layers_3": "conv2",
    "skip_connection": "conv_shortcut",
}


def diffusers_layer(layer: str, layers_a_block: int) -> str:
    """A layer of the UNet as diffusers names it, with underscores for dots.

    Args:
        layer: In either way of naming; one that is of neither stays what it is.
        layers_a_block: `layers_per_block` of the UNet.
    """
    if layer in _ALONE:
        return _ALONE[layer]
    if middle := _MIDDLE.fullmatch(layer):
        place, inside = int(middle[1]), middle[2]
        kind = "attentions_0" if place == 1 else f"resnets_{place // 2}"
        return f"mid_block_{kind}_{_inside(inside)}"
    found = _BLOCK.fullmatch(layer)
    if found is None:
        return layer
    way, number, part, inside = found[1], int(found[2]), int(found[3]), found[4]
    if way == "input_blocks":
        block, place = divmod(number - 1, layers_a_block + 1)
        if inside == "op":
            return f"down_blocks_{block}_downsamplers_0_conv"
        kind = "attentions" if part else "resnets"
        return f"down_blocks_{block}_{kind}_{place}_{_inside(inside)}"
    block, place = divmod(number, layers_a_block + 1)
    if inside == "conv":
        return f"up_blocks_{block}_upsamplers_0_conv"
    kind = "attentions" if part else "resnets"
    return f"up_blocks_{block}_{kind}_{place}_{_inside(inside)}"


def _inside(name: str) -> str:
    return _RESNET.get(name, name)
