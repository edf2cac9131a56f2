"""For which model a LoRA was made, as far as its header shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_names import DENOISER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.diffusion.weights.lora_layer import LoraLayer

__all__ = ["origin_of"]

# What trainers write, in any of these notes; the first that is found in one says it.
_NOTES = ("modelspec.architecture", "ss_base_model_version")
_TOLD = (
    ("stable-diffusion-xl", "SDXL"),
    ("sdxl", "SDXL"),
    ("flux-2", "FLUX.2"),
    ("flux2", "FLUX.2"),
    ("flux", "FLUX.1"),
    ("stable-diffusion-3", "Stable Diffusion 3"),
    ("sd3", "Stable Diffusion 3"),
    ("stable-diffusion-v2", "Stable Diffusion 2"),
    ("sd_v2", "Stable Diffusion 2"),
    ("stable-diffusion-v1", "Stable Diffusion 1.5"),
    ("sd_v1", "Stable Diffusion 1.5"),
    ("qwen", "Qwen-Image"),
    ("wan", "Wan"),
    ("z-image", "Z-Image"),
    ("zimage", "Z-Image"),
    ("hunyuan", "Hunyuan"),
)
# Layers that one architecture alone has.
_LAYERS = (
    ("double_stream_modulation", "FLUX.2"),
    ("attn_to_qkv_mlp_proj", "FLUX.2"),
    ("ff_linear_in", "FLUX.2"),
    ("single_transformer_blocks_", "FLUX.1"),
    ("joint_blocks_", "Stable Diffusion 3"),
    ("noise_refiner_", "Z-Image"),
    ("context_refiner_", "Z-Image"),
    ("cross_attn_", "Wan"),
    ("img_mod_", "Qwen-Image"),
)
# Layers that both have, and how many times as high as wide they are in each.
_BOTH = re.compile(r"(double|single)_blocks_\d+_(img_mlp_0|txt_mlp_0|linear1|img_attn_qkv)")
_HEIGHTS = {4: "FLUX.1", 7: "FLUX.1", 6: "FLUX.2", 9: "FLUX.2"}
# Where layers look at the text, its width tells the text encoders, and so the model.
_TEXT = ("_attn2_to_k", "_attn2_to_v")
_WIDTHS = {768: "Stable Diffusion 1.5", 1024: "Stable Diffusion 2", 2048: "SDXL"}


def origin_of(notes: Mapping[str, str], layers: Mapping[tuple[str, str], LoraLayer]) -> str:
    """The model that a LoRA was made for, for people; empty where nothing tells.

    Args:
        notes: Of its header.
        layers: By network and layer.
    """
    # 1. By what it changes, which cannot be a slip of the pen.
    names = [name for network, name in layers if network == DENOISER]
    for part, model in _LAYERS:
        if any(part in name or name.startswith(part) for name in names):
            return model
    if any(name.startswith(("double_blocks_", "single_blocks_")) for name in names):
        return _flux(layers)
    for (network, name), layer in layers.items():
        if network == DENOISER and name.endswith(_TEXT):
            width = layer.shape("lora_down.weight")[1:2]
            if width and width[0] in _WIDTHS:
                return _WIDTHS[width[0]]
    # 2. By what its trainer says.
    told = " ".join(notes.get(each, "").lower() for each in _NOTES)
    return next((model for word, model in _TOLD if word in told), "")


def _flux(layers: Mapping[tuple[str, str], LoraLayer]) -> str:
    """Which of the two that name their layers alike."""
    for (network, name), layer in layers.items():
        columns = layer.shape("lora_down.weight")[1:2]
        if network == DENOISER and _BOTH.fullmatch(name) and columns:
            found = _HEIGHTS.get(layer.rows // columns[0])
            if found:
                return found
    return "FLUX"
