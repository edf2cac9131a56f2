"""The layers of a LoRA as the model has them: one that its trainer saw as one may be several here.

First authors of transformers keep queries, keys and values in one matrix, diffusers in three. What
a LoRA adds to the one is cut by rows: every kind but LoKr has a factor whose rows are those of the
layer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_layer import LoraLayer
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from storyboard.diffusion.weights.lora_file import LoraFile

__all__ = ["SplitLayer", "as_it_is", "even_rows", "split_layers"]

SplitLayer = Callable[[str, int], Mapping[str, tuple[int, int]]]
"""By the name of a layer of the denoiser in a LoRA and the number of its rows: the layers that it
is in the model, each with its first row and the row after its last."""

_BY_ROWS = ("lora_up.weight", "hada_w1_a", "hada_w2_a", "dora_scale")


def as_it_is(layer: str, rows: int) -> Mapping[str, tuple[int, int]]:
    """For families whose layers have one name only."""
    return {layer: (0, rows)}


def even_rows(names: list[str], rows: int) -> Mapping[str, tuple[int, int]]:
    """Layers that share the rows of one evenly, from its first."""
    each = rows // len(names)
    return {name: (place * each, (place + 1) * each) for place, name in enumerate(names)}


def split_layers(file: LoraFile, split: SplitLayer) -> LoraFile:
    """A LoRA in the names of a model.

    Raises:
        ModelError: A layer that is several here cannot be cut.
    """
    layers: dict[tuple[str, str], LoraLayer] = {}
    alphas = dict(file.alphas)
    for (network, name), layer in file.layers.items():
        if network != DENOISER:
            layers[network, name] = layer
            continue
        rows = layer.rows
        for own, (start, stop) in split(name, rows).items():
            whole = (start, stop) == (0, rows)
            layers[network, own] = layer if whole else _cut(file, name, layer, start, stop)
            if (network, name) in file.alphas:
                alphas[network, own] = file.alphas[network, name]
    return replace(file, layers=layers, alphas=alphas)


def _cut(file: LoraFile, name: str, layer: LoraLayer, start: int, stop: int) -> LoraLayer:
    if layer.kind == "LoKr" or layer.shape("hada_t1"):
        raise ModelError(
            "LoRA {file} cannot be used: {layer} is several layers in this model, and a"
            " {kind} cannot be cut: choose a LoRA or a LoHa",
            file=file.path,
            layer=name[:80],
            kind=layer.label,
        )
    rows = layer.rows
    parts, cuts = dict(layer.parts), {}
    for part in _BY_ROWS:
        shape = layer.shape(part)
        if shape and shape[0] == rows:
            parts[part] = (layer.parts[part][0], (stop - start, *shape[1:]))
            cuts[part] = (start, stop)
    return LoraLayer(parts, cuts)
