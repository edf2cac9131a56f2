"""The numbers of the four speed modes, and what guidance means to FLUX.2 klein.

klein was distilled to draw in four steps without guidance (its own example), and looks at none. The
base models from which it was distilled draw in 50 with guidance 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import SpeedMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.values.request import PanelRequest

__all__ = ["BASE", "KLEIN", "evaluations_of"]

# References count whole: it was trained to keep them.
KLEIN: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(2, 1.0, 1.0),
    "FAST": SpeedMode(3, 1.0, 1.0),
    "BALANCED": SpeedMode(4, 1.0, 1.0),
    "QUALITY": SpeedMode(8, 1.0, 1.0),
}

BASE: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(16, 4.0, 1.0),
    "FAST": SpeedMode(20, 4.0, 1.0),
    "BALANCED": SpeedMode(28, 4.0, 1.0),
    "QUALITY": SpeedMode(50, 4.0, 1.0),
}


def evaluations_of(request: PanelRequest, *, distilled: bool) -> int:
    """Evaluations of the transformer in every step: two where the panel is guided."""
    return 2 if request.sampling.guidance > 1 and not distilled else 1
