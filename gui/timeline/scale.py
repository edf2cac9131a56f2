"""Where panels lie on the strip: seconds become pixels, and back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby

from storyboard.values.board import Panel
from storyboard.values.camera_path import Seen, seen, travelled

__all__ = ["Block", "Scale", "SceneSpan"]

_TICKS = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)


@dataclass(frozen=True, slots=True)
class Block:
    """A panel on the strip.

    Attributes:
        panel: The panel.
        number: Its place on the board, from 1.
        start: Seconds from the beginning.
        end: Seconds from the beginning; above `start`.
    """

    panel: Panel
    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """Panels of one scene in a row.

    Attributes:
        scene: Its number, as people call it: 2A.
        start: Seconds from the beginning.
        end: Seconds from the beginning.
    """

    scene: str
    start: float
    end: float


class Scale:
    """The panels in time, and so many pixels for a second.

    Args:
        panels: In order.
        pixels: Of a second, above 0.
    """

    def __init__(self, panels: tuple[Panel, ...], pixels: float) -> None:
        self.pixels = pixels
        blocks, at = [], 0.0
        for number, panel in enumerate(panels, 1):
            blocks.append(Block(panel, number, at, at + panel.shot.duration))
            at += panel.shot.duration
        self.blocks = tuple(blocks)
        self._starts = [each.start for each in blocks]
        self.seconds = at

    @property
    def width(self) -> int:
        """Pixels of the whole."""
        return round(self.seconds * self.pixels)

    def x(self, seconds: float) -> float:
        """Pixels from the left."""
        return seconds * self.pixels

    def block_at(self, seconds: float) -> Block | None:
        """The panel that is shown at a time; the last one at the very end."""
        return self.blocks[max(0, bisect_right(self._starts, seconds) - 1)] if self.blocks else None

    def seen_at(self, seconds: float) -> Seen:
        """What the camera sees of the panel that is shown at a time, as in the film."""
        block = self.block_at(seconds)
        if block is None:
            return Seen(0.0, 0.0, 1.0)
        along = (seconds - block.start) / (block.end - block.start)
        move = block.panel.shot.move
        return seen(move, travelled(move, along))

    def block_of(self, key: str) -> Block | None:
        """Where a panel is."""
        return next((each for each in self.blocks if each.panel.key == key), None)

    def edge_at(self, x: float, reach: float) -> Block | None:
        """The panel that ends within `reach` pixels of a place; of several the nearest.

        Panels narrower than twice the reach can be taken only behind their middle, so that each of
        them can be taken at all.
        """
        near = [
            (abs(self.x(each.end) - x), each)
            for each in self.blocks
            if x >= (self.x(each.start) + self.x(each.end)) / 2
            if abs(self.x(each.end) - x) <= reach
        ]
        return min(near, key=lambda found: found[0])[1] if near else None

    def scenes(self) -> tuple[SceneSpan, ...]:
        """The scenes, in order."""
        runs = (tuple(run) for _, run in groupby(self.blocks, key=lambda b: b.panel.shot.scene))
        return tuple(SceneSpan(r[0].panel.shot.scene_name, r[0].start, r[-1].end) for r in runs)

    def tick(self, least: float) -> float:
        """Seconds between two marks of the ruler that are at least `least` pixels apart."""
        return next((each for each in _TICKS if self.x(each) >= least), _TICKS[-1])
