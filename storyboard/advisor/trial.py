"""One panel drawn in two ways, in turn, so that a busy machine hits both alike."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from storyboard.errors import RenderCancelled
from storyboard.rendering.panel_generator import PanelGenerator
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["Side", "Trial", "try_panel"]


@dataclass(frozen=True, slots=True)
class Side:
    """One way to draw a panel.

    Attributes:
        name: For people.
        generator: Draws it.
        request: What is asked of it.
    """

    name: str
    generator: PanelGenerator
    request: PanelRequest


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        seconds: Median of each side, loading and the first picture left out.
        pictures: PNG of each side.
    """

    seconds: tuple[float, float]
    pictures: tuple[bytes, bytes]

    @property
    def factor(self) -> float:
        """Seconds of the second side over those of the first."""
        return self.seconds[1] / self.seconds[0] if self.seconds[0] else 1.0


def try_panel(
    sides: tuple[Side, Side],
    *,
    rounds: int,
    tell: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Trial:
    """Draw a panel with both sides in turn.

    Where a side needs other weights than the other, each draws all its rounds at once: loading
    between two pictures would take minutes. Sides then meet the machine at different times.

    Args:
        sides: Now, and with the change.
        rounds: Measured pictures of each side, at least 1; one more warms up.
        tell: Receives a line for every picture.
        cancelled: Asked after every step.

    Raises:
        RenderCancelled: It was.
        StoryboardError: A side cannot be drawn.
    """
    first, second = sides
    in_turn = first.request.weights == second.request.weights
    drawings = rounds + 1
    order = [first, second] * drawings if in_turn else [first] * drawings + [second] * drawings
    spent: dict[str, list[float]] = {first.name: [], second.name: []}
    pictures: dict[str, bytes] = {}
    for side in order:
        request = side.request
        side.generator.load(request.choice, request.techniques)
        started = time.perf_counter()
        result = side.generator.render(request, lambda progress: None, cancelled)
        seconds = time.perf_counter() - started
        if cancelled():
            raise RenderCancelled("the trial was stopped; nothing was kept")
        warms_up = side.name not in pictures
        pictures[side.name] = result.media.png
        if not warms_up:
            spent[side.name].append(seconds)
        tell(f"{side.name}: {seconds:.2f} s" + (", to warm up" if warms_up else ""))
    medians = median(spent[first.name]), median(spent[second.name])
    return Trial(medians, (pictures[first.name], pictures[second.name]))
