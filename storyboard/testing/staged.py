"""An "mps" device that is played by the CPU: its tensors, its address, its own operators.

The tensors say that they are on MPS, and torch treats them so: autocast takes MPS's lists, and the
branches for MPS in C++ and in Python are taken. What only a Mac's torch knows is filled in here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import torch
from torch.overrides import TorchFunctionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Kernel = Callable[..., Any]

__all__ = ["DEVICE", "EQUIVALENTS", "Address", "Staged", "convolve", "mapped", "tensors"]

DEVICE = torch.device("mps", 0)
aten = torch.ops.aten


class Director(Protocol):
    """Who decides what an operator on the device does."""

    def perform(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run one operator."""
        ...


def tensors(*values: Any) -> list[torch.Tensor]:
    """The tensors in nested tuples, lists and dictionaries, in order."""
    found: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            found.append(value)
        elif isinstance(value, dict):
            found += tensors(*value.values())
        elif isinstance(value, (tuple, list)):
            found += tensors(*value)
    return found


def mapped(value: Any, change: Callable[[torch.Tensor], Any]) -> Any:
    """The same nest of tuples, lists and dictionaries with other tensors."""
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, dict):
        return {name: mapped(each, change) for name, each in value.items()}
    if type(value) in (tuple, list):
        return type(value)(mapped(each, change) for each in value)
    if isinstance(value, tuple):  # what torch returns with names
        return tuple(mapped(each, change) for each in value)
    return value


class Staged(torch.Tensor):
    """A tensor that says it is on MPS.

    Attributes:
        held: What it holds, on the CPU.
        director: Decides what operators on it do.
    """

    held: torch.Tensor
    director: Director

    @staticmethod
    def __new__(cls, held: torch.Tensor, director: Director) -> Staged:
        """Wrap what the CPU computed."""
        make: Any = torch.Tensor._make_wrapper_subclass
        staged: Staged = make(
            cls,
            held.size(),
            strides=held.stride(),
            storage_offset=held.storage_offset(),
            dtype=held.dtype,
            device=DEVICE,
        )
        staged.held, staged.director = held, director
        return staged

    def __repr__(self, **_: Any) -> str:  # type: ignore[override]
        return f"Staged({self.held!r})"

    def __tensor_flatten__(self) -> tuple[list[str], Director]:
        """Tell torch that the tensor is a wrapper, so that modules swap it and do not copy it."""
        return ["held"], self.director

    @staticmethod
    def __tensor_unflatten__(inner: dict[str, Any], context: Director, *_: Any) -> Staged:
        """The reverse of `__tensor_flatten__`."""
        return Staged(inner["held"], context)

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls,
        func: Any,
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Arrive here from a thread, or from after a rehearsal, where no mode is active."""
        every = tensors(args, kwargs or {})
        staged = next(each for each in every if isinstance(each, Staged))
        return staged.director.perform(func, args, kwargs or {})


class Address(TorchFunctionMode):
    """Writes "mps" as "mps:0", because only a Mac's torch knows the number of its device."""

    def __torch_function__(
        self,
        func: Any,
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        def numbered(value: Any) -> Any:
            return DEVICE if _is_device(value) else value

        args = tuple(map(numbered, args))
        kwargs = {name: numbered(value) for name, value in (kwargs or {}).items()}
        if func is torch.tensor and kwargs.get("device") == DEVICE:
            # It fills the memory itself, without an operator.
            return func(*args, **{**kwargs, "device": "cpu"}).to(DEVICE)
        if func in INDEXING and isinstance(args[0], Staged):
            # Python's brackets ask for the device itself, and so does `nonzero`; every kind of
            # index works on MPS.
            plain = mapped(args, lambda each: each.held if isinstance(each, Staged) else each)
            result = func(*plain, **kwargs)
            return None if result is None else Staged(result, args[0].director)
        if func is torch.Tensor.copy_ and isinstance(args[0], Staged):
            return aten.copy_(*args, **kwargs)
        if func is torch.Tensor.tolist and isinstance(args[0], Staged):
            return args[0].cpu().tolist()
        if func is torch.Tensor.contiguous and isinstance(args[0], Staged):
            kept = args[1] if len(args) > 1 else torch.contiguous_format
            layout = kwargs.get("memory_format", kept)
            whole = args[0].is_contiguous(memory_format=layout)
            return args[0] if whole else args[0].clone(memory_format=layout)
        return func(*args, **kwargs)


def _is_device(value: Any) -> bool:
    if isinstance(value, torch.device):
        return value.type == DEVICE.type
    return isinstance(value, str) and value == DEVICE.type


def convolve(
    states: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    transposed: bool,
    output_padding: Sequence[int],
    groups: int,
) -> torch.Tensor:
    """Convolution on MPS: what a Mac's torch chooses where others have nothing of their own."""
    result: torch.Tensor
    if not transposed:
        result = aten._mps_convolution(states, weight, bias, padding, stride, dilation, groups)
        return result
    sizes = (padding, output_padding, stride, dilation, groups)
    result = aten._mps_convolution_transpose(states, weight, *sizes)
    return result if bias is None else result + bias.view(-1, *[1] * len(padding))


def _convolution_transpose(
    states: torch.Tensor,
    weight: torch.Tensor,
    padding: Sequence[int],
    output_padding: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    groups: int,
) -> torch.Tensor:
    sizes = (stride, padding, dilation, True, output_padding, groups)
    result: torch.Tensor = _widely(aten.convolution, states, weight, None, *sizes)
    return result


def _convolution(
    states: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    padding: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    groups: int,
) -> torch.Tensor:
    sizes = (stride, padding, dilation, False, [0] * len(padding), groups)
    result: torch.Tensor = _widely(aten.convolution, states, weight, bias, *sizes)
    return result


def _attention(*inputs: Any, **named: Any) -> tuple[torch.Tensor, torch.Tensor]:
    result: tuple[torch.Tensor, torch.Tensor]
    result = _widely(aten._scaled_dot_product_attention_math, *inputs, **named)
    return result


def _widely(operator: Kernel, *inputs: Any, **named: Any) -> Any:
    """Compute in fp32 and round once, as a GPU adds up; a CPU is slow at fp16."""
    kind = inputs[0].dtype
    if kind not in (torch.float16, torch.bfloat16):
        return operator(*inputs, **named)
    wide = [
        each.float() if isinstance(each, torch.Tensor) and each.dtype == kind else each
        for each in inputs
    ]
    return mapped(operator(*wide, **named), lambda each: each.to(kind))


EQUIVALENTS: Mapping[str, Kernel] = {
    "_mps_convolution": _convolution,
    "_mps_convolution_transpose": _convolution_transpose,
    "_scaled_dot_product_attention_math_for_mps": _attention,
    # It is composed of an empty tensor that grows, which a wrapper cannot.
    "arange": aten.arange,
    "arange.start": aten.arange.start,
    "arange.start_step": aten.arange.start_step,
}
"""Operators that only MPS has, and what computes the same on a CPU.

Where a CPU takes its fused attention (``_scaled_dot_product_flash_attention_for_cpu``), MPS takes
``_scaled_dot_product_attention_math_for_mps``; where a CPU takes a convolution of oneDNN, MPS takes
``_mps_convolution``. The mathematics are the same.
"""

INDEXING = frozenset({torch.Tensor.__getitem__, torch.Tensor.__setitem__, torch.Tensor.nonzero})
