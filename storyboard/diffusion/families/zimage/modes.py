"""The numbers of the four speed modes, and what guidance means to Z-Image.

Z-Image-Turbo was distilled to draw in eight evaluations without guidance (its own card: "Guidance
should be 0 for the Turbo models"; nine steps there, because its scheduler's last is none). Z-Image
itself has the same networks and wants 28 to 50 steps with guidance 3 to 5: ask for them by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import SpeedMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.values.request import PanelRequest

__all__ = ["TURBO", "evaluations_of"]

# The scale of the lock is not looked at: it has nothing to look at pictures with.
TURBO: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(4, 0.0, 0.40),
    "FAST": SpeedMode(6, 0.0, 0.50),
    "BALANCED": SpeedMode(8, 0.0, 0.65),
    "QUALITY": SpeedMode(12, 0.0, 0.80),
}


def evaluations_of(request: PanelRequest) -> int:
    """Pictures that are evaluated in every step: two where the panel is guided.

    As in diffusers' pipeline, guidance begins above 0 here: s adds s times what the prompt has
    beyond the negative one.
    """
    return 2 if request.sampling.guidance > 0 else 1
