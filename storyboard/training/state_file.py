"""Values with tensors in them, as one safetensors file: no pickle is written or read.

The tensors are the file's; what holds them (lists, dictionaries, numbers, words) is JSON in its
header, where a tensor is named in its place. Tuples come back as lists.
"""

from __future__ import annotations

import json
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

__all__ = ["StateError", "state_bytes", "state_from"]

_TENSOR, _PAIRS = "tensor", "pairs"
_KEY = "state"
_LENGTH = 8  # bytes that say how long the header is, little-endian


class StateError(ValueError):
    """The bytes are no such file, or not all of it."""


def state_bytes(state: Any) -> bytes:
    """A file's content; of tensors that share memory each gets its own.

    Args:
        state: None, bools, numbers, words and tensors, in lists, tuples and dictionaries.
    """
    tensors: dict[str, torch.Tensor] = {}
    text = json.dumps(_packed(state, tensors))
    return save(tensors, {_KEY: text})


def state_from(data: bytes) -> Any:
    """What `state_bytes` was given, its tensors on the CPU.

    Raises:
        StateError: The bytes are damaged, or of another kind.
    """
    try:
        end = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
        header = json.loads(data[_LENGTH:end])
        return _unpacked(json.loads(header["__metadata__"][_KEY]), load(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StateError(str(error)) from error
    except SafetensorError as error:
        raise StateError(str(error)) from error


def _packed(value: Any, tensors: dict[str, torch.Tensor]) -> Any:
    """The same for JSON; a dictionary becomes pairs, because its keys may be numbers."""
    if isinstance(value, torch.Tensor):
        name = str(len(tensors))
        tensors[name] = value.detach().cpu().clone().contiguous()
        return {_TENSOR: name}
    if isinstance(value, dict):
        return {_PAIRS: [[key, _packed(held, tensors)] for key, held in value.items()]}
    if isinstance(value, list | tuple):
        return [_packed(held, tensors) for held in value]
    return value


def _unpacked(value: Any, tensors: dict[str, torch.Tensor]) -> Any:
    if isinstance(value, list):
        return [_unpacked(held, tensors) for held in value]
    if isinstance(value, dict):
        if _TENSOR in value:
            return tensors[value[_TENSOR]]
        return {key: _unpacked(held, tensors) for key, held in value[_PAIRS]}
    return value
