"""The settings with which pictures are changed or made to move: often those of another model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.families import families, speed_modes
from storyboard.errors import InputError
from storyboard.techniques.acceleration import OFF
from storyboard.values.frame_rate import parse_rate
from storyboard.values.media import SMOOTH
from storyboard.values.request import Animate

if TYPE_CHECKING:
    from collections.abc import Collection

    from config import Settings

__all__ = ["animate_settings", "edit_settings"]

# What belongs to the model that it was chosen for.
_OF_A_MODEL = (
    "acceleration",
    "few_step",
    "sampler",
    "schedule",
    "storage",
    "loras",
    "negative_prompt",
    "workflow",
    "style_phrases",
    "negative_phrases",
    "lora_weights",
    "hires",
    "faces",
)


def edit_settings(settings: Settings, given: Collection[str] = ()) -> Settings:
    """The settings that a picture is changed with.

    Where `edit_model` names another model than the one that draws, its own numbers of the mode
    hold, and nothing that was chosen for the other.

    Args:
        settings: Those in force.
        given: Names of settings that were given for this very edit, and stay.
    """
    return _of_model(settings, settings.edit_model or settings.model, given)


def animate_settings(settings: Settings, given: Collection[str] = ()) -> Settings:
    """The settings that pictures are made to move with.

    The frame is what the model makes best, and nothing is left out of the compute that was not
    asked for: what an acceleration costs clips in motion has not been measured.

    Args:
        settings: Those in force.
        given: As for `edit_settings`.

    Raises:
        InputError: No model is named that makes clips, or one of their numbers is none.
    """
    if not settings.animate_model:
        able = [each.published for each in families() if Animate.name in each.tasks]
        raise InputError(
            "no model is named that lets pictures move: name one, such as {known}, with --model or"
            " the setting animate_model",
            known=" or ".join(filter(None, able)),
        )
    parse_rate(settings.clip_fps, "clip_fps")
    if settings.clip_smooth not in SMOOTH:
        raise InputError(
            "interpolation makes {known} frames of one, and {asked} are asked",
            known=", ".join(map(str, SMOOTH)),
            asked=settings.clip_smooth,
        )
    own: dict[str, object] = {
        "acceleration": OFF.text,
        "frame_width": 0,
        "measure_agreement": False,
        "use_identity_lock": False,
    }
    kept = {name: value for name, value in own.items() if name not in given}
    return _of_model(settings, settings.animate_model, given).model_copy(update=kept)


def _of_model(settings: Settings, model: str, given: Collection[str]) -> Settings:
    """The settings with a model, whose own numbers of the mode hold where it is another."""
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
    if "few_step" in given:  # which has set its own numbers
        given = {*given, "num_inference_steps", "guidance_scale"}
    kept = {name: value for name, value in other.items() if name not in given}
    return settings.model_copy(update={**kept, "model": model})
