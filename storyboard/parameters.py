"""A recipe in the form that other image generators and their viewers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.recipe import Recipe

__all__ = ["parameters"]

_SAMPLERS = "Euler"  # the name other tools show; the scheduler itself is the model's


def parameters(recipe: Recipe) -> str:
    """Write a recipe in the three lines that they read."""
    # The three-line form other tools parse: a prompt must not look like the lines after it.
    settings = {
        "Steps": recipe.steps,
        "Sampler": _SAMPLERS,
        "CFG scale": f"{recipe.guidance_scale:g}",
        "Seed": recipe.seed,
        "Size": f"{recipe.width}x{recipe.height}",
        "Model hash": recipe.model_hash[:10],
        "Model": " ".join(recipe.model.replace(",", " ").split()),
        "Version": "storyboard",
    }
    lines = [_one_line(recipe.prompt)]
    if recipe.negative_prompt.strip():
        lines.append(f"Negative prompt: {_one_line(recipe.negative_prompt)}")
    lines.append(", ".join(f"{name}: {value}" for name, value in settings.items()))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
