"""What a panel costs in floating-point operations, stage by stage, for any settings.

The counts are exact (see `counting.py`); time follows from them and from how
many operations a second a machine sustains, which is measured, not promised.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.agreement import judged_step
from storyboard.diffusion.families.sdxl.architecture import architecture_of
from storyboard.diffusion.families.sdxl.counting import NetworkCounter
from storyboard.diffusion.families.sdxl.lora_layers import renamed_for
from storyboard.diffusion.families.sdxl.samplers import order_of
from storyboard.diffusion.families.sdxl.step_plan import StepPlan
from storyboard.diffusion.parts.pass_cost import pass_costs
from storyboard.diffusion.weights.lora_file import read_lora
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_place import find_lora
from storyboard.techniques.acceleration import OFF, Acceleration
from storyboard.values.cost import PanelCost
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from storyboard.diffusion.weights.lora_file import LoraFile
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["cost_of", "count_panel", "network_counter"]

TERA = 1e12


def cost_of(request: PanelRequest, card: ModelCard) -> PanelCost:
    """Count what a request asks for, its passes included.

    Args:
        request: The panel.
        card: Of its model.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    passes = pass_costs(
        request,
        card,
        network_counter(request.choice.name),
        redrawn=_redrawn,
        guided=lambda asked: asked.sampling.guidance > 1,
    )
    if isinstance(request.task, Finish):
        return PanelCost(0.0, 0.0, (), 0.0, 0.0, passes=passes)
    return replace(_counted(request), passes=passes)


def _redrawn(request: PanelRequest) -> float:
    over = _counted(request)
    return over.denoise + over.decode


def _counted(request: PanelRequest) -> PanelCost:
    """The picture alone."""
    return count_panel(
        request.choice.name,
        width=request.width,
        height=request.height,
        steps=request.sampling.steps,
        guidance_scale=request.sampling.guidance,
        references=_pictures(request),
        acceleration=request.acceleration,
        judged=request.judged,
        order=order_of(request.sampling.sampler),
        loras=tuple(
            read_lora(find_lora(each.source))
            for each in (request.loras.loras if request.loras else ())
            if each.weight
        ),
    )


def _pictures(request: PanelRequest) -> int:
    """Reference pictures that are looked at."""
    return sum(len(each.pictures) for each in request.identities if each.scale > 0)


def count_panel(
    model: str,
    *,
    width: int,
    height: int,
    steps: int,
    guidance_scale: float,
    references: int = 0,
    acceleration: Acceleration = OFF,
    judged: bool = False,
    order: int = 1,
    loras: tuple[LoraFile, ...] = (),
) -> PanelCost:
    """Count a panel.

    Args:
        model: "sdxl" for SDXL itself, no files needed; else a model on this machine.
        width: Pixels; the model's latents must divide it.
        height: Pixels, likewise.
        steps: Denoising steps, at least 1.
        guidance_scale: Above 1, every step evaluates the UNet twice.
        references: Reference pictures that the IP-Adapter looks at; 0 is without adapter, which
            also is what an IP-Adapter scale of 0 means. No other scale changes the compute.
        acceleration: What is left out.
        judged: Whether the agreement with prompt and references is measured.
        order: Evaluations that the sampler takes for a step.
        loras: Those beside the weights; what they add to the text encoders is not counted.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    guided = guidance_scale > 1
    counter = network_counter(model)
    plan = StepPlan.of(acceleration, steps, guided=guided, order=order)
    once = counter.unet(width, height, references) / TERA
    reused = 0.0
    if not all(plan.whole):
        reused = counter.cached_unet(width, height, acceleration.branch, references) / TERA
        reused += _beside(counter, loras, width, height, acceleration.branch) / TERA
    once += _beside(counter, loras, width, height) / TERA
    decoder = counter.tiny_decoder if acceleration.tiny_decoder else counter.decoder
    text = counter.text_encoders() / TERA
    made = plan.evaluations
    return PanelCost(
        text_encode=text * (2 if guided else 1),
        image_encode=references * counter.image_encoder() / TERA if references else 0.0,
        steps=tuple(
            plan.times(step) * (once if whole else reused) for step, whole in enumerate(plan.whole)
        ),
        decode=decoder(width, height) / TERA,
        text=text,
        judge=_judge(counter, width, height, references) / TERA if judged else 0.0,
        evaluations=made.full,
        reused=made.reused,
    )


def _beside(
    counter: NetworkCounter,
    loras: tuple[LoraFile, ...],
    width: int,
    height: int,
    branch: int | None = None,
) -> float:
    """What LoRAs add to one evaluation of the UNet."""
    if not loras:
        return 0.0
    rename = renamed_for(counter.architecture)
    layers = counter.unet_layers(width, height, branch)
    return sum(
        layers.get(rename(network, name), 0) * layer.share
        for file in loras
        for (network, name), layer in file.layers.items()
        if network == DENOISER
    )


def _judge(counter: NetworkCounter, width: int, height: int, references: int) -> int:
    """A pair of evaluations without adapter, and the panel once through the image encoder."""
    multiple = counter.architecture.multiple
    step = judged_step(height // multiple, width // multiple)
    small = (side // (step * multiple) * multiple for side in (width, height))
    pair = 2 * counter.unet(*small)
    return pair + (counter.image_encoder() if references else 0)


@cache
def network_counter(model: str) -> NetworkCounter:
    """The counter of a model, named as for `count_panel`; it remembers what it has counted."""
    return NetworkCounter(architecture_of(model))
