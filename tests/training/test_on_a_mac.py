"""A training step under the rules of a Mac's GPU.

The rehearsed device has no autograd: torch's engine asks a driver for it that only a Mac has. So
the way forward is rehearsed with every rule, and of the way back each operator is looked up in
torch's own table of Metal kernels.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from storyboard.diffusion.device.policy import choose_policy
from storyboard.testing.metal import Kind, operator_table
from storyboard.testing.rehearsal import Rehearsal
from storyboard.training.prepared import prepare
from storyboard.training.reading import read_training_file
from tests.training.conftest import write_file, write_pictures

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.training.prepared import Prepared

ON_A_CPU = {"mkldnn", "_flash_attention", "_scaled_dot_product_flash_attention_for_cpu"}
"""Beginnings of operators that a CPU's torch puts in the place of those that a Mac has."""


class _Operators(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Notes every operator, forward and backward, and every type of number in one."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names: set[str] = set()
        self.types: set[torch.dtype] = set()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        if func.namespace == "aten":
            self.names.add(func.name().removeprefix("aten::"))
        found = func(*args, **(kwargs or {}))
        for each in found if isinstance(found, tuple | list) else (found,):
            if isinstance(each, torch.Tensor) and each.is_floating_point():
                self.types.add(each.dtype)
        return found


def _ready(folder: Path, model: Path, policy: DevicePolicy | None, **changes: object) -> Prepared:
    write_pictures(folder / "pictures", 2)
    found = read_training_file(write_file(folder, model))
    assert found.config is not None
    loop = found.config.training.model_copy(update=changes)
    return prepare(found, found.config.model_copy(update={"training": loop}), policy)


def test_the_way_forward_keeps_a_macs_rules(tmp_path: Path, tiny: Path) -> None:
    with Rehearsal() as rehearsal:
        policy = choose_policy(
            mps=True, cuda=False, fp16_autocast=False, thread=threading.get_ident()
        )
        prepared = _ready(tmp_path, tiny, policy, precision="auto")
        loop = prepared.loop
        assert loop.autocast and loop.policy.dtype == "bfloat16"
        loop.weights.requires_grad_(False)
        loss = loop.evaluate([loop.batches.of(0)])
    assert rehearsal.faults == []
    assert 0 < loss < 100
    assert sum(rehearsal.operators.values()) > 1000


def test_every_operator_of_the_way_back_has_a_metal_kernel(tmp_path: Path, tiny: Path) -> None:
    loop = _ready(tmp_path, tiny, None, gradient_checkpointing=True).loop
    loop.take(0)  # encodes
    with _Operators() as noted:
        loop.take(1)
    table = operator_table()
    missing = {
        name
        for name in noted.names
        if table.kind(name) is Kind.MISSING and not name.startswith(tuple(ON_A_CPU))
    }
    assert "convolution_backward" in noted.names
    assert missing == set()
    assert torch.float64 not in noted.types
