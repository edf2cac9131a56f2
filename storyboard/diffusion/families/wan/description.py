"""What the rest of the program must know of a Wan model before it is loaded; reads only JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.architecture import window_in
from storyboard.diffusion.families.wan.few_steps import FEW_STEPS, read_few_step
from storyboard.diffusion.families.wan.modes import HALVED, WHOLE
from storyboard.diffusion.families.wan.step_plan import StepPlan, high_steps, plan_of
from storyboard.diffusion.weights.place import STARTER
from storyboard.techniques.acceleration import Acceleration
from storyboard.techniques.few_step import FewStep
from storyboard.values.card import ClipCard, ModelCard
from storyboard.values.request import Animate

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.families.wan.architecture import Architecture
    from storyboard.values.request import PanelRequest

__all__ = ["describe", "plan_for"]

_PATCH = 2  # latents a side of a token
_REUSED = 0.02
"""Of a whole evaluation: what is left of it without its layers, by the cost model."""


def describe(
    name: str, family: str, shapes: Architecture, shift: float, root: Path | None
) -> ModelCard:
    """Describe a model.

    Args:
        name: As the user wrote it.
        family: Name of its family.
        shapes: Of its networks.
        shift: Of its noise levels.
        root: Its folder; None for a published model that is known without files, whose prompts
            cannot be counted.
    """
    halved = shapes.boundary is not None
    few = {FewStep.name} if halved else set()
    return ModelCard(
        name=name,
        family=family,
        tokens=window_in(root or STARTER),
        # What both are published for: 480p of A14B, and 720p of 5B, which packs four times as many.
        native_pixels=1280 * 704 if shapes.expands else 832 * 480,
        multiple=_PATCH * shapes.factor,
        techniques=frozenset({Acceleration.name} | few),
        tasks=frozenset({Animate.name}),
        modes=HALVED if halved else WHOLE,
        clip=ClipCard(
            frame_step=shapes.frames,
            most_frames=121 if shapes.expands else 81,
            fps=24 if shapes.expands else 16,
            takes_last=not shapes.expands,
        ),
        step_work=partial(_step_work, shapes=shapes, shift=shift),
    )


def plan_for(request: PanelRequest, shapes: Architecture, shift: float) -> StepPlan:
    """The plan of a request's steps, with the noise levels of its few-step adapter if it has one.

    Args:
        request: The clip.
        shapes: Of its model.
        shift: Of the model's own noise levels.
    """
    if request.few_step is not None:
        shift = FEW_STEPS[read_few_step(request.few_step.text)[0]].shift
    return plan_of(request, high_steps(request.sampling.steps, shift, shapes.boundary))


def _step_work(request: PanelRequest, *, shapes: Architecture, shift: float) -> tuple[float, ...]:
    """What every step of a request costs, in evaluations times pixels of all frames."""
    pixels = float(request.width * request.height * request.frames)
    return plan_for(request, shapes, shift).work(pixels, pixels * _REUSED)
