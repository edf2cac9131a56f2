"""What torch can compute on Apple's GPU, as torch itself tells on any machine.

The table of operators (``native_functions.yaml``) comes with torch, in torchgen: for every operator
it names the kernels of each backend. An operator without one for MPS is no loss where it is
composed of others, so those are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["DROPOUT", "INT64_REFUSED", "Kind", "OperatorTable", "operator_table"]

INT64_REFUSED = frozenset(
    {
        "_mps_convolution",
        "_mps_convolution_transpose",
        "adaptive_max_pool2d",
        "linear",
        "max_unpool2d",
        "max_unpool3d",
        "round.decimals",
        "scatter_reduce.two",
    }
)
"""Operators whose MPS kernel refuses int64 where the CPU's takes it.

From the list of expected failures that torch 2.13 tests its own MPS backend with
(``torch/testing/_internal/common_mps.py``, ``UNIMPLEMENTED_XFAILLIST``, entries with
``torch.int64``; ``scatter_reduce.two`` only for products, ``linear`` and the convolutions because
"GEMM" and "Convolution" are "not supported for integral types"). Reductions, sorts, cumulative sums
and index arithmetic refused int64 before macOS 13.3 (pytorch#96610); torch 2.13 needs macOS 14, so
they are not in the list.
"""

DROPOUT = {
    "_scaled_dot_product_attention_math_for_mps": (4, "dropout_p", 0.0),
    "dropout": (1, "p", 0.5),
    "native_dropout": (1, "p", 0.5),
    "scaled_dot_product_attention": (4, "dropout_p", 0.0),
}
"""Operators that draw random numbers only where this argument (place, name, default) is above 0."""


class Kind(Enum):
    """How an operator is computed on MPS."""

    KERNEL = "a kernel of its own"
    IMPLICIT = "composed of operators, above the backends"
    EXPLICIT = "composed of operators, as the kernel of every backend"
    MISSING = "no kernel"


@dataclass(frozen=True, slots=True)
class _Entry:
    kernels: frozenset[str]
    delegate: str = ""


class OperatorTable:
    """The operators of torch, by the name that the table gives them ("add.Tensor").

    Args:
        text: ``native_functions.yaml``.
    """

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML was built so
        self._entries: dict[str, _Entry] = {}
        self._kinds: dict[str, Kind] = {}
        generated: dict[str, str] = {}
        for row in yaml.load(text, loader):
            name = row["func"].partition("(")[0]
            kernels = {
                backend.strip()
                for backends in row.get("dispatch", {})
                for backend in backends.split(",")
            }
            delegate = row.get("structured_delegate", "")
            if not kernels and not delegate:
                kernels = {"CompositeImplicitAutograd"}  # what the table means by saying nothing
            self._entries[name] = _Entry(frozenset(kernels), delegate)
            for twin in filter(None, map(str.strip, row.get("autogen", "").split(","))):
                generated[twin] = name
        # Generated twins (out=, functional) call the operator that they were generated from.
        for twin, original in generated.items():
            self._entries.setdefault(twin, _Entry(frozenset(), original))

    def __len__(self) -> int:
        return len(self._entries)

    def kind(self, name: str) -> Kind:
        """How an operator is computed on MPS; one that the table does not know has no kernel."""
        if name not in self._kinds:
            self._kinds[name] = self._resolved(name)
        return self._kinds[name]

    def _resolved(self, name: str) -> Kind:
        entry = self._entries.get(name)
        if entry is None:
            return Kind.MISSING
        if "MPS" in entry.kernels:
            return Kind.KERNEL
        if entry.delegate and (kind := self.kind(entry.delegate)) is not Kind.MISSING:
            return kind
        if "CompositeImplicitAutograd" in entry.kernels:
            return Kind.IMPLICIT
        if entry.kernels & {
            "CompositeExplicitAutograd",
            "CompositeExplicitAutogradNonFunctional",
        }:
            return Kind.EXPLICIT
        return Kind.MISSING


@cache
def operator_table() -> OperatorTable:
    """The table of the torch that is installed; reading it takes about a second."""
    file = files("torchgen") / "packaged" / "ATen" / "native" / "native_functions.yaml"
    return OperatorTable(file.read_text(encoding="utf-8"))
