"""What a training has shown so far: losses, the best weights, samples, and a chart of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

from storyboard.files import atomic
from storyboard.training.chart import loss_chart
from storyboard.training.sample_sheet import draw_samples
from storyboard.training.step_taken import StepTaken

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.training.prepared import Prepared
    from storyboard.training.step_taken import Report

__all__ = ["History", "overfits_since"]

_WINDOW = 25
"""Steps over which the loss is smoothed: single steps say little, their noise is drawn anew."""
_WORSE, _IN_A_ROW = 1.02, 3


@dataclass(slots=True)
class History:
    """Losses of every step, held-out losses by step, and the weights of the least of them."""

    losses: list[float] = field(default_factory=list)
    eval_losses: list[tuple[int, float]] = field(default_factory=list)
    best: tuple[int, dict[str, torch.Tensor]] | None = None

    def taken(
        self, step: int, steps: int, seconds: float, left: float, policy: DevicePolicy
    ) -> StepTaken:
        """What is said of a step."""
        recent = self.losses[-_WINDOW:]
        measured = self.eval_losses[-1] if self.eval_losses else (0, None)
        return StepTaken(
            step=step,
            steps=steps,
            loss=self.losses[-1],
            smoothed=sum(recent) / len(recent),
            eval_loss=measured[1] if measured[0] == step else None,
            seconds=seconds,
            seconds_left=left,
            memory=policy.memory_bytes(),
        )

    def evaluate(self, prepared: Prepared, report: Report, done: int) -> None:
        """Measure what is held out, where it is time; keep the best weights."""
        told = prepared.config.evaluation
        last = done == prepared.config.training.steps
        if not prepared.watched or (done % told.every and not last):
            return
        loss = prepared.loop.evaluate(prepared.watched)
        if not self.eval_losses or loss < min(each for _, each in self.eval_losses):
            self.best = (done, prepared.loop.weights.numbers())
        self.eval_losses.append((done, loss))
        since = overfits_since(self.eval_losses)
        if since == done - told.every * (_IN_A_ROW - 1):
            best = min(self.eval_losses, key=lambda one: one[1])
            report.note(
                f"overfitting: the held-out loss has risen since step {best[0]}; stop there, take"
                " more pictures or a lower rank, or set evaluation.keep_best"
            )

    def show(self, prepared: Prepared, report: Report, done: int) -> None:
        """Draw samples, where it is time."""
        told = prepared.config.samples
        if not told.every or not told.prompts or done % told.every:
            return
        file = draw_samples(prepared, done)
        report.note(f"samples: {file}")

    def draw_chart(self, prepared: Prepared) -> None:
        """Write the losses as a picture beside the checkpoints."""
        chart = loss_chart(prepared.config.name, self.losses, self.eval_losses)
        atomic.write_bytes(prepared.folder / "loss.png", chart)


def overfits_since(eval_losses: list[tuple[int, float]]) -> int | None:
    """The first step of the measures at the end that are all worse than the best; None for none.

    Overfitting is named when three measures in a row are 2 % above the best one.
    """
    if not eval_losses:
        return None
    best = min(loss for _, loss in eval_losses)
    worse: list[int] = []
    for step, loss in reversed(eval_losses):
        if loss <= best * _WORSE:
            break
        worse.insert(0, step)
    return worse[0] if len(worse) >= _IN_A_ROW else None
