"""What the settings ask of a model, as the values that requests are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import ACCELERATION, NEGATIVE_PROMPT
from storyboard.techniques.acceleration import OFF, Acceleration
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.identity import Identity
from storyboard.techniques.reading import read_techniques
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from config import Settings
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard

__all__ = ["choice_of", "holds", "request_like", "sampling_of", "suited_to", "techniques_of"]


def choice_of(settings: Settings) -> ModelChoice:
    """The model that draws; without identity lock it looks at no reference pictures."""
    adapter = settings.ip_adapter if settings.use_identity_lock else ""
    return ModelChoice(settings.model, adapter, settings.storage)


def holds(settings: Settings) -> bool:
    """Whether reference pictures hold the characters' looks, if the model can look at them."""
    return settings.use_identity_lock and settings.ip_adapter_scale > 0


def sampling_of(settings: Settings, seed: int) -> Sampling:
    """How a panel with this seed is sampled."""
    return Sampling(
        settings.num_inference_steps,
        settings.guidance_scale,
        seed,
        settings.sampler,
        settings.schedule,
    )


def techniques_of(settings: Settings) -> tuple[Technique, ...]:
    """What is done to every panel alike.

    Raises:
        InputError: The acceleration is none.
    """
    return read_techniques(
        settings.acceleration, settings.few_step, hires=settings.hires, faces=settings.faces
    )


def suited_to(settings: Settings, card: ModelCard) -> Settings:
    """Settings without what nobody asked for and the model does not know, or pays double for."""
    left: dict[str, str] = {}
    if settings.acceleration == ACCELERATION and Acceleration.name not in card.techniques:
        left["acceleration"] = OFF.text
    if settings.negative_prompt == NEGATIVE_PROMPT and not card.reads_negative:
        left["negative_prompt"] = ""
    # A workflow is for many models; whoever asks for faces by name is refused instead.
    if settings.workflow and not card.countable:
        faces = parse_faces(settings.faces)
        if faces is not None and faces.boxes is None:
            left["faces"] = ""
    return settings.model_copy(update=left) if left else settings


def request_like(settings: Settings, size: tuple[int, int], *, references: int) -> PanelRequest:
    """A request that computes what a panel of these settings does; its words are none.

    Args:
        settings: Model, steps, guidance and techniques.
        size: Width and height in pixels.
        references: Reference pictures that one character is held by; 0 holds none.

    Raises:
        InputError: The acceleration is none.
    """
    pictures = tuple(str(number) for number in range(references))
    scale = settings.ip_adapter_scale or 1.0
    held = (Identity("", scale, pictures),) if references else ()
    return PanelRequest(
        panel=1,
        choice=choice_of(settings),
        prompt="",
        negative_prompt="",
        width=size[0],
        height=size[1],
        sampling=sampling_of(settings, 0),
        techniques=(*held, *techniques_of(settings)),
        judged=settings.measure_agreement,
    )
