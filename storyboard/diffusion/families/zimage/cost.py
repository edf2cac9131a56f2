"""What a panel costs in floating-point operations, stage by stage."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.zimage.counting import ZImageCounter
from storyboard.diffusion.families.zimage.layer_names import diffusers_layers
from storyboard.diffusion.families.zimage.modes import evaluations_of
from storyboard.diffusion.parts.lora_work import lora_work
from storyboard.values.cost import PanelCost

if TYPE_CHECKING:
    from storyboard.diffusion.families.zimage.architecture import Architecture
    from storyboard.values.request import PanelRequest
    from storyboard.values.tokens import TokenCounter

__all__ = ["cost_of", "counter_of"]

TERA = 1e12


def cost_of(request: PanelRequest, architecture: Architecture, tokens: TokenCounter) -> PanelCost:
    """Count what a request asks for.

    Args:
        request: The panel.
        architecture: Of its model.
        tokens: Of its model: words that are not there are not evaluated.
    """
    counter, evaluations = counter_of(architecture), evaluations_of(request)
    texts = (request.prompt, request.negative_prompt)[:evaluations]
    words = tuple(min(tokens.count(each), tokens.window) for each in texts)
    size = (request.width, request.height, words)
    once = (counter.transformer(*size) + lora_work(request, counter, size, diffusers_layers)) / TERA
    text = counter.text_encoder() / TERA
    return PanelCost(
        text_encode=text * evaluations,
        image_encode=0.0,
        steps=(once,) * request.sampling.steps,
        decode=counter.decoder(request.width, request.height) / TERA,
        text=text,
        evaluations=evaluations * request.sampling.steps,
    )


@cache
def counter_of(architecture: Architecture) -> ZImageCounter:
    """The counter of a model; it remembers what it has counted."""
    return ZImageCounter(architecture)
