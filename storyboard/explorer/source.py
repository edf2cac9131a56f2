"""What a sweep is about: a prompt, or panels of a project."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.production.requests import Requests, frame_of
from storyboard.prompts.enhancer import prompt_writer
from storyboard.settings.drawing import choice_of, sampling_of, suited_to, techniques_of
from storyboard.values.aspect import parse_aspect
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from config import Settings
    from storyboard.explorer.sweep import Base
    from storyboard.production.requests import FindLora
    from storyboard.project.project_view import ProjectView
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice

__all__ = ["project_base", "prompt_base"]


def prompt_base(
    prompt: str,
    settings_of: Callable[[str], Settings],
    describe: Callable[[ModelChoice], ModelCard],
) -> Base:
    """A prompt as somebody wrote it, in the style of the settings; nobody is held.

    Args:
        prompt: In English, for the text encoders.
        settings_of: The settings for a model; for the one that they name themselves if empty.
        describe: The card of a model.

    Raises:
        InputError: The text encoders do not read so much.
    """

    @cache
    def base(model: str, panel: str) -> tuple[PanelRequest, ModelCard]:
        settings = settings_of(model)
        choice = choice_of(settings)
        card = describe(choice)
        settings = suited_to(settings, card)
        width, height = frame_of(parse_aspect(settings.aspect), settings, card)
        request = PanelRequest(
            panel=1,
            choice=choice,
            prompt=_styled(prompt, settings.style, card),
            negative_prompt=_first_phrases(settings.negative_prompt, card),
            width=width,
            height=height,
            sampling=card.sampling.named(sampling_of(settings, settings.seed)),
            techniques=techniques_of(settings),
            mode=settings.mode,
            judged=settings.measure_agreement,
            aspect=settings.aspect,
        )
        return request, card

    return base


def project_base(
    project: ProjectView,
    settings_of: Callable[[str], Settings],
    describe: Callable[[ModelChoice], ModelCard],
    find_lora: Callable[[Settings], FindLora],
) -> Base:
    """Panels of a project, as it would draw them.

    Args:
        project: Whose board it is; nothing is written there.
        settings_of: As for `prompt_base`.
        describe: Likewise.
        find_lora: Finds the LoRAs that the board and the settings name.
    """

    @cache
    def requests(model: str) -> tuple[Requests, ModelCard]:
        settings = settings_of(model)
        card = describe(choice_of(settings))
        writer = prompt_writer(card, settings)
        return Requests(project, settings, writer, card, find_lora(settings)), card

    def base(model: str, panel: str) -> tuple[PanelRequest, ModelCard]:
        made, card = requests(model)
        number = int(panel or 1)
        return made.panel(project.board.panels[number - 1], number), card

    return base


def _styled(prompt: str, style: str, card: ModelCard) -> str:
    """The prompt, with as much of the style as the text encoders still read."""
    if card.tokens.count(prompt) > card.tokens.window:
        raise InputError(
            "the prompt has {tokens} tokens, and the model reads {window}: write less",
            tokens=card.tokens.count(prompt),
            window=card.tokens.window,
        )
    return _first_phrases(f"{prompt}, {style}" if style.strip() else prompt, card)


def _first_phrases(text: str, card: ModelCard) -> str:
    """As many of the phrases between commas as the text encoders read, from the first."""
    phrases = text.split(",")
    while len(phrases) > 1 and card.tokens.count(",".join(phrases)) > card.tokens.window:
        phrases.pop()
    return ",".join(phrases)
