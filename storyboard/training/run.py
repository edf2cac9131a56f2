"""A training from its first step, or its last whole checkpoint, to the file that draws."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

from storyboard.errors import InputError, RenderCancelled
from storyboard.training.checkpoint import Checkpoint, Checkpoints
from storyboard.training.fit import check_room, foresee
from storyboard.training.history import History
from storyboard.training.result import write_result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.training.prepared import Prepared
    from storyboard.training.step_taken import Report

__all__ = ["train"]

_MEASURED = 20
"""Steps over which the time of a step is averaged."""


@dataclass(slots=True)
class _Pace:
    """How long steps take."""

    seconds: list[float] = field(default_factory=list)

    def took(self, seconds: float) -> None:
        self.seconds = [*self.seconds[-_MEASURED:], seconds]

    def left(self, steps: int) -> float:
        # The first step of a run may compile kernels.
        known = self.seconds[1:] or self.seconds
        return steps * sum(known) / len(known)


def train(
    prepared: Prepared,
    report: Report,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    resume: bool = False,
) -> tuple[Path, ...]:
    """Train, and write the LoRA.

    Args:
        prepared: What to train.
        report: Told of every step.
        cancelled: Asked after every step; then a checkpoint is written and no step follows.
        resume: Go on from the last whole checkpoint.

    Returns:
        The files, in the order of `network.layouts`.

    Raises:
        InputError: There are checkpoints already, or those that are there are of something else.
        RenderCancelled: It was cancelled; says how to go on.
        ProjectError: The disk refuses; the last checkpoint is kept.
    """
    # 1. Where it stands.
    loop, config = prepared.loop, prepared.config
    checkpoints = Checkpoints(prepared.folder / "checkpoints", config.training.keep)
    history, done = _begin(prepared, checkpoints, report, resume=resume)
    # 2. What does not change is computed once.
    _encode(prepared, report)
    # 3. Whether it will fit, and how long it will take.
    if done < config.training.steps:
        fit = foresee(loop, config.training.steps - done)
        check_room(fit, loop.policy.free_bytes())
        report.note(str(fit))
    # 4. Steps.
    pace, saved = _Pace(), done
    history.show(prepared, report, done)
    while done < config.training.steps:
        begun = time.monotonic()
        loss = loop.take(done)
        loop.policy.synchronize()
        done += 1
        history.losses.append(loss)
        _check_finite(loss, done)
        pace.took(time.monotonic() - begun)
        history.evaluate(prepared, report, done)
        left = pace.left(config.training.steps - done)
        report.step(history.taken(done, config.training.steps, pace.seconds[-1], left, loop.policy))
        stop = cancelled()
        if stop or done % config.training.save_every == 0 or done == config.training.steps:
            checkpoints.save(_state(prepared, history, done))
            saved = done
            if not stop:  # whoever stops does not want to wait for a picture
                history.draw_chart(prepared)
        if stop and done < config.training.steps:
            raise RenderCancelled(
                "stopped after step {step} of {steps}; go on with --resume",
                step=saved,
                steps=config.training.steps,
            )
        history.show(prepared, report, done)
        loop.policy.release()
    # 5. What draws.
    return write_result(prepared, history, done)


def _begin(
    prepared: Prepared, checkpoints: Checkpoints, report: Report, *, resume: bool
) -> tuple[History, int]:
    found, damaged = checkpoints.newest()
    for file in damaged:
        report.note(f"{file.name} is damaged and is passed over")
    if found is None:
        return History(), 0
    if not resume:
        raise InputError(
            "{folder} holds a training of {step} steps: go on with --resume, or remove the folder"
            " to begin anew",
            folder=prepared.folder,
            step=found.step,
        )
    if found.told != prepared.told:
        raise InputError(
            "the training in {folder} was begun with another model, other pictures or other"
            " numbers: put them back, or give the file another name to begin anew",
            folder=prepared.folder,
        )
    prepared.loop.weights.recall(found.weights)
    prepared.loop.optimizer.load_state_dict(found.optimizer)
    report.note(f"going on after step {found.step}")
    return History(found.losses, found.eval_losses, found.best), found.step


def _encode(prepared: Prepared, report: Report) -> None:
    loop, examples = prepared.loop, prepared.examples
    captions = {text for each in examples.learned for text in (each.caption, each.plain)}
    captions |= {each.caption for each in examples.held_out}
    captions |= {*prepared.config.preserve.captions, ""}
    own = loop.preserved.singles() if loop.preserved else []
    captions |= {each.plain for batch in own for each in batch.examples}
    loop.encoded.prepare([*loop.batches.singles(), *own, *prepared.watched], sorted(captions))
    cache = prepared.cache
    stale = cache.sweep()
    told = f"{cache.made} pictures and captions encoded" if cache.made else ""
    if cache.damaged:
        told += f", {cache.damaged} of them because the cache had changed on the disk"
    if stale:
        told += f"{', ' if told else ''}{stale} stale ones removed from the cache"
    if told:
        report.note(told)


def _state(prepared: Prepared, history: History, done: int) -> Checkpoint:
    loop = prepared.loop
    return Checkpoint(
        step=done,
        told=prepared.told,
        weights={
            f"{name}:{place}:{part}": each.detach().cpu()
            for (name, place), module in loop.weights.places.items()
            for part, each in module.named_parameters()
        },
        optimizer=loop.optimizer.state_dict(),
        losses=history.losses,
        eval_losses=history.eval_losses,
        best=history.best,
    )


def _check_finite(loss: float, step: int) -> None:
    if not torch.isfinite(torch.tensor(loss)):
        raise InputError(
            "the loss of step {step} is no number: the learning rate is too high, or the precision"
            " too low (training.precision: fp32)",
            step=step,
        )
