"""What stands in front of a layer's forward while a LoRA is on: a module of lycoris-lora.

lycoris-lora has a module for every kind (LoRA and LoCon, with DoRA or without, LoHa, LoKr) that
stands in front of a layer's forward and gives it back. It is used for all of them, though diffusers
reads some through PEFT: PEFT puts layers around the network's own, so that names change under
everything else that looks at the network; diffusers 0.42 leaves the magnitudes of a DoRA out where
they are named as Kohya names them, and passes silently over layers that are not there; PEFT cannot
swap LoRAs of text encoders; and where it is installed diffusers imports it with every pipeline, for
four seconds. The same file through both gave the same numbers within 1e-5 (PEFT 0.21.2).
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from storyboard.diffusion.weights.lora_file import LoraFile

__all__ = ["lycoris_modules", "stand_in", "take_off"]


def stand_in(file: LoraFile, layer: Any, parts: dict[str, torch.Tensor]) -> Any:
    """The module of lycoris-lora for a layer, not yet in front of it.

    Args:
        file: For messages.
        layer: Of the network.
        parts: Of this layer, on its device; "alpha" among them.

    Raises:
        ModelError: They do not go together.
    """
    try:
        return _module(layer, parts)
    except LIBRARY_ERRORS as error:
        if is_out_of_memory(error):
            raise
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            "LoRA {file} does not fit this model ({reason}): choose one that was made for it",
            file=file.path,
            reason=reason,
        ) from error


def _module(layer: Any, parts: dict[str, torch.Tensor]) -> Any:
    """The module of lycoris-lora that stands in front of a layer."""
    library = lycoris_modules()
    parts = dict(parts)
    sides = _sides(layer)
    if "dora_scale" in parts:
        # Of a row for each output; kept as a list by PEFT, with sides of one by others.
        rows = (sides[0], *[1] * (len(sides) - 1))
        parts["dora_scale"] = parts["dora_scale"].reshape(rows)
    # Kernels of one by one, and those of a LoHa, are written flat or not.
    if "lora_down.weight" in parts and "lora_mid.weight" not in parts:
        down, up = parts["lora_down.weight"], parts["lora_up.weight"]
        parts |= {"lora_down.weight": down.reshape(len(down), *sides[1:])}
        parts |= {"lora_up.weight": up.reshape(sides[0], -1, *[1] * (len(sides) - 2))}
    elif "hada_w1_b" in parts and "hada_t1" not in parts:
        parts |= {name: parts[name].flatten(1) for name in ("hada_w1_b", "hada_w2_b")}
    if any(part.startswith("lokr_") for part in parts):
        module = _lokr(layer, parts)
    else:
        named = {f"layer.{part}": each for part, each in parts.items()}
        kind, values = library.get_module(named, "layer")
        module = library.make_module(kind, values, "layer", layer)
    # Two small products instead of one matrix of the layer's size, in every step. A DoRA looks at
    # the sum of both, and cannot.
    module.bypass_mode = "dora_scale" not in parts
    if not module.bypass_mode:
        _make_even(module, layer)
    weight = parts[next(iter(parts))]
    return module.to(weight.device, weight.dtype).eval().requires_grad_(False)


def _sides(layer: Any) -> tuple[int, ...]:
    """Of its weight, which may be kept as bytes of another shape."""
    if isinstance(layer, torch.nn.Linear):
        return layer.out_features, layer.in_features
    return tuple(layer.weight.shape)


def _lokr(layer: Any, parts: dict[str, torch.Tensor]) -> Any:
    """A LoKr of two whole factors: lycoris-lora would guess from the sides which were split."""
    library = lycoris_modules()
    one, two = (_whole(parts, f"lokr_w{number}") for number in (1, 2))
    if not {"lokr_w1", "lokr_w2"} <= set(parts):  # of two that were whole, alpha says nothing
        rank = parts["lokr_w2_b" if "lokr_w2_b" in parts else "lokr_w1_b"].shape[0]
        two = two * (float(parts["alpha"]) / rank)
    # Kernels are written flat.
    sides = _sides(layer)
    two = two.reshape(len(two), sides[1] // one.shape[1], *sides[2:])
    scale = parts.get("dora_scale")
    module = library.LokrModule(
        "layer", layer, full_matrix=True, weight_decompose=scale is not None
    )
    module.lokr_w1, module.lokr_w2 = torch.nn.Parameter(one), torch.nn.Parameter(two)
    if scale is not None:
        module.dora_scale = torch.nn.Parameter(scale)
    return module


def _whole(parts: dict[str, torch.Tensor], name: str) -> torch.Tensor:
    """A factor of a LoKr, made of its own factors where it was split."""
    if name in parts:
        return parts[name]
    a, b, core = parts[f"{name}_a"], parts[f"{name}_b"], parts.get("lokr_t2")
    if core is not None and name == "lokr_w2":
        return torch.einsum("ij...,ip,jr->pr...", core, a, b)
    return (a @ b.flatten(1)).view(a.shape[0], *b.shape[1:])


def take_off(module: Any) -> None:
    """Give a layer its forward back: that of its class, as long as nobody else stands there."""
    module.restore()
    layer = module.org_module[0]
    if layer.__dict__.get("forward") == type(layer).forward.__get__(layer):
        del layer.forward


def _make_even(module: Any, layer: Any) -> None:
    """Let half the weight of a DoRA be half the way to it, as it is of every other kind.

    lycoris-lora 4.1 would add the whole product at any weight and weigh the magnitudes alone.
    """
    turned = module.apply_weight_decompose

    def decomposed(weight: torch.Tensor, strength: float = 1.0) -> torch.Tensor:
        own: torch.Tensor = layer.weight.detach().to(weight)
        whole: torch.Tensor = turned(weight, 1.0)
        return own + strength * (whole - own)

    module.apply_weight_decompose = decomposed


def lycoris_modules() -> Any:
    """The modules of lycoris-lora.

    Else it would write lines to standard output, and compile on some GPUs.
    """
    os.environ.setdefault("LYCORIS_KERNEL_BACKEND", "torch")
    logging.getLogger("LyCORIS").setLevel(logging.ERROR)
    from lycoris import modules

    logging.getLogger("LyCORIS").setLevel(logging.ERROR)
    return modules
