"""Whether the model that draws accepts the settings, asked before anything is drawn."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.diffusion.families import family_of
from storyboard.diffusion.weights.hub import downloads
from storyboard.diffusion.weights.lora_place import find_lora, lora_hash
from storyboard.errors import DownloadNotAllowed
from storyboard.settings.drawing import choice_of, request_like, suited_to
from storyboard.techniques.lora import Lora, Loras, parse_loras

if TYPE_CHECKING:
    from config import Settings

__all__ = ["check_drawing"]


def check_drawing(settings: Settings) -> None:
    """Refuse what every picture would be refused for; what is not on this machine yet is believed.

    Raises:
        InputError: The model knows no such sampler, schedule or technique, or they do not go
            together.
        ModelError: A model or a LoRA is none, or the LoRA was made for another kind of model.
    """
    with downloads(allowed=False), suppress(DownloadNotAllowed):
        for name in (settings.edit_model, settings.animate_model):
            if name:
                family_of(name)
        family, choice = family_of(settings.model), choice_of(settings)
        card = family.card(choice)
        size = (card.multiple, card.multiple)
        request = request_like(suited_to(settings, card), size, references=0)
        family.check(request, card)
        worn = _worn(settings.loras)
        if worn is not None:
            family.check(request.using(worn), card)


def _worn(text: str) -> Loras | None:
    """The LoRAs of the settings as a panel would wear them, each file once.

    Raises:
        ModelError: One does not exist, or is no plain file.
        DownloadNotAllowed: One of the hub is not here yet.
    """
    found = {}
    for wish in parse_loras(text):
        file = find_lora(wish.source)
        found[lora_hash(file)] = Lora(str(file), lora_hash(file), wish.weight or 1.0, wish.blocks)
    return Loras(tuple(found.values())) if found else None
