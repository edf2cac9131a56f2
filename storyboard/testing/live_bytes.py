"""Bytes that are alive while a network runs, counted exactly and without a device.

Every storage that an operation makes is counted until the last tensor on it is gone. On the meta
device this needs no memory itself, so that models of any size can be counted anywhere. What a
kernel takes for itself while it runs is not seen; attention is counted as the device without a
fused kernel runs it, scores and all, inside ``torch.nn.attention.sdpa_kernel(SDPBackend.MATH)``.
"""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

__all__ = ["LiveBytes"]


class LiveBytes(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A context that counts what is made inside of it; weights made before do not count.

    Attributes:
        now: Bytes alive.
        peak: Most bytes that were alive at the end of an operation.
        largest: Bytes of the largest single storage.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.now = 0
        self.peak = 0
        self.largest = 0
        self._alive: dict[int, weakref.ref[torch.UntypedStorage]] = {}

    def __torch_dispatch__(
        self,
        function: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Run an operation and count the storages that it made."""
        before = {id(each.untyped_storage()) for each in _tensors((args, kwargs))}
        made = function(*args, **(kwargs or {}))
        for tensor in _tensors(made):
            storage = tensor.untyped_storage()
            if id(storage) not in before and id(storage) not in self._alive:
                self._count(storage)
        return made

    def _count(self, storage: torch.UntypedStorage) -> None:
        key, size = id(storage), storage.nbytes()

        def gone(_: object) -> None:
            self._alive.pop(key, None)
            self.now -= size

        self._alive[key] = weakref.ref(storage, gone)
        self.now += size
        self.peak = max(self.peak, self.now)
        self.largest = max(self.largest, size)


def _tensors(values: object) -> list[torch.Tensor]:
    return [each for each in tree_leaves(values) if isinstance(each, torch.Tensor)]
