"""What a panel costs in floating-point operations, stage by stage."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.counting import FluxCounter
from storyboard.diffusion.families.flux.layer_names import diffusers_layers
from storyboard.diffusion.families.flux.modes import guidance_of
from storyboard.diffusion.parts.lora_work import lora_work
from storyboard.values.cost import PanelCost

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux.architecture import Architecture
    from storyboard.values.request import PanelRequest

__all__ = ["cost_of", "counter_of"]

TERA = 1e12


def cost_of(
    request: PanelRequest, architecture: Architecture, seen: tuple[tuple[int, int], ...] = ()
) -> PanelCost:
    """Count what a request asks for.

    Args:
        request: The panel.
        architecture: Of its model.
        seen: Width and height, in pixels, of each picture that the transformer looks at.
    """
    counter, sampling = counter_of(architecture), request.sampling
    evaluations = guidance_of(request, told=architecture.guided).evaluations
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
