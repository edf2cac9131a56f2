"""Which layers of a network a LoRA stands on, and how large it is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import torch

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.training.schema import Target

__all__ = ["LAYER_KINDS", "chosen_layers"]

LAYER_KINDS = ("attention", "feed_forward", "convolution", "all")
"""Words for layers that people know; anything else is the beginning of layers' names."""

_ATTENTION = re.compile(r"attn")
_FORWARD = re.compile(r"\.(?:ff|ff_context|mlp)\.|proj_mlp|single_\w+\.proj_out")


def chosen_layers(
    network: torch.nn.Module, target: Target, name: str
) -> dict[str, torch.nn.Linear | torch.nn.Conv2d]:
    """The layers by their full names, in the network's order.

    Args:
        network: Of the model.
        target: What the file asks for.
        name: Of the network, for messages.

    Raises:
        InputError: A word fits no layer; says which beginnings there are.
    """
    able = {
        place: layer
        for place, layer in network.named_modules()
        if isinstance(layer, torch.nn.Linear | torch.nn.Conv2d)
    }
    found: set[str] = set()
    for word in target.layers:
        fitting = {place for place, layer in able.items() if _fits(word, place, layer)}
        if not fitting:
            raise InputError(
                "targets.{name}: no layer is {word}: write {kinds}, or a beginning such as {some}",
                name=name,
                word=repr(word[:60]),
                kinds=", ".join(LAYER_KINDS),
                some=", ".join(sorted({place.partition(".")[0] for place in able})[:6]),
            )
        found |= fitting
    return {place: layer for place, layer in able.items() if place in found}


def _fits(word: str, place: str, layer: torch.nn.Module) -> bool:
    linear = isinstance(layer, torch.nn.Linear)
    match word:
        case "all":
            return True
        case "convolution":
            return not linear
        case "attention":
            return linear and bool(_ATTENTION.search(place))
        case "feed_forward":
            return linear and bool(_FORWARD.search(f"{place}."))
        case _:
            return f"{place}.".startswith(word if word.endswith(".") else f"{word}.")
