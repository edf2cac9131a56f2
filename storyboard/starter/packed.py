"""Packed checkpoints: averaged weights in half precision, in files small enough to be handed on.

A checkpoint with its optimizers is ten times as large. Training that goes on from packed weights
warms its optimizers up anew, which costs a hundred steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.starter.checkpoint import Checkpoint

__all__ = ["pack", "unpack"]

_MOST = 15 * 2**20
"""Bytes of weights in one file."""
_STEP, _STATISTICS = "step", "statistics"


def pack(checkpoint: Checkpoint, folder: Path) -> list[Path]:
    """Write what a run ships into ``folder``, as "denoiser-0.safetensors" and so on.

    Raises:
        FileNotFoundError: There is no checkpoint.
    """
    state = checkpoint.load()
    if state is None:
        raise FileNotFoundError(checkpoint.file)
    tensors = {name: each.half() for name, each in state["model"].items()}
    names = state["names"]
    for name, mean in zip(names, state["average"]["mean"], strict=True):
        tensors[name] = mean.half()
    tensors[_STEP] = torch.tensor(state["step"])
    if _STATISTICS in state:
        tensors[_STATISTICS] = torch.stack(state[_STATISTICS])
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    part: dict[str, torch.Tensor] = {}
    size = 0
    for name, tensor in tensors.items():
        if part and size + tensor.nbytes > _MOST:
            files.append(_write(part, checkpoint, folder, len(files)))
            part, size = {}, 0
        part[name] = tensor.contiguous()
        size += tensor.nbytes
    return [*files, _write(part, checkpoint, folder, len(files))]


def _write(
    part: dict[str, torch.Tensor], checkpoint: Checkpoint, folder: Path, number: int
) -> Path:
    file = folder / f"{checkpoint.file.stem}-{number}.safetensors"
    save_file(part, file)
    return file


def unpack(folder: Path, checkpoint: Checkpoint) -> bool:
    """Turn packed weights back into a checkpoint; False where ``folder`` has none of its name."""
    files = sorted(folder.glob(f"{checkpoint.file.stem}-[0-9]*.safetensors"))
    if not files:
        return False
    tensors = {name: each for file in files for name, each in load_file(file).items()}
    step = int(tensors.pop(_STEP))
    more = {}
    if _STATISTICS in tensors:
        more[_STATISTICS] = list(tensors.pop(_STATISTICS).float())
    checkpoint.save({"model": {n: t.float() for n, t in tensors.items()}, "step": step} | more)
    return True
