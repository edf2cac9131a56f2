"""Tiny LoRA files of every layout, and what each makes of a network's weights, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAYOUTS", "Written", "change", "write"]

ALPHA, RANK = 1.0, 2
LAYERS = (
    "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k",
    "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0",
    "mid_block.attentions.0.transformer_blocks.0.ff.net.2",
    "up_blocks.0.attentions.0.proj_in",
)
CONVOLUTIONS = ("down_blocks.1.resnets.0.conv1", "down_blocks.0.downsamplers.0.conv", "conv_in")
# The same layers as the code of the first authors names them, in a model with one layer a block.
FIRST = {
    LAYERS[0]: "input_blocks_3_1_transformer_blocks_0_attn2_to_k",
    LAYERS[1]: "input_blocks_3_1_transformer_blocks_0_attn1_to_out_0",
    LAYERS[2]: "middle_block_1_transformer_blocks_0_ff_net_2",
    LAYERS[3]: "output_blocks_0_1_proj_in",
    CONVOLUTIONS[0]: "input_blocks_3_0_in_layers_2",
    CONVOLUTIONS[1]: "input_blocks_2_0_op",
    CONVOLUTIONS[2]: "input_blocks_0_0",
}


@dataclass(frozen=True)
class Written:
    """A LoRA file, and the change of each layer at full weight."""

    file: Path
    weights: dict[str, torch.Tensor]


def write(unet: Any, layout: str, file: Path, seed: int = 1) -> Written:
    """Write a file of a layout of `LAYOUTS`."""
    generator = torch.Generator().manual_seed(seed)

    def numbers(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator) * 0.3

    tensors: dict[str, torch.Tensor] = {}
    weights: dict[str, torch.Tensor] = {}
    metadata: dict[str, str] = {}
    for name in (*LAYERS, *(CONVOLUTIONS if "conv" in layout else ())):
        weight = unet.get_submodule(name).weight.detach()
        LAYOUTS[layout](name, weight, numbers, tensors, weights)
    if layout == "peft with notes":
        metadata = {
            "lora_adapter_metadata": f'{{"unet.r": {RANK}, "unet.lora_alpha": {ALPHA * 3}}}'
        }
        weights = {name: change * 3 for name, change in weights.items()}
    save_file({key: each.contiguous() for key, each in tensors.items()}, file, metadata)
    return Written(file, weights)


def change(written: Written, name: str, weight: torch.Tensor, strength: float) -> torch.Tensor:
    """What a layer's weight becomes."""
    return weight + strength * written.weights[name]


def _pair(weight: torch.Tensor, numbers: Any) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    sides = [1] * (weight.dim() - 2)
    down, up = numbers(RANK, *weight.shape[1:]), numbers(weight.shape[0], RANK, *sides)
    product = (up.flatten(1) @ down.flatten(1)).view_as(weight)
    return down, up, product * ALPHA / RANK


def _kohya(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    key = f"lora_unet_{name.replace('.', '_')}"
    down, up, weights[name] = _pair(weight, numbers)
    tensors |= {f"{key}.lora_down.weight": down, f"{key}.lora_up.weight": up}
    tensors[f"{key}.alpha"] = torch.tensor(ALPHA)


def _first_authors(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    key = f"lora_unet_{FIRST[name]}"
    down, up, weights[name] = _pair(weight, numbers)
    tensors |= {f"{key}.lora_down.weight": down, f"{key}.lora_up.weight": up}
    tensors[f"{key}.alpha"] = torch.tensor(ALPHA)


def _peft(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    down, up, product = _pair(weight, numbers)
    weights[name] = product * RANK / ALPHA  # without a word about alpha it is the rank
    tensors |= {f"unet.{name}.lora_A.weight": down, f"unet.{name}.lora_B.weight": up}


def _noted(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    down, up, weights[name] = _pair(weight, numbers)
    tensors |= {f"unet.{name}.lora_A.weight": down, f"unet.{name}.lora_B.weight": up}


def _old(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    down, up, product = _pair(weight, numbers)
    weights[name] = product * RANK / ALPHA
    key = f"unet.{name.replace('.to_out.0', '.to_out')}"
    if "attn" in name:
        block, _, last = key.rpartition(".")
        key = f"{block}.processor.{last}_lora"
        tensors |= {f"{key}.down.weight": down, f"{key}.up.weight": up}
    else:
        tensors |= {f"{key}.lora.down.weight": down, f"{key}.lora.up.weight": up}


def _dora(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    _kohya(name, weight, numbers, tensors, weights)
    magnitude = 1 + numbers(weight.shape[0]).abs()
    sides = (-1, *[1] * (weight.dim() - 1))
    key = f"lora_unet_{name.replace('.', '_')}"
    tensors[f"{key}.dora_scale"] = magnitude.view(sides)
    turned = weight + weights[name]
    weights[name] = turned / turned.flatten(1).norm(dim=1).view(sides) * magnitude.view(sides)
    weights[name] = weights[name] - weight


def _peft_dora(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    _peft(name, weight, numbers, tensors, weights)
    magnitude = 1 + numbers(weight.shape[0]).abs()
    tensors[f"unet.{name}.lora_magnitude_vector"] = magnitude
    turned = weight + weights[name]
    weights[name] = turned / turned.norm(dim=1, keepdim=True) * magnitude[:, None] - weight


def _loha(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    rows, columns = weight.shape[0], weight[0].numel()
    halves = [(numbers(rows, RANK), numbers(RANK, columns)) for _ in range(2)]
    product = (halves[0][0] @ halves[0][1]) * (halves[1][0] @ halves[1][1])
    weights[name] = product.view_as(weight) * ALPHA / RANK
    key = f"lora_unet_{name.replace('.', '_')}"
    for number, (a, b) in enumerate(halves, 1):
        tensors |= {f"{key}.hada_w{number}_a": a, f"{key}.hada_w{number}_b": b}
    tensors[f"{key}.alpha"] = torch.tensor(ALPHA)


def _lokr(name: str, weight: Any, numbers: Any, tensors: Any, weights: Any) -> None:
    from lycoris.functional import factorization

    (a, b), (c, d) = factorization(weight.shape[0], 4), factorization(weight.shape[1], 4)
    one, left = numbers(a, c), numbers(b, RANK)
    right = numbers(RANK, d, *weight.shape[2:])
    two = (left @ right.flatten(1)).view(b, d, *weight.shape[2:])
    sides = [1] * (weight.dim() - 2)
    weights[name] = torch.kron(one.view(a, c, *sides), two) * ALPHA / RANK
    key = f"lora_unet_{name.replace('.', '_')}"
    tensors |= {
        f"{key}.lokr_w1": one,
        f"{key}.lokr_w2_a": left,
        f"{key}.lokr_w2_b": right.flatten(1),
    }
    tensors[f"{key}.alpha"] = torch.tensor(ALPHA)


LAYOUTS: dict[str, Callable[..., None]] = {
    "kohya": _kohya,
    "kohya conv": _kohya,
    "first authors conv": _first_authors,
    "peft": _peft,
    "peft with notes": _noted,
    "diffusers, old": _old,
    "dora conv": _dora,
    "peft dora": _peft_dora,
    "loha conv": _loha,
    "lokr conv": _lokr,
}
