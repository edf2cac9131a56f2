"""The layers of an SDXL model that LoRAs can change: their names and shapes, without weights."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.counting import build_network
from storyboard.diffusion.families.sdxl.layer_names import diffusers_layer
from storyboard.diffusion.parts.lora import layers_of
from storyboard.diffusion.weights.lora_names import DENOISER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storyboard.diffusion.families.sdxl.architecture import Architecture

__all__ = ["TEXT_ENCODERS", "layer_shapes", "renamed", "renamed_for"]

TEXT_ENCODERS = ("text_encoder", "text_encoder_2")
_NETWORKS = {DENOISER: "unet", "text_encoder": "text", "text_encoder_2": "text_2"}


@cache
def layer_shapes(shapes: Architecture) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Shapes of the weights of all layers, by network and layer; takes a second for SDXL itself."""
    return {
        (network, name): tuple(layer.weight.shape)
        for network, part in _NETWORKS.items()
        for name, layer in _layers(build_network(shapes, part)).items()
    }


def renamed(unet: Mapping[str, Any]) -> Callable[[str, str], str]:
    """What turns the names of the first authors into those of diffusers.

    Args:
        unet: Configuration of the UNet.
    """
    return partial(_renamed, unet["layers_per_block"])


def renamed_for(shapes: Architecture) -> Callable[[str, str], str]:
    """The same for a model that is not loaded."""
    return renamed(json.loads(shapes.unet))


def _renamed(layers_a_block: int | list[int], network: str, layer: str) -> str:
    if network != DENOISER or not isinstance(layers_a_block, int):
        return layer
    return diffusers_layer(layer, layers_a_block)


def _layers(network: Any) -> Mapping[str, Any]:
    return layers_of(network)
