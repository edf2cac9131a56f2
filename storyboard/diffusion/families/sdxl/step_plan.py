"""What every denoising step of a panel evaluates, as an acceleration leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.samplers import order_of
from storyboard.values.passes import drawn_one_by_one

if TYPE_CHECKING:
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.values.request import PanelRequest

__all__ = ["Evaluations", "StepPlan", "step_work"]

_REUSED = 0.1
"""Of a whole evaluation: 0.04 to 0.2 for the branches of the presets, by the cost model."""


@dataclass(frozen=True, slots=True)
class Evaluations:
    """How often a panel evaluates the UNet, by what an evaluation does.

    Attributes:
        full: Evaluations of the whole UNet, a guided step counting twice.
        reused: Evaluations that reuse deep features, likewise.
    """

    full: int
    reused: int = 0


@dataclass(frozen=True, slots=True)
class StepPlan:
    """The steps of a panel.

    Attributes:
        pairs: Number of guided steps, the first ones, each a pair of evaluations: with the prompt
            and with the negative prompt.
        whole: For every step whether it evaluates the whole UNet.
        order: Evaluations, or pairs of them, that a step takes; the last step takes one.
    """

    pairs: int
    whole: tuple[bool, ...]
    order: int = 1

    @classmethod
    def of(
        cls, acceleration: Acceleration, steps: int, *, guided: bool, order: int = 1
    ) -> StepPlan:
        """Plan the steps.

        Args:
            acceleration: What is left out.
            steps: Denoising steps.
            guided: Whether the panel is guided at all (guidance scale above 1).
            order: As in the attributes.
        """
        pairs = round(steps * acceleration.guided) if guided else 0
        decided: list[bool] = []
        since = 0
        for step in range(steps):
            at_an_end = step < acceleration.first or step >= steps - acceleration.last
            # The features of a pair do not fit a single evaluation.
            cut = step == pairs and pairs > 0
            decided.append(at_an_end or cut or since + 1 >= acceleration.refresh_every)
            since = 0 if decided[-1] else since + 1
        return cls(pairs, tuple(decided), order)

    def times(self, step: int) -> int:
        """How often a step, counted from 0, evaluates the network."""
        last = step == len(self.whole) - 1
        return (2 if step < self.pairs else 1) * (1 if last else self.order)

    @property
    def evaluations(self) -> Evaluations:
        """What the steps add up to."""
        full = reused = 0
        for step, whole in enumerate(self.whole):
            count = self.times(step)
            full, reused = (full + count, reused) if whole else (full, reused + count)
        return Evaluations(full, reused)


def step_work(
    request: PanelRequest, *, multiple: int = 8, native_pixels: int = 1024 * 1024
) -> tuple[float, ...]:
    """What every step of a request costs, in evaluations of the whole UNet times pixels.

    Args:
        request: The panel; the steps of its passes come last.
        multiple: What the sides of a frame must be divisible by.
        native_pixels: Area at which the model draws best.
    """
    drawn = drawn_one_by_one(request, multiple, native_pixels)
    return tuple(work for asked in drawn for work in _work(asked))


def _work(request: PanelRequest) -> tuple[float, ...]:
    sampling = request.sampling
    plan = StepPlan.of(
        request.acceleration,
        sampling.steps,
        guided=sampling.guidance > 1,
        order=order_of(sampling.sampler),
    )
    pixels = request.width * request.height
    return tuple(
        plan.times(step) * (1.0 if whole else _REUSED) * pixels
        for step, whole in enumerate(plan.whole)
    )
