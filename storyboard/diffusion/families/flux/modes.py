"""The numbers of the four speed modes, and what guidance means to a FLUX.1 model.

dev and Kontext were distilled to be told their guidance in one evaluation, schnell to need none and
four steps. A negative prompt is no part of either: it takes true classifier-free guidance, which is
a second evaluation in every step, and happens only where a request has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config import SpeedMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.values.request import PanelRequest

__all__ = ["DEV", "KONTEXT", "SCHNELL", "Guidance", "guidance_of"]

# Steps of dev: 50 in its own example, about 28 where people draw with it; below 12 lines double.
DEV: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(12, 3.5, 0.40),
    "FAST": SpeedMode(16, 3.5, 0.50),
    "BALANCED": SpeedMode(20, 3.5, 0.65),
    "QUALITY": SpeedMode(28, 3.5, 0.80),
}

# It was distilled for 1 to 4 steps; guidance is not looked at.
SCHNELL: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(2, 0.0, 0.40),
    "FAST": SpeedMode(3, 0.0, 0.50),
    "BALANCED": SpeedMode(4, 0.0, 0.65),
    "QUALITY": SpeedMode(8, 0.0, 0.80),
}

# Guidance 2.5 is that of its own example. References count whole: it was trained to keep them.
KONTEXT: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(12, 2.5, 1.0),
    "FAST": SpeedMode(16, 2.5, 1.0),
    "BALANCED": SpeedMode(20, 2.5, 1.0),
    "QUALITY": SpeedMode(28, 2.5, 1.0),
}

_TRUE_SCALE = 2.0
"""Of classifier-free guidance where another guidance is told besides; more burns the colours."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """How a panel is guided.

    Attributes:
        told: What the transformer is told; nothing is done with it in one that is not told any.
        true: Scale of true classifier-free guidance; 1 is none.
    """

    told: float
    true: float = 1.0

    @property
    def evaluations(self) -> int:
        """Evaluations of the transformer in every step."""
        return 2 if self.true > 1 else 1


def guidance_of(request: PanelRequest, *, told: bool) -> Guidance:
    """How a panel is guided.

    Args:
        request: The panel.
        told: Whether the transformer is told its guidance, as dev's and Kontext's is.
    """
    scale = request.sampling.guidance
    if not request.negative_prompt:
        return Guidance(scale)
    return Guidance(scale, _TRUE_SCALE if told else max(scale, 1.0))
