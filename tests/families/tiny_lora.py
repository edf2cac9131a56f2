"""Small LoRAs for small transformers, in any family's way of naming layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file

from storyboard.diffusion.weights.lora_place import lora_hash
from storyboard.techniques.lora import Lora

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["write_lora"]

_RANK = 2
_KINDS = {
    "LoRA": {"lora_down.weight": (0, 1), "lora_up.weight": (1, 0)},
    "LoHa": {"hada_w1_a": (1, 0), "hada_w1_b": (0, 1), "hada_w2_a": (1, 0), "hada_w2_b": (0, 1)},
}
"""Which side of each part is the rank (0 the first), and which the layer's."""


def write_lora(
    file: Path, layers: Mapping[str, tuple[int, int]], kind: str = "LoRA", strength: float = 0.3
) -> Lora:
    """Write a LoRA with random numbers and say how it is asked for.

    Args:
        file: Where to write.
        layers: What stands before the parts of each layer, with its rows and columns.
        kind: "LoRA" or "LoHa".
        strength: Spread of the numbers.
    """
    generator = torch.Generator().manual_seed(4)
    tensors: dict[str, torch.Tensor] = {}
    for name, (rows, columns) in layers.items():
        for part, (rank, _) in _KINDS[kind].items():
            sides = (_RANK, columns) if rank == 0 else (rows, _RANK)
            numbers = torch.randn(sides, generator=generator) * strength
            tensors[f"{name}.{part}"] = numbers.contiguous()
    save_file(tensors, file)
    return Lora(str(file), lora_hash(file), 1.0)
