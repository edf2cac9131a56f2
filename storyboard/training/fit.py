"""What a step will take, before the first one is taken: memory counted, time measured once.

The networks are run on tensors without numbers (torch's FakeTensorMode), so that every activation
that the backward pass will need is counted and none is allocated.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils.flop_counter import FlopCounterMode

from storyboard.errors import InputError
from storyboard.rendering.progress import duration
from storyboard.training.batches import Batch

if TYPE_CHECKING:
    from storyboard.training.loop import StepLoop

__all__ = ["Fit", "check_room", "foresee"]

_STATES = {"adamw": 2, "lion": 1, "prodigy": 4}
"""Numbers that an optimizer keeps of each weight."""
_SPARE = 1.25
"""What allocators and workspaces take beside."""
_MEGA, _TERA = 1e6, 1e12


@dataclass(frozen=True, slots=True)
class Fit:
    """What a step takes.

    Attributes:
        weights: Bytes of the model, as it is in memory already.
        lora: Bytes of what is learned, with its gradient and what the optimizer keeps.
        activations: Bytes that the backward pass of the largest batch needs.
        tflop: Of a step, in 10**12 operations.
        seconds: Of a step, by one forward pass that was measured.
        steps: Of all.
    """

    weights: int
    lora: int
    activations: int
    tflop: float
    seconds: float
    steps: int

    @property
    def more(self) -> int:
        """Bytes that training takes beside the model, in all."""
        return round((self.lora + self.activations) * _SPARE)

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.steps} steps of about {duration(self.seconds)} ({self.tflop:.3g} TFLOP): about"
            f" {duration(self.seconds * self.steps)}; memory: model {self.weights / _MEGA:.0f} MB,"
            f" LoRA {self.lora / _MEGA:.0f} MB, activations {self.activations / _MEGA:.0f} MB"
        )


def foresee(loop: StepLoop, steps: int) -> Fit:
    """Count a step of the largest batch, and measure one forward pass.

    Args:
        loop: Ready, with everything encoded.
        steps: That are to be taken.
    """
    told = loop.config
    size = loop.batches.sizes[0]
    found = loop.batches.by_size[size]
    count = told.training.batch_size
    batch = Batch(size, tuple(found[number % len(found)] for number in range(count)))
    measured = _forward_seconds(loop, batch)  # first: it encodes what was not encoded yet
    forward, backward, activations = _counted(loop, batch)
    # A batch is learned once; where something is preserved the model is asked twice more, and once
    # of it without gradient.
    passes = 3 * forward + 2 * backward if told.preserve.weight else forward + backward
    operations = passes * told.training.gradient_accumulation
    numbers = sum(each.numel() for each in loop.weights.parameters())
    parameters = {
        id(each): each.numel() * each.element_size()
        for network in loop.learner.networks.values()
        for each in network.parameters()
    }
    return Fit(
        weights=sum(parameters.values()),
        lora=numbers * 4 * (2 + _STATES[told.optimizer.name]),
        activations=activations,
        tflop=operations / _TERA,
        seconds=measured * operations / forward,
        steps=steps,
    )


def check_room(fit: Fit, free: int) -> None:
    """Refuse what will not fit, before it fails in the middle.

    Raises:
        InputError: The memory does not suffice; says what would help.
    """
    if fit.more > free:
        raise InputError(
            "a step takes {more} MB beside the model, and {free} MB are free: lower"
            " training.batch_size or buckets.target, or set training.gradient_checkpointing",
            more=round(fit.more / _MEGA),
            free=round(free / _MEGA),
        )


def _counted(loop: StepLoop, batch: Batch) -> tuple[int, int, int]:
    """Operations forward and backward, and bytes that are kept between them."""
    kept: dict[int, torch.UntypedStorage] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        kept[storage._cdata] = storage
        return tensor

    attention = loop.policy.training_attention()
    with attention, FakeTensorMode(allow_non_fake_inputs=True) as fake:
        # Held on to: what nobody holds would be made anew, and counted as an activation.
        weights = [
            fake.from_tensor(each)
            for network in (*loop.learner.networks.values(), loop.weights)
            for each in network.parameters()
        ]
        owned = {each.untyped_storage()._cdata for each in weights}
        with FlopCounterMode(display=False) as forward:
            with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
                loss = loop.sample_loss(batch)
        done = int(forward.get_total_flops())
        if loop.config.training.gradient_checkpointing:
            # Forward again, and a gradient of every activation; a recomputation cannot be traced.
            back = 2 * done
        else:
            with FlopCounterMode(display=False) as backward:
                torch.autograd.grad(loss, list(loop.weights.parameters()), allow_unused=True)
            back = int(backward.get_total_flops())
    return done, back, sum(each.nbytes() for key, each in kept.items() if key not in owned)


@torch.no_grad()
def _forward_seconds(loop: StepLoop, batch: Batch) -> float:
    """Of one forward pass; the first may compile kernels, so the second counts."""
    seconds = 0.0
    for _ in range(2):
        begun = time.perf_counter()
        with loop.policy.training_attention():
            loop.sample_loss(batch)
        loop.policy.synchronize()
        seconds = time.perf_counter() - begun
    return seconds
