"""A generator whose timing and failures are written down beforehand. It draws flat colours.

It stands in where a test is about order, cancelling and failing, never for the model's pictures.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.diffusion.parts.clips import clip_media
from storyboard.errors import RenderCancelled, StoryboardError
from storyboard.values.media import Media
from storyboard.values.request import Animate
from storyboard.values.result import PanelResult
from storyboard.values.stages import StageTimes, StepProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest


class ScriptedGenerator:
    """Takes one second a step on paper and no time in truth.

    Args:
        description: What `describe` returns.
        failures: Error to raise for a panel number.
        at_step: Called with (panel, step) before the step is reported.
    """

    def __init__(
        self,
        description: ModelCard,
        failures: Mapping[int, StoryboardError] | None = None,
        at_step: Callable[[int, int], None] = lambda panel, step: None,
    ) -> None:
        self.description = description
        self.failures = dict(failures or {})
        self.at_step = at_step
        self.loads = 0
        self.unloads = 0
        self.drawn: list[PanelRequest] = []

    def describe(self, choice: ModelChoice) -> ModelCard:
        """Return the description it was made with."""
        return self.description

    def check(self, request: PanelRequest) -> None:
        """Draw everything."""

    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        """Count, and report that all of it is done."""
        self.loads += 1
        if progress:
            progress("loading the script", 1.0)

    def unload(self) -> None:
        """Count."""
        self.unloads += 1

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        """Step as asked, then return one colour that depends on the seed; a clip of it pales."""
        steps = request.sampling.steps
        for step in range(1, steps + 1):
            self.at_step(request.panel, step)
            if cancelled():
                raise RenderCancelled("stopped")
            on_step(StepProgress(request.panel, step, steps, seconds=1.0))
        if request.panel in self.failures:
            raise self.failures[request.panel]
        self.drawn.append(request)
        colour = tuple(request.sampling.seed.to_bytes(4, "big")[1:])
        out = io.BytesIO()
        Image.new("RGB", (request.width, request.height), colour).save(out, "PNG")
        media = Media(out.getvalue(), request.width, request.height)
        if isinstance(task := request.task, Animate):
            size = (request.width, request.height)
            shades = (255 * frame // task.frames for frame in range(task.frames))
            frames = [Image.new("RGB", size, (shade, *colour[1:])) for shade in shades]
            media = clip_media(frames, task, request.aspect)
        return PanelResult(
            panel=request.panel,
            media=media,
            width=request.width,
            height=request.height,
            times=StageTimes(
                (("denoise", float(request.sampling.steps)), ("decode", 2.0)),
                total=request.sampling.steps + 2.0,
            ),
            model=request.choice.name,
            model_hash="0" * 64,
            device="cpu",
            dtype="float32",
        )
