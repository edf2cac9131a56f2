"""A recipe in the form that other image generators and their viewers read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.project.recipe import Recipe
    from storyboard.techniques.lora import Lora

__all__ = ["parameters"]

# The names that other tools show; of a scheduler that is not here its own name is shown.
_SAMPLERS = {
    "": "Euler",  # pictures of older versions do not say; nearly all were drawn with this one
    "DDIMScheduler": "DDIM",
    "DPMSolverMultistepScheduler": "DPM++ 2M",
    "DPMSolverSDEScheduler": "DPM++ SDE",
    "DPMSolverSinglestepScheduler": "DPM++ 2S a",
    "EulerAncestralDiscreteScheduler": "Euler a",
    "EulerDiscreteScheduler": "Euler",
    "HeunDiscreteScheduler": "Heun",
    "KDPM2AncestralDiscreteScheduler": "DPM2 a",
    "KDPM2DiscreteScheduler": "DPM2",
    "LCMScheduler": "LCM",
    "LMSDiscreteScheduler": "LMS",
    "PNDMScheduler": "PLMS",
    "TCDScheduler": "TCD",
    "UniPCMultistepScheduler": "UniPC",
}


def parameters(recipe: Recipe) -> str:
    """Write a recipe in the three lines that they read."""
    # The three-line form other tools parse: a prompt must not look like the lines after it.
    settings = {
        "Steps": recipe.steps,
        "Sampler": recipe.sampler or _sampler(recipe.scheduler),
        **({"Schedule type": recipe.schedule.capitalize()} if recipe.schedule else {}),
        "CFG scale": f"{recipe.guidance_scale:g}",
        "Seed": recipe.seed,
        "Size": f"{recipe.width}x{recipe.height}",
        "Model hash": recipe.model_hash[:10],
        "Model": " ".join(recipe.model.replace(",", " ").split()),
        "Version": "storyboard",
    }
    worn = [each for each in recipe.loras if each.weight]
    if worn:
        hashes = ", ".join(f"{_label(each)}: {each.sha[:10]}" for each in worn)
        settings["Lora hashes"] = f'"{hashes}"'
    # Other programs read LoRAs in the prompt; the model has never seen these brackets.
    tags = [f"<lora:{_label(each)}:{each.weight:g}>" for each in worn]
    lines = [" ".join((_one_line(recipe.prompt), *tags))]
    if recipe.negative_prompt.strip():
        lines.append(f"Negative prompt: {_one_line(recipe.negative_prompt)}")
    lines.append(", ".join(f"{name}: {value}" for name, value in settings.items()))
    return "\n".join(lines)


def _sampler(scheduler: str) -> str:
    name = _SAMPLERS.get(scheduler) or scheduler.removesuffix("Scheduler").replace(",", " ")
    return _one_line(name)


def _label(lora: Lora) -> str:
    return re.sub(r'[\s<>:,"]+', "_", lora.name)


def _one_line(text: str) -> str:
    return " ".join(text.split())
