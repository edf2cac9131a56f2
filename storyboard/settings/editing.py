"""The settings with which a picture is changed by an instruction: often those of another model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.families import speed_modes

if TYPE_CHECKING:
    from collections.abc import Collection

    from config import Settings

__all__ = ["edit_settings"]

# What belongs to the model that it was chosen for.
_OF_A_MODEL = (
    "acceleration",
    "few_step",
    "sampler",
    "schedule",
    "storage",
    "loras",
    "negative_prompt",
)


def edit_settings(settings: Settings, given: Collection[str] = ()) -> Settings:
    """The settings that a picture is changed with.

    Where `edit_model` names another model than the one that draws, its own numbers of the mode
    hold, and nothing that was chosen for the other.

    Args:
        settings: Those in force.
        given: Names of settings that were given for this very edit, and stay.
    """
    model = settings.edit_model or settings.model
    if model == settings.model:
        return settings
    numbers = speed_modes(model)[settings.mode]
    usual = type(settings)()
    other: dict[str, object] = {
        "num_inference_steps": numbers.steps,
        "guidance_scale": numbers.guidance_scale,
        "ip_adapter_scale": numbers.ip_adapter_scale,
        **{name: getattr(usual, name) for name in _OF_A_MODEL},
    }
    kept = {name: value for name, value in other.items() if name not in given}
    return settings.model_copy(update={**kept, "model": model})
