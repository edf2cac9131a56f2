"""What every denoising step of a clip evaluates: which half, guided or not, whole or reused.

No torch: the cost model, the forecast and the renderer all follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["StepPlan", "high_steps", "plan_of"]


@dataclass(frozen=True, slots=True)
class StepPlan:
    """The steps of a clip.

    Attributes:
        high: How many of them, the first ones, the half for much noise draws; all where there is
            one transformer.
        guided: For every step whether it is evaluated with the negative prompt as well.
        whole: For every step whether all layers are computed, or what they added the last time is
            added again.
    """

    high: int
    guided: tuple[bool, ...]
    whole: tuple[bool, ...]

    @property
    def pairs(self) -> int:
        """How many steps, the first ones, are guided."""
        return sum(self.guided)

    @property
    def evaluations(self) -> int:
        """Evaluations in which all layers are computed."""
        return sum(1 + guided for guided, whole in self._steps if whole)

    @property
    def reused(self) -> int:
        """Evaluations that add what an earlier one has found."""
        return sum(1 + guided for guided, whole in self._steps if not whole)

    def work(self, whole: float, reused: float) -> tuple[float, ...]:
        """What every step costs, from what one evaluation does."""
        return tuple((1 + guided) * (whole if full else reused) for guided, full in self._steps)

    @property
    def _steps(self) -> zip[tuple[bool, bool]]:
        return zip(self.guided, self.whole, strict=True)


def plan_of(request: PanelRequest, high: int) -> StepPlan:
    """Plan the steps of a clip.

    Args:
        request: The clip.
        high: How many steps fall to the first transformer.
    """
    steps, acceleration = request.sampling.steps, request.acceleration
    guided = request.sampling.guidance > 1
    pairs = round(steps * acceleration.guided) if guided else 0
    whole = []
    for step in range(steps):
        # The second half has nothing to reuse when it begins.
        since = step - high if high and step >= high else step
        at_an_end = step < acceleration.first or step >= steps - acceleration.last
        whole.append(at_an_end or since % acceleration.refresh_every == 0)
    return StepPlan(high, tuple(step < pairs for step in range(steps)), tuple(whole))


def high_steps(steps: int, shift: float, boundary: float | None) -> int:
    """How many steps are taken while there is at least so much noise.

    The noise levels are those of ``UniPCMultistepScheduler`` with flow sigmas; a test holds this
    to its time steps.

    Args:
        steps: Denoising steps.
        shift: Of the noise levels.
        boundary: Share of the noise, 0..1; None where one transformer draws all.
    """
    if boundary is None:
        return steps
    spread = (1 - step * 0.999 / steps for step in range(steps))
    levels = (shift * level / (1 + (shift - 1) * level) for level in spread)
    return sum(min(level, 1 - 1e-6) >= boundary for level in levels)
