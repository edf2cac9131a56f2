"""LoRA weights, merged into a UNet: the picture changes, the cost of a step does not.

The layers of a LoRA are products of two small matrices that are added to the UNet's own. Added
once, they need nothing at run time. It also settles the order that diffusers asks for, the
IP-Adapter before any LoRA: a merged UNet has no LoRA layers an adapter could meet.

diffusers reads the names of most files here, but does not merge: with PEFT it gives the same sums
to the last bit, and yet (0.42) it passes silently over a layer that the UNet does not have, and
over the two layers of ``add_embedding`` in a file with the names of kohya.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.weights.headers import check_lora
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LayerChange", "lora_changes", "merge_lora"]

_KOHYA = "lora_unet_"

LayerChange = tuple[Any, torch.Tensor, torch.Tensor, float]
"""A layer, the matrices down to the rank and up from it, and their weight."""


def merge_lora(pipe: Any, file: Path) -> int:
    """Add a LoRA to the UNet of a pipeline; all of it, or nothing where it does not fit.

    Args:
        pipe: A ``StableDiffusionXLPipeline``.
        file: Safetensors with the names of kohya, of PEFT or of diffusers.

    Returns:
        Number of layers that were changed.

    Raises:
        ModelError: It is damaged, or was made for another architecture.
    """
    # 1. What it changes, found before anything is changed.
    check_lora(file)
    try:
        weights, alphas = _read(pipe, file)
        changes = lora_changes(pipe.unet, weights, alphas)
    except (SafetensorError, *LIBRARY_ERRORS) as error:
        if is_out_of_memory(error):
            raise
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            "LoRA {file} does not fit this model ({reason}): choose one that was made for it",
            file=file,
            reason=reason,
        ) from error
    # 2. The sums, in fp32 whatever the UNet is kept in.
    with torch.no_grad():
        for layer, down, up, scale in changes:
            weight = layer.weight
            device = weight.device
            product = up.to(device).float().flatten(1) @ down.to(device).float().flatten(1)
            weight.copy_((weight.float() + scale * product.view_as(weight)).to(weight.dtype))
    return len(changes)


def _read(pipe: Any, file: Path) -> tuple[dict[str, torch.Tensor], dict[str, float]]:
    """The matrices and the alphas of a file, by names that `_layer_name` understands."""
    weights = load_file(file)
    if all(re.match(rf"{_KOHYA}(?!input_|middle_|output_)", key) for key in weights):
        # Read here: diffusers' own conversion takes add_embedding.linear_1 and _2 for one layer.
        named = {key.removeprefix(_KOHYA): weight for key, weight in weights.items()}
        alphas = {key: weight.item() for key, weight in named.items() if key.endswith(".alpha")}
        return {key: each for key, each in named.items() if key not in alphas}, alphas
    converted, alphas = pipe.lora_state_dict(
        weights, unet_config=pipe.unet.config, use_safetensors=True, local_files_only=True
    )
    return converted, alphas or {}


def lora_changes(
    unet: Any, weights: dict[str, torch.Tensor], alphas: dict[str, float]
) -> list[LayerChange]:
    """Find the layers that a LoRA changes, by names and shapes alone.

    Args:
        unet: A ``UNet2DConditionModel``, on the meta device too.
        weights: The matrices by name, of kohya (without "lora_unet_"), PEFT or diffusers.
        alphas: By the same names; a layer without one has its rank.

    Raises:
        ValueError: A layer is missing or of another shape; the message says which.
        KeyError: A layer has one of its two matrices only.
    """
    layers = {
        name.replace(".", "_"): module
        for name, module in unet.named_modules()
        if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear))
    }
    scales = {_layer_name(key): float(alpha) for key, alpha in alphas.items()}
    halves: dict[str, dict[str, torch.Tensor]] = {}
    for key, weight in weights.items():
        half = "down" if re.search(r"lora[._](down|A)\b", key) else "up"
        halves.setdefault(_layer_name(key), {})[half] = weight
    changes: list[LayerChange] = []
    for name, pair in halves.items():
        if name not in layers:
            raise ValueError(f"it changes {name}, which the UNet does not have")
        layer, down, up = layers[name], pair["down"], pair["up"]
        shape = layer.weight.shape
        fits = up.shape[0] == shape[0] and down[0].numel() == shape[1:].numel()
        if not fits or up.shape[1] != down.shape[0]:
            raise ValueError(
                f"{name} would be {up.shape[0]} x {down[0].numel()}, and is {shape[0]} x"
                f" {shape[1:].numel()}"
            )
        scale = scales.get(name, down.shape[0]) / down.shape[0]
        if not math.isfinite(scale):
            raise ValueError(f"{name} has the weight {scale}")
        changes.append((layer, down, up, scale))
    if not changes:
        raise ValueError("it changes nothing")
    return changes


def _layer_name(key: str) -> str:
    """A layer's name with underscores for dots; several ways of writing lead to it."""
    name = re.split(r"[._]lora[._]", key.removeprefix("unet."))[0].removesuffix(".alpha")
    name = name.replace(".processor.", ".").replace(".", "_")
    return f"{name}_0" if name.endswith("_to_out") else name
