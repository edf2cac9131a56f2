"""What the settings ask of a model, as the values that requests are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.techniques.reading import read_techniques
from storyboard.values.model import ModelChoice
from storyboard.values.request import Sampling

if TYPE_CHECKING:
    from config import Settings
    from storyboard.techniques.technique import Technique

__all__ = ["choice_of", "sampling_of", "techniques_of"]


def choice_of(settings: Settings) -> ModelChoice:
    """The model that draws; without identity lock it looks at no reference pictures."""
    adapter = settings.ip_adapter if settings.use_identity_lock else ""
    return ModelChoice(settings.model, adapter)


def sampling_of(settings: Settings, seed: int) -> Sampling:
    """How a panel with this seed is sampled."""
    return Sampling(settings.num_inference_steps, settings.guidance_scale, seed)


def techniques_of(settings: Settings) -> tuple[Technique, ...]:
    """What is done to every panel alike.

    Raises:
        InputError: The acceleration is none.
    """
    return read_techniques(settings.acceleration, settings.few_step)
