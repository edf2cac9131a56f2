"""A training on disk: whole or not there, whatever happens while it is written.

What is drawn at random follows from the seed and the step, so the position is all of the random
state: there is no generator whose state could be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.regular_file import read_regular
from storyboard.training.state_file import StateError, state_bytes, state_from

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["Checkpoint", "Checkpoints"]

_NAME = re.compile(r"step-(\d{7})\.checkpoint")
_LARGEST = 16 * 2**30


@dataclass(slots=True)
class Checkpoint:
    """Everything that a training needs to go on as if it had never stopped.

    Attributes:
        step: Steps that are done.
        told: What the training was begun with; a file that says otherwise cannot go on.
        weights: Of the LoRA.
        optimizer: Its state.
        losses: Of every step.
        eval_losses: Step and held-out loss.
        best: Step and weights of the least held-out loss; none where nothing is held out.
    """

    step: int
    told: str
    weights: dict[str, torch.Tensor]
    optimizer: dict[str, Any]
    losses: list[float] = field(default_factory=list)
    eval_losses: list[tuple[int, float]] = field(default_factory=list)
    best: tuple[int, dict[str, torch.Tensor]] | None = None


class Checkpoints:
    """The checkpoints in a folder.

    Args:
        folder: Where; made when the first is written.
        keep: How many stay.
    """

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder, self._keep = folder, keep

    @property
    def files(self) -> list[Path]:
        """Those that are there, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(each for each in self._folder.iterdir() if _NAME.fullmatch(each.name))

    def save(self, checkpoint: Checkpoint) -> Path:
        """Write one, then let the oldest go.

        Raises:
            ProjectError: The disk is full, or refuses; the others stay.
        """
        # Fields as they are: `asdict` would copy every tensor.
        state = {name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__}
        file = self._folder / f"step-{checkpoint.step:07}.checkpoint"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProjectError(
                "cannot write {path}: {reason}", path=file, reason=atomic.describe(error)
            ) from error
        atomic.write_bytes(file, state_bytes(state))
        with atomic.open_folder(self._folder) as folder:
            atomic.remove_parts(folder)
        for old in self.files[: -self._keep]:
            old.unlink(missing_ok=True)
        return file

    def newest(self) -> tuple[Checkpoint | None, tuple[Path, ...]]:
        """The newest that can be read, and those after it that cannot."""
        damaged: list[Path] = []
        for file in reversed(self.files):
            found = _read(file)
            if found is not None:
                return found, tuple(damaged)
            damaged.append(file)
        return None, tuple(damaged)


def _read(file: Path) -> Checkpoint | None:
    try:
        state = state_from(read_regular(file, _LARGEST))
        state["eval_losses"] = [tuple(pair) for pair in state["eval_losses"]]
        state["best"] = tuple(state["best"]) if state["best"] else None
        return Checkpoint(**state)
    except (OSError, StateError, KeyError, TypeError):
        return None
