"""Whether the model that draws accepts the settings, asked before anything is drawn."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.diffusion.families import family_of
from storyboard.diffusion.weights.hub import downloads
from storyboard.errors import DownloadNotAllowed
from storyboard.settings.drawing import choice_of, request_like, suited_to

if TYPE_CHECKING:
    from config import Settings

__all__ = ["check_drawing"]


def check_drawing(settings: Settings) -> None:
    """Refuse what every picture would be refused for; what is not on this machine yet is believed.

    Raises:
        InputError: The model knows no such sampler, schedule or technique, or they do not go
            together.
        ModelError: A model is none.
    """
    with downloads(allowed=False), suppress(DownloadNotAllowed):
        if settings.edit_model:
            family_of(settings.edit_model)
        family, choice = family_of(settings.model), choice_of(settings)
        card = family.card(choice)
        size = (card.multiple, card.multiple)
        family.check(request_like(suited_to(settings, card), size, references=0), card)
