"""What a clip costs in floating-point operations, stage by stage."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.counting import WanCounter
from storyboard.values.cost import PanelCost

if TYPE_CHECKING:
    from storyboard.diffusion.families.wan.adapter import AdapterShare
    from storyboard.diffusion.families.wan.architecture import Architecture
    from storyboard.diffusion.families.wan.step_plan import StepPlan
    from storyboard.values.request import PanelRequest

__all__ = ["cost_of", "counter_of"]

TERA = 1e12


def cost_of(
    request: PanelRequest,
    architecture: Architecture,
    plan: StepPlan,
    adapter: AdapterShare | None = None,
) -> PanelCost:
    """Count what a request asks for.

    Args:
        request: The clip.
        architecture: Of its model.
        plan: Of its steps.
        adapter: What stands beside the weights, if anything does.
    """
    counter = counter_of(architecture)
    size = request.width, request.height, request.frames
    whole = counter.transformer(*size)
    if adapter is not None:
        whole += adapter.operations(counter.tokens(*size), architecture.window)
    text = counter.text_encoder() / TERA
    return PanelCost(
        text_encode=text * (2 if plan.pairs else 1),
        image_encode=counter.encoder(*size) / TERA,
        steps=plan.work(whole / TERA, counter.ends(*size) / TERA),
        decode=counter.decoder(*size) / TERA,
        text=text,
        evaluations=plan.evaluations,
        reused=plan.reused,
    )


@cache
def counter_of(architecture: Architecture) -> WanCounter:
    """The counter of a model; it remembers what it has counted."""
    return WanCounter(architecture)
