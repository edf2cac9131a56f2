"""A Mac's GPU, rehearsed on any CPU: the whole program runs as it would there, under its rules.

Inside a `Rehearsal` torch has an "mps" device. Its tensors say that they are on it, so that every
branch that torch, diffusers, transformers and this program take on a Mac is taken here: autocast
has MPS's lists, convolutions and attention arrive as MPS's own operators. The numbers are computed
by the CPU. What would fail or be wrong on a Mac is a `RehearsalFault`, which names the operator and
the line of ours that led to it:

- an operator without MPS kernel; composed operators are taken apart first
- float64 on the device; int64 where an MPS kernel refuses it
- queries, keys or values that are not contiguous (pytorch#163597, pytorch#181133)
- a random number from the device's own generator: seeds must give the same noise everywhere
- a second thread at the device: two abort inside Metal (pytorch#197805)
- tensors of the device and of the CPU in one operator
- a slice of channels into a convolution (pytorch#180984)
- memory that was never written, multiplied by 0: NaN on MPS (diffusers#11229)

What runs on the CPU on purpose has CPU tensors here too and is not looked at. What a CPU cannot
rehearse is Metal itself: its rounding, its memory and its speed. `storyboard doctor` examines
those.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from storyboard.testing.metal import DROPOUT, INT64_REFUSED, Kind, operator_table
from storyboard.testing.staged import (
    DEVICE,
    EQUIVALENTS,
    Address,
    Staged,
    convolve,
    mapped,
    tensors,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

    Kernel = Callable[..., Any]

__all__ = ["Rehearsal", "RehearsalFault"]

ROOT = Path(__file__).resolve().parents[2]
OUR_STAGE = {"rehearsal.py", "staged.py"}
WIDE = {torch.float64, torch.complex128}
aten = torch.ops.aten


class RehearsalFault(AssertionError):
    """Something that would fail, or be wrong, on a Mac.

    Attributes:
        rule: Which rule was broken.
        operator: Name of the operator, for example "aten::add.Tensor".
        line: "file:line" of ours, relative to the repository; empty if none of ours is to blame.
    """

    def __init__(self, rule: str, operator: str, line: str) -> None:
        super().__init__(f"{operator} at {line or 'no line of ours'}: {rule}")
        self.rule, self.operator, self.line = rule, operator, line


class _Stage(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Hands every operator of a thread to the rehearsal."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._rehearsal = rehearsal

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Leave the compiler out: nothing is compiled here, and its import takes seconds."""
        return False

    def __torch_dispatch__(
        self,
        func: Any,
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        return self._rehearsal.perform(func, args, kwargs or {}, self)


class Rehearsal:
    """A context in which torch has an "mps" device that is played by the CPU.

    The thread that enters owns the device. A fault is raised where it happens, and once more at the
    end of the context if somebody has swallowed it.

    Args:
        kernels: Operators whose result is not the CPU's, by name: to rehearse a GPU that is wrong.

    Attributes:
        operators: How often each operator ran on the device.
        faults: What has been raised.
        emptied: How often the device's cache was emptied.
    """

    def __init__(self, kernels: Mapping[str, Kernel] | None = None) -> None:
        self._kernels = {**EQUIVALENTS, **(kernels or {})}
        self._table = operator_table()
        self._stack = ExitStack()
        self._owner = 0
        self._within: list[str] = []
        self.operators: dict[str, int] = {}
        self.faults: list[RehearsalFault] = []
        self.emptied = 0

    def __enter__(self) -> Self:
        self._owner = threading.get_ident()
        for place, name, stand_in in self._stand_ins():
            self._stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, stand_in)
        # Operators whose way to MPS was compiled into a Mac's torch only.
        make_library: Any = torch.library.Library
        library = make_library("aten", "IMPL")
        library.impl("scaled_dot_product_attention", self._attend, "AutogradMPS")
        library.impl("linear", self._multiply, "AutogradMPS")
        self._stack.callback(library._destroy)
        # A module that moves gets other tensors, and not other contents for those that it has.
        future: Any = torch.__future__
        swaps = future.get_swap_module_params_on_conversion()
        self._stack.callback(future.set_swap_module_params_on_conversion, swaps)
        future.set_swap_module_params_on_conversion(True)
        self._stack.enter_context(Address())
        self._stack.enter_context(_Stage(self))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stack.close()
        if kind is None and self.faults:
            raise self.faults[0]

    def perform(
        self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any], mode: _Stage | None = None
    ) -> Any:
        """Run one operator as a Mac would, or raise what a Mac would suffer from."""
        given = tensors(args, kwargs)
        target = kwargs.get("device")
        onto = target is not None and torch.device(target).type == DEVICE.type
        if not onto and not any(isinstance(each, Staged) for each in given):
            return func(*args, **kwargs)
        # 1. Who asks, and for what.
        name = _name(func)
        if threading.get_ident() != self._owner:
            self._fail("a second thread at the device aborts inside Metal (pytorch#197805)", name)
        self._check_random(name, func, args, kwargs)
        # 2. A composed operator is what it is composed of.
        if name == "scaled_dot_product_attention":
            return self._attend(*args, **kwargs)
        if name == "convolution_overrideable":
            with mode or _Stage(self):
                return convolve(*args)
        kind = self._table.kind(name)
        if kind is Kind.MISSING:
            self._fail("no MPS kernel", name)
        if kind is not Kind.KERNEL and name not in OPAQUE and name not in self._kernels:
            self._within.append(name)
            try:
                with mode or _Stage(self):
                    result = func._op_dk(COMPOSED[kind], *args, **kwargs)
            finally:
                self._within.pop()
            if not any(map(_escaped, tensors(result))):
                return result
            # Its body was no operators after all: a view, made of the tensor itself.
        # 3. The rest of the rules, and the numbers.
        self._check_tensors(name, args, kwargs, given)
        self.operators[name] = self.operators.get(name, 0) + 1
        return self._compute(name, func, args, kwargs)

    def _compute(self, name: str, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if kwargs.get("device") is not None:
            kwargs = {**kwargs, "device": "cpu"}
        known: dict[int, torch.Tensor] = {}

        def held(value: torch.Tensor) -> torch.Tensor:
            plain = value.held if isinstance(value, Staged) else value
            known[id(plain)] = value
            return plain

        def staged(value: torch.Tensor) -> torch.Tensor:
            # What an operator writes into, it returns.
            return known[id(value)] if id(value) in known else Staged(value, self)

        inputs, named = mapped(args, held), mapped(kwargs, held)
        result = self._kernels.get(name, func)(*inputs, **named)
        if name in UNWRITTEN and result.is_floating_point():
            result.fill_(torch.nan)
        if any(each.dtype in WIDE and id(each) not in known for each in tensors(result)):
            self._fail("float64 on the device, which Metal does not have", name)
        return mapped(result, staged)

    def _attend(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        attn_mask: torch.Tensor | None = None,
        dropout_p: float = 0.0,
        is_causal: bool = False,
        *,
        scale: float | None = None,
        enable_gqa: bool = False,
    ) -> torch.Tensor:
        """Attention on MPS: what the C++ of a Mac's torch chooses where nothing is trained."""
        for each, word in ((query, "queries"), (key, "keys"), (value, "values")):
            if not each.is_contiguous():
                self._fail(
                    f"{word} that are not contiguous (pytorch#163597, pytorch#181133)",
                    "scaled_dot_product_attention",
                )
        named: dict[str, Any] = {"scale": scale}
        if enable_gqa:
            named["enable_gqa"] = True
        inputs = (query, key, value, attn_mask, dropout_p, is_causal)
        result: torch.Tensor = aten._scaled_dot_product_attention_math_for_mps(*inputs, **named)[0]
        return result

    def _multiply(self, *inputs: Any) -> torch.Tensor:
        """A linear layer, which on MPS is one operator and not composed."""
        result: torch.Tensor = self.perform(aten.linear.default, inputs, {})
        return result

    def _check_random(
        self, name: str, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if not _draws(func):
            return
        if name in DROPOUT:
            place, word, share = DROPOUT[name]
            share = args[place] if len(args) > place else kwargs.get(word, share)
            if share == 0:
                return
        self._fail("a random number from the device's own generator: draw it on the CPU", name)

    def _check_tensors(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        given: Sequence[torch.Tensor],
    ) -> None:
        strange = any(not isinstance(each, Staged) and each.dim() for each in given)
        if strange and name not in TWO_DEVICES:
            self._fail("tensors of the device and of the CPU together", name)
        if name in INT64_REFUSED and given and given[0].dtype == torch.int64:
            if name != "scatter_reduce.two" or "prod" in args:
                self._fail("int64, which this MPS kernel refuses", name)
        if name == "_mps_convolution" and _looks_packed(args[0]) and not _on_purpose():
            self._fail("a slice of channels, which MPS has read wrongly (pytorch#180984)", name)
        if name == "baddbmm" and kwargs.get("beta", 1) == 0:
            added = args[0]
            if isinstance(added, Staged) and not added.held.isfinite().all():
                self._fail("memory never written, times 0, is NaN on MPS (diffusers#11229)", name)

    def _fail(self, rule: str, name: str) -> None:
        operator = f"aten::{name}"
        if self._within:
            rule = f"{rule} (part of aten::{self._within[0]})"
        fault = RehearsalFault(rule, operator, _line_of_ours(sys._getframe()))
        self.faults.append(fault)
        raise fault

    def _stand_ins(self) -> list[tuple[Any, str, Any]]:
        """What torch.mps and torch.backends.mps answer, and how a new thread begins."""
        run = threading.Thread.run

        def emptied() -> None:
            self.emptied += 1

        def watched(thread: threading.Thread) -> None:
            with Address(), _Stage(self):
                run(thread)

        return [
            (torch.backends.mps, "is_available", lambda: True),
            (torch.backends.mps, "is_built", lambda: True),
            (torch.mps, "synchronize", lambda: None),
            (torch.mps, "empty_cache", emptied),
            (torch.mps, "driver_allocated_memory", lambda: psutil.Process().memory_info().rss),
            (torch.mps, "current_allocated_memory", lambda: psutil.Process().memory_info().rss),
            (torch.mps, "recommended_max_memory", lambda: psutil.virtual_memory().total * 2 // 3),
            (threading.Thread, "run", watched),
        ]


@cache
def _draws(func: Any) -> bool:
    """Whether torch marks an operator as one that may draw random numbers."""
    return torch.Tag.nondeterministic_seeded in func.tags


@cache
def _name(func: Any) -> str:
    """As the table of operators has it: "add.Tensor", "silu"."""
    return str(func).removeprefix("aten.").removesuffix(".default")


def _looks_packed(states: torch.Tensor) -> bool:
    """Whether strides are those of channels last, but for gaps between the pixels or the rows."""
    if states.dim() != 4 or states.is_contiguous(memory_format=torch.channels_last):
        return False
    return states.stride(1) == 1 and states.stride(3) >= states.shape[1] > 1


def _on_purpose() -> bool:
    """The examination looks whether a GPU reads slices wrongly; everybody else avoids them."""
    return _line_of_ours(sys._getframe()).startswith("storyboard/diffusion/checks/examination.py")


def _escaped(value: torch.Tensor) -> bool:
    return not isinstance(value, Staged) and value.device.type == DEVICE.type


def _line_of_ours(frame: FrameType | None) -> str:
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and file.name not in OUR_STAGE:
            place = file.relative_to(ROOT)
            if "site-packages" not in place.parts:
                return f"{place.as_posix()}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


COMPOSED = {
    Kind.IMPLICIT: torch._C.DispatchKey.CompositeImplicitAutograd,
    Kind.EXPLICIT: torch._C.DispatchKey.CompositeExplicitAutograd,
}
OPAQUE = frozenset({"_unsafe_view", "abs", "alias", "copy_", "detach", "expand", "lift_fresh"})
"""Composed operators whose body is no operators: they touch the tensor itself. All run on MPS."""

UNWRITTEN = frozenset({"empty.memory_format", "empty_strided"})
"""Give memory that holds anything; here NaN, so that whoever reads it is seen."""

TWO_DEVICES = frozenset({"copy_", "_index_put_impl_", "index.Tensor", "index_put_"})
"""Operators that take tensors of the CPU too: copies, and indices."""
