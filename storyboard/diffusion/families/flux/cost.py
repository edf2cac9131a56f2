"""What a panel costs in floating-point operations, stage by stage."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.counting import FluxCounter
from storyboard.diffusion.families.flux.layer_names import diffusers_layers
from storyboard.diffusion.families.flux.modes import guidance_of
from storyboard.diffusion.parts.lora_work import lora_work
from storyboard.diffusion.parts.pass_cost import pass_costs
from storyboard.values.cost import PanelCost
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux.architecture import Architecture
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["cost_of", "counter_of"]

TERA = 1e12


def cost_of(
    request: PanelRequest,
    architecture: Architecture,
    card: ModelCard,
    seen: tuple[tuple[int, int], ...] = (),
) -> PanelCost:
    """Count what a request asks for, its passes included.

    Args:
        request: The panel.
        architecture: Of its model.
        card: Of its model.
        seen: Width and height, in pixels, of each picture that the transformer looks at.
    """
    counter = counter_of(architecture)

    def redrawn(asked: PanelRequest) -> float:
        over = _counted(asked, counter)
        return over.denoise + over.decode

    def guided(asked: PanelRequest) -> bool:
        return guidance_of(asked, told=architecture.guided).evaluations > 1

    passes = pass_costs(request, card, counter, redrawn=redrawn, guided=guided)
    if isinstance(request.task, Finish):
        return PanelCost(0.0, 0.0, (), 0.0, 0.0, passes=passes)
    return replace(_counted(request, counter, seen), passes=passes)


def _counted(
    request: PanelRequest, counter: FluxCounter, seen: tuple[tuple[int, int], ...] = ()
) -> PanelCost:
    """The picture alone."""
    sampling = request.sampling
    evaluations = guidance_of(request, told=counter.architecture.guided).evaluations
    beside = tuple(counter.tokens(*size) for size in seen)
    size = (request.width, request.height, beside)
    once = (counter.transformer(*size) + lora_work(request, counter, size, diffusers_layers)) / TERA
    text = counter.text_encoders() / TERA
    return PanelCost(
        text_encode=text * evaluations,
        image_encode=sum(counter.encoder(*size) for size in seen) / TERA,
        steps=(evaluations * once,) * sampling.steps,
        decode=counter.decoder(request.width, request.height) / TERA,
        text=text,
        evaluations=evaluations * sampling.steps,
    )


@cache
def counter_of(architecture: Architecture) -> FluxCounter:
    """The counter of a model; it remembers what it has counted."""
    return FluxCounter(architecture)
