"""What a render reports to, and asks, while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import RenderCancelled
from storyboard.techniques.faces import Corners
from storyboard.values.box import Box
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.stages import StageTimes, StepProgress

if TYPE_CHECKING:
    from storyboard.message import Message
    from storyboard.values.request import PanelRequest

__all__ = ["Watch", "stage_times"]


@dataclass(slots=True)
class Watch:
    """What a render reports to, and asks, while it runs.

    Attributes:
        on_step: Called after every denoising step.
        cancelled: Asked after every step and between the stages.
        find_faces: Says where the faces of a picture are; None where nobody can.
        count: Asked for the fewest and the most people that may be in a picture, where the request
            has a headcount.
        seconds: Seconds by stage, filled as the stages end.
        networks: As in `StageTimes`.
        telling: As in `StageTimes`.
        memory: Most bytes that were in use at the end of a step or stage.
        rescue: What was done about a first attempt that was no picture.
        agreement: Of the panel with prompt and references.
        step: Steps that are done.
        steps: Of the picture and its passes; 0 where the request says how many.
        before: Steps of what was drawn before what is drawn now.
        within: The pass that is being made, to which all of its stages count; empty for none.
        faces: Where faces were found; None where none were looked for.
        remarks: What was done because memory was short, in words.
        tile: Latents a side of the tiles in which the panel was decoded; 0 where it was whole.
        drawn: Width and height in pixels that were drawn, where memory was too short for those that
            were asked for; else None.
    """

    on_step: Callable[[StepProgress], None] | None = None
    cancelled: Callable[[], bool] | None = None
    find_faces: Callable[[Image.Image], Sequence[Box]] | None = None
    count: Callable[[Image.Image], tuple[int, int]] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    networks: float = 0.0
    telling: float = 0.0
    memory: int = 0
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    step: int = 0
    steps: int = 0
    before: int = 0
    within: str = ""
    faces: tuple[Corners, ...] | None = None
    remarks: list[str] = field(default_factory=list)
    tile: int = 0
    drawn: tuple[int, int] | None = None
    _since: float = field(default_factory=time.perf_counter)

    def say(self, request: PanelRequest, text: Message) -> None:
        """Tell at once what is done otherwise than was asked for, and keep it for the result."""
        self.remarks.append(str(text))
        self.tell(request, text)

    def tell(self, request: PanelRequest, text: Message) -> None:
        """Tell at once what happens, where the result will say it in another way."""
        if self.on_step is not None:
            steps = self.all_steps(request)
            self.on_step(StepProgress(request.panel, self.step, steps, 0.0, said=text))

    def stepped(self, request: PanelRequest) -> None:
        """Count a step that is done, and tell of it, with the seconds since the one before.

        Raises:
            RenderCancelled: The user has asked for it.
        """
        now = time.perf_counter()
        seconds, self.step, self._since = now - self._since, self.step + 1, now
        self.check(request.panel)
        if self.on_step is not None:
            steps = self.all_steps(request)
            self.on_step(StepProgress(request.panel, self.step, steps, seconds))

    def all_steps(self, request: PanelRequest) -> int:
        """How many steps are told of; what was done is never more."""
        return max(self.steps or request.sampling.steps, self.step)

    def check(self, panel: int) -> None:
        """Raise RenderCancelled if the user has asked for it."""
        if self.cancelled is not None and self.cancelled():
            raise RenderCancelled(
                "panel {panel} was cancelled; finished panels are kept", panel=panel
            )


def stage_times(watch: Watch, total: float) -> StageTimes:
    """The watch's seconds as a value."""
    stages = tuple(watch.seconds.items())
    return StageTimes(stages, total, watch.networks, watch.telling)
