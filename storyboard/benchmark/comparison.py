"""Panels drawn in turn by several sides in one run, so that a warm or busy machine hits all alike.

For every panel each side draws once, then comes the next panel; the order of the sides moves on by
one with every panel. What counts is the ratio of two times that were measured within seconds of
each other. Loading and one panel of every side to warm up are not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.benchmark.comparison_result import Sample, Side
from storyboard.errors import RenderCancelled, StoryboardError
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


__all__ = ["Comparison", "Contender"]


@dataclass(frozen=True, slots=True)
class Contender:
    """One side.

    Attributes:
        name: For people.
        draw: Draws a request and returns its picture as PNG; asks after every step whether it is
            cancelled, and then raises RenderCancelled.
        acceleration: What its requests ask for.
        tflop: Counted compute of a panel; 0 where it was not counted.
    """

    name: str
    draw: Callable[[PanelRequest, Callable[[], bool]], bytes]
    acceleration: str = "off"
    tflop: float = 0.0


class Comparison:
    """One comparison. `cancel` may come from anywhere; what was measured before stays.

    `ended` says why it ended early, and is None where it did not.

    Args:
        contenders: The sides; the first is what the others are compared with.
        requests: The panels of one round.
        rounds: How often each is drawn by each side, at least 1.
        folder: Where pictures go, as a user's would.
        tell: Receives a line for every panel.
        warm_up_steps: Steps of the panel that warms up; the request's own if None.
    """

    def __init__(
        self,
        contenders: Sequence[Contender],
        requests: Sequence[PanelRequest],
        *,
        rounds: int,
        folder: Path,
        tell: Callable[[str], None],
        warm_up_steps: int | None = None,
    ) -> None:
        self._contenders = tuple(contenders)
        self._requests = tuple(requests)
        self._rounds = rounds
        self._folder = folder
        self._tell = tell
        self._warm_up_steps = warm_up_steps
        self._samples: dict[str, list[Sample]] = {each.name: [] for each in contenders}
        self._warm: dict[str, float] = {}
        self._cancelled = False
        self.ended: StoryboardError | None = None

    def cancel(self) -> bool:
        """Stop within a step."""
        self._cancelled = True
        return True

    @property
    def sides(self) -> tuple[Side, ...]:
        """What has been measured so far, in the order of the contenders."""
        return tuple(
            Side(
                each.name,
                each.acceleration,
                self._warm.get(each.name, 0.0),
                tuple(self._samples[each.name]),
                each.tflop,
            )
            for each in self._contenders
        )

    def run(self, look: Callable[[dict[str, bytes]], None]) -> None:
        """Measure everything, or as much as there is until it is stopped.

        Args:
            look: Called after every panel with each side's picture of it; that is not timed.
        """
        try:
            self._warm_up()
            number = 0
            for turn in range(self._rounds):
                for panel, request in enumerate(self._requests, 1):
                    look(self._panel(turn, panel, request, number))
                    number += 1
        except StoryboardError as error:
            self.ended = error

    def _warm_up(self) -> None:
        steps = self._warm_up_steps
        request = self._requests[0]
        if steps is not None:
            request = request.sampled(steps=min(steps, request.sampling.steps))
        for each in self._contenders:
            seconds, _ = self._draw(each, request)
            self._warm[each.name] = seconds
            self._tell(f"{each.name}, to warm up: {seconds:.2f} s")

    def _panel(self, turn: int, panel: int, request: PanelRequest, number: int) -> dict[str, bytes]:
        first = number % len(self._contenders)
        drawn: dict[str, bytes] = {}
        for each in self._contenders[first:] + self._contenders[:first]:
            seconds, drawn[each.name] = self._draw(each, request)
            self._samples[each.name].append(Sample(turn + 1, panel, seconds))
            self._tell(f"{each.name}, round {turn + 1}, panel {panel}: {seconds:.2f} s")
        return drawn

    def _draw(self, contender: Contender, request: PanelRequest) -> tuple[float, bytes]:
        """Draw one panel; the time ends when its picture is a file."""
        if self._cancelled:
            raise RenderCancelled("stopped")
        request = request.using(parse_acceleration(contender.acceleration))
        started = time.perf_counter()
        png = contender.draw(request, lambda: self._cancelled)
        (self._folder / f"{contender.name}.png").write_bytes(png)
        return time.perf_counter() - started, png
