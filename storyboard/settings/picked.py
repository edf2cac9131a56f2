"""What a picked mode, few-step adapter or workflow sets; and what the texts of settings must be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from storyboard.diffusion.families import family_of_few_step
from storyboard.errors import InputError, SettingsError
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import parse_hires
from storyboard.techniques.lora import parse_loras
from storyboard.values.aspect import parse_aspect
from storyboard.values.panel_loras import parse_lora_weights
from storyboard.values.storage import read_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from config import SpeedMode

__all__ = ["PARSED", "few_step_numbers", "mode_numbers"]


def _storage(text: str) -> None:
    if text:
        read_storage(text)


PARSED: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "aspect": parse_aspect,
        "loras": parse_loras,
        "storage": _storage,
        "hires": parse_hires,
        "faces": parse_faces,
        "lora_weights": parse_lora_weights,
    }
)
"""What the texts of some settings must be."""


def mode_numbers(modes: Mapping[str, SpeedMode], mode: str) -> dict[str, object]:
    """The fields that a mode sets."""
    speed = modes[mode]
    return {
        "num_inference_steps": speed.steps,
        "guidance_scale": speed.guidance_scale,
        "ip_adapter_scale": speed.ip_adapter_scale,
    }


def few_step_numbers(few_step: str, origin: str) -> dict[str, object]:
    """The fields that a few-step adapter sets.

    Raises:
        SettingsError: No family knows it.
    """
    wish = FewStep(few_step)
    try:
        numbers = family_of_few_step(wish).few_step(wish)
    except InputError as error:
        raise SettingsError("{origin}: {error}", origin=origin, error=error) from None
    return {
        "num_inference_steps": numbers.steps,
        "guidance_scale": numbers.guidance,
        "acceleration": "off",  # no step is left to save at
        "sampler": "",  # it was distilled for one
        "schedule": "",
    }
