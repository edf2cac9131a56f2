"""What is asked of the model: the one place where a panel becomes a request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.production.subject import subject_of
from storyboard.settings.drawing import choice_of, holds, sampling_of, techniques_of
from storyboard.techniques.identity import Identity
from storyboard.values.aspect import frame_size, parse_aspect
from storyboard.values.request import PanelRequest
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from config import Settings
    from storyboard.project.project_view import ProjectView
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.prompt import Prompt
    from storyboard.values.reference import Reference
    from storyboard.values.shot import Shot

__all__ = ["Requests", "frame_of"]

_SQUARE = parse_aspect("1:1")


def frame_of(
    aspect: Fraction, settings: Settings, model: ModelCard, shape: Fraction | None = None
) -> tuple[int, int]:
    """Width and height of the frame that is drawn, in pixels.

    Args:
        aspect: Of the board: width over height.
        settings: May ask for a width of the board's frames, in place of what the model draws best.
        model: What draws.
        shape: Of the frame, where it is another than the board's; its area is the same.
    """
    pixels, width = model.native_pixels, settings.frame_width
    if width:
        pixels = max(int(width**2 / max(aspect, 1 / aspect)), model.multiple**2)
    return frame_size(shape or aspect, pixels, model.multiple)


class Requests:
    """Makes the requests of one run; a panel that stays as it is is asked for once.

    Args:
        project: Its board, and the reference pictures, each read once.
        settings: Steps, guidance and identity.
        enhancer: Writes the prompts.
        model: The model that will render.
    """

    def __init__(
        self,
        project: ProjectView,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
    ) -> None:
        self._project, self._settings = project, settings
        self._enhancer, self._model = enhancer, model
        self._choice, self._techniques = choice_of(settings), techniques_of(settings)
        self._holds = model.identity and holds(settings)
        self._prompts: dict[tuple[Shot, tuple[Character, ...]], Prompt] = {}
        self._references: dict[str, Reference] = {}
        self._made: dict[tuple[object, ...], PanelRequest] = {}

    def prompt(self, panel: Panel) -> Prompt:
        """The prompt of a panel."""
        asked = panel.shot, self._project.board.characters
        if asked not in self._prompts:
            self._prompts[asked] = self._enhancer.enhance(*asked)
        return self._prompts[asked]

    def panel(self, panel: Panel, number: int) -> PanelRequest:
        """The request of a panel, with its own seed.

        Args:
            panel: Of the board, or as it would be.
            number: Its place on the board, from 1.
        """
        board = self._project.board
        asked = (number, panel.shot, panel.seed, board.characters, board.aspect)
        if asked not in self._made:
            self._made[asked] = self._panel(panel, number)
        return self._made[asked]

    def sheet(self, character: Character) -> PanelRequest:
        """The request of a character sheet."""
        seed = derived_seed(self._project.board.seed, f"sheet of {character.name}")
        aspect = parse_aspect(self._project.board.aspect)
        size = frame_of(aspect, self._settings, self._model, _SQUARE)
        return self._request(0, self._enhancer.sheet(character), size, seed)

    def _panel(self, panel: Panel, number: int) -> PanelRequest:
        board, settings = self._project.board, self._settings
        size = frame_of(parse_aspect(board.aspect), settings, self._model)
        request = self._request(number, self.prompt(panel), size, panel.seed)
        identities = tuple(self._identities(panel))
        references = {sha: self._reference(sha) for each in identities for sha in each.pictures}
        return replace(
            request,
            techniques=(*identities, *request.techniques),
            references=tuple(references.values()),
            judged=settings.measure_agreement,
            aspect=board.aspect,
            subject=subject_of(
                panel.shot,
                board.characters,
                board.aspect,
                settings.style,
                settings.negative_prompt,
            ),
        )

    def _request(
        self, panel: int, prompt: Prompt, size: tuple[int, int], seed: int
    ) -> PanelRequest:
        return PanelRequest(
            panel=panel,
            choice=self._choice,
            prompt=prompt.positive,
            negative_prompt=prompt.negative,
            width=size[0],
            height=size[1],
            sampling=self._model.sampling.named(sampling_of(self._settings, seed)),
            techniques=self._techniques,
            mode=self._settings.mode,
            preview_every=self._settings.preview_every,
            smaller_if_needed=self._settings.smaller_if_needed,
        )

    def _identities(self, panel: Panel) -> Iterator[Identity]:
        for name in panel.shot.characters if self._holds else ():
            character = self._project.board.character(name)
            if character is not None and character.references:
                # A reference is called by its hash in the project's folder.
                pictures = tuple(each.removesuffix(".png") for each in character.references)
                yield Identity(character.name, self._settings.ip_adapter_scale, pictures)

    def _reference(self, sha: str) -> Reference:
        if sha not in self._references:
            self._references[sha] = self._project.reference(f"{sha}.png")
        return self._references[sha]
