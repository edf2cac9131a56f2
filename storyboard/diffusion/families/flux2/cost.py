"""What a panel costs in floating-point operations, stage by stage."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux2.counting import Flux2Counter
from storyboard.diffusion.families.flux2.layer_names import diffusers_layers
from storyboard.diffusion.families.flux2.modes import evaluations_of
from storyboard.diffusion.families.flux2.pictures import seen_pictures
from storyboard.diffusion.parts.lora_work import lora_work
from storyboard.values.cost import PanelCost

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux2.architecture import Architecture
    from storyboard.values.request import PanelRequest

__all__ = ["cost_of", "counter_of"]

TERA = 1e12


def cost_of(request: PanelRequest, architecture: Architecture) -> PanelCost:
    """Count what a request asks for.

    Raises:
        InputError: A picture of the request is none.
    """
    counter = counter_of(architecture)
    evaluations = evaluations_of(request, distilled=architecture.distilled)
    seen = seen_pictures(request, 2 * architecture.factor)
    beside = tuple(counter.tokens(*each.size) for each in seen)
    size = (request.width, request.height, beside)
    once = (counter.transformer(*size) + lora_work(request, counter, size, diffusers_layers)) / TERA
    text = counter.text_encoder() / TERA
    return PanelCost(
        text_encode=text * evaluations,
        image_encode=sum(counter.encoder(*each.size) for each in seen) / TERA,
        steps=(evaluations * once,) * request.sampling.steps,
        decode=counter.decoder(request.width, request.height) / TERA,
        text=text,
        evaluations=evaluations * request.sampling.steps,
    )


@cache
def counter_of(architecture: Architecture) -> Flux2Counter:
    """The counter of a model; it remembers what it has counted."""
    return Flux2Counter(architecture)
