"""The weights of a network kept in fewer digits than it computes with.

Only the large matrices of linear layers are stored; what is small and easily hurt (norms,
embeddings of time and size, what takes the latents in and gives them out) stays as it is, and so do
convolutions, except in fp8. A few-step adapter is merged before, LoRAs stand beside the weights
afterwards: both orders the other way round fail.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.util import find_spec
from math import prod
from typing import TYPE_CHECKING, Any

import torch

from storyboard.errors import InputError
from storyboard.values.storage import Storage, read_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.diffusion.device.policy import DevicePolicy

__all__ = [
    "GGUF_BLOCK",
    "is_kept",
    "quantised",
    "store",
    "stored_bytes",
    "suited_to",
    "unpack_lonely",
]

GGUF_BLOCK = 32
"""Numbers of a row that share a scale."""

_KEPT = (
    "embed",
    r"^proj_in$",
    r"^proj_out$",
    r"^conv_in$",
    r"^conv_out$",
    # In the files of first authors.
    r"^(img|txt|time|vector|guidance)_in\b",
    r"^(all_)?final_layer\b",
)
"""Parts that are not stored, by expressions for their names."""


def suited_to(policy: DevicePolicy, storage: str) -> DevicePolicy:
    """The device with the type of numbers that a storage asks for; nothing is read.

    Args:
        policy: The device.
        storage: Its name; empty for the device's own.

    Raises:
        InputError: There is none of that name, or the device cannot compute with it.
    """
    if not storage:
        return policy
    wanted = read_storage(storage)
    if refusal := _refusal(wanted, policy.device):
        raise InputError("storage {name}: {refusal}", name=wanted.name, refusal=refusal)
    if wanted.dtype and wanted.dtype != policy.dtype:
        return replace(policy, dtype=wanted.dtype, fp16_autocast=False)
    return policy


def _refusal(storage: Storage, device: str) -> str:
    """Why a device cannot compute with a storage; empty where it can."""
    if storage.name == "fp16" and device == "cpu":
        return "a CPU has no kernels for fp16: choose bf16, or leave it out"
    if storage.name == "fp8-e4m3" and device == "mps":
        # They come with torch 2.15.
        return "Apple's GPU has no kernels for it in this torch: choose gguf-q8_0"
    if storage.name == "nf4":
        if device == "mps":
            return "its kernels do not run on Apple's GPU: choose gguf-q4_0"
        if find_spec("bitsandbytes") is None:
            return "bitsandbytes is not installed: pip install bitsandbytes, or choose gguf-q4_0"
    return ""


def store(
    network: torch.nn.Module,
    storage: str,
    dtype: torch.dtype,
    progress: Callable[[str, float], None],
) -> None:
    """Keep a network's weights in a storage, in place.

    Args:
        network: On the CPU.
        storage: Its name; with an empty one nothing happens.
        dtype: What the network computes in.
        progress: Told the share of it that is done, 0..1.
    """
    wanted = read_storage(storage) if storage else None
    if wanted is None or not wanted.quantised:
        return
    if wanted.name == "fp8-e4m3":
        from diffusers.hooks.layerwise_casting import apply_layerwise_casting

        cast: Any = apply_layerwise_casting
        cast(network, torch.float8_e4m3fn, dtype, skip_modules_pattern=("norm", *_KEPT))
        return
    layers = list(_large(network))
    for number, (parent, name, layer) in enumerate(layers):
        progress(f"storing weights as {wanted.name}", number / len(layers))
        made = _nf4(layer, dtype) if wanted.name == "nf4" else _gguf(layer, wanted.gguf, dtype)
        setattr(parent, name, made)


def is_kept(name: str) -> bool:
    """Whether a part of a network is left as it is, by its name."""
    return any(re.search(pattern, name) for pattern in _KEPT)


def stored_bytes(name: str, shape: tuple[int, ...], storage: str, size: int) -> int:
    """Bytes that a weight takes in memory, as near as its name and its shape tell.

    Args:
        name: With dots, its last part "weight" or "bias".
        shape: Its sides.
        storage: Its name; empty for none.
        size: Bytes of a number that is not stored.
    """
    count = prod(shape)
    wanted = read_storage(storage) if storage else None
    if wanted is None or not wanted.quantised:
        return count * size
    layer = name.rpartition(".")[0]
    large = len(shape) == 2 and shape[1] % GGUF_BLOCK == 0 and not is_kept(layer)
    return int(count * wanted.bits / 8) if large else count * size


def _large(network: torch.nn.Module) -> Iterator[tuple[torch.nn.Module, str, torch.nn.Linear]]:
    """The linear layers that are stored: what each is in, as what, and itself."""
    for name, layer in list(network.named_modules()):
        if (
            type(layer) is torch.nn.Linear
            and not is_kept(name)
            and layer.in_features % GGUF_BLOCK == 0
        ):
            parent, _, own = name.rpartition(".")
            yield network.get_submodule(parent), own, layer


def unpack_lonely(network: torch.nn.Module, dtype: torch.dtype) -> None:
    """Make weights of a GGUF file whole that are no linear layer's, which nobody else would.

    Args:
        network: Read by diffusers, which unpacks while a linear layer computes.
        dtype: What the network computes in.
    """
    from diffusers.quantizers.gguf.utils import GGUFParameter, dequantize_gguf_tensor

    unpacked: Any = dequantize_gguf_tensor
    for module in network.modules():
        if isinstance(module, torch.nn.Linear):
            continue
        for name, weight in list(module.named_parameters(recurse=False)):
            if isinstance(weight, GGUFParameter):
                whole = torch.nn.Parameter(unpacked(weight).to(dtype), requires_grad=False)
                setattr(module, name, whole)


def quantised(weight: torch.Tensor, gguf: str) -> torch.Tensor:
    """Bytes of a matrix, a row for each output, in a type of GGUF such as "Q8_0"."""
    from gguf import GGMLQuantizationType
    from gguf.quants import quantize

    numbers = weight.detach().float().cpu().numpy()
    return torch.from_numpy(quantize(numbers, GGMLQuantizationType[gguf]))


def _gguf(layer: torch.nn.Linear, kind: str, dtype: torch.dtype) -> torch.nn.Module:
    from diffusers.quantizers.gguf.utils import GGUFLinear, GGUFParameter
    from gguf import GGMLQuantizationType

    made: Any = GGUFLinear
    parameter: Any = GGUFParameter
    new: torch.nn.Module = made(
        layer.in_features, layer.out_features, compute_dtype=dtype, device="meta"
    )
    numbers = quantised(layer.weight, kind)
    new.weight = parameter(numbers, quant_type=GGMLQuantizationType[kind])
    new.bias = layer.bias
    return new.requires_grad_(False).eval()


def _nf4(layer: torch.nn.Linear, dtype: torch.dtype) -> torch.nn.Module:
    from bitsandbytes.nn import LinearNF4, Params4bit  # type: ignore[import-not-found]

    new = LinearNF4(
        layer.in_features,
        layer.out_features,
        bias=layer.bias is not None,
        compute_dtype=dtype,
        device="meta",
    )
    # It is quantised where it is moved to the device.
    new.weight = Params4bit(layer.weight.detach(), requires_grad=False, quant_type="nf4")
    new.bias = layer.bias
    return new.requires_grad_(False).eval()  # type: ignore[no-any-return]
