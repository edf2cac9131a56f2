"""What is asked of the model: the one place where a panel becomes a request."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.production.headcount import people_shown
from storyboard.production.subject import subject_of
from storyboard.prompts.motion import motion_words
from storyboard.settings.drawing import choice_of, holds, sampling_of, suited_to, techniques_of
from storyboard.techniques.faces import Faces, Person
from storyboard.techniques.hires import Hires
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Lora, Loras, parse_loras
from storyboard.values.aspect import frame_size, parse_aspect
from storyboard.values.frame_rate import parse_rate
from storyboard.values.headcount import Headcount
from storyboard.values.panel_loras import loras_of_panel, loras_of_sheet, parse_lora_weights
from storyboard.values.request import Animate, Edit, Finish, PanelRequest
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from config import Settings
    from storyboard.project.project_view import ProjectView
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.techniques.lora import LoraWish
    from storyboard.techniques.technique import Technique
    from storyboard.values.board import Panel
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.prompt import Prompt
    from storyboard.values.reference import Reference
    from storyboard.values.shot import Shot

    FindLora = Callable[[str], tuple[str, str]]

__all__ = ["Requests", "frame_of"]

_PASSES = (Hires.name, Faces.name)
_SQUARE = parse_aspect("1:1")
_DRAWN_AGAIN = 1
"""Panels with more people than these are drawn once, and counted."""


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
        find_lora: For the source of a LoRA where it was found, and the hash of its content.
    """

    def __init__(
        self,
        project: ProjectView,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        find_lora: FindLora | None = None,
    ) -> None:
        self._project, self._settings = project, settings
        self._enhancer, self._model = enhancer, model
        self._choice = choice_of(settings)
        suited = suited_to(settings, model)
        self._techniques = techniques_of(suited)
        self._has_lost_faces = bool(settings.faces) and not suited.faces
        self._asks_negative = bool(suited.negative_prompt)
        self._holds = model.identity and holds(settings)
        self._loras = parse_loras(settings.loras)
        self._lora_weights = parse_lora_weights(settings.lora_weights)
        self._find_lora = find_lora
        self._found: dict[str, tuple[str, str]] = {}
        self._prompts: dict[tuple[Shot, tuple[Character, ...]], Prompt] = {}
        self._references: dict[str, Reference] = {}
        self._made: dict[tuple[object, ...], PanelRequest] = {}

    @property
    def left_out(self) -> tuple[str, ...]:
        """Lines for people about what the settings ask for and the model cannot do."""
        if not self._has_lost_faces:
            return ()
        return (
            f"faces cannot be found in pictures of model {self._model.name}: workflow"
            f" {self._settings.workflow} goes without its face pass; --face-pass says where they"
            " are",
        )

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
        wishes = loras_of_sheet(self._loras, character)
        request = self._request(0, self._enhancer.sheet(character), size, seed, wishes)
        request = request.without(*_PASSES)  # it is looked at, not printed
        return replace(request, headcount=self._headcount(1))

    def edit(
        self,
        panel: Panel,
        number: int,
        picture: Reference,
        instruction: str,
        mask: Reference | None = None,
    ) -> PanelRequest:
        """The request that changes a picture of a panel by an instruction.

        Args:
            panel: Of the board; its characters' traits stand before the instruction.
            number: Its place on the board, from 1.
            picture: What is changed.
            instruction: In the user's words.
            mask: White where the picture may change; None for all of it.
        """
        drawn = self.panel(panel, number).without(*_PASSES)  # its size and its rest stay
        traits = self.prompt(panel).traits
        pictures = (picture,) if mask is None else (picture, mask)
        return replace(
            drawn,
            prompt=f"{traits}: {instruction}" if traits else instruction,
            task=Edit(picture.sha, instruction, mask.sha if mask else ""),
            references=tuple({each.sha: each for each in (*pictures, *drawn.references)}.values()),
            judged=False,
            headcount=None,
        )

    def finish(
        self, panel: Panel, number: int, picture: Reference, size: tuple[int, int]
    ) -> PanelRequest:
        """The request that goes over a picture of a panel with the passes of the settings.

        Args:
            panel: Of the board.
            number: Its place on the board, from 1.
            picture: What is gone over.
            size: Its width and height in pixels.
        """
        drawn = self.panel(panel, number)
        multiple = self._model.multiple
        width, height = (-(-side // multiple) * multiple for side in size)
        references = {each.sha: each for each in (picture, *drawn.references)}
        return replace(
            drawn,
            width=width,
            height=height,
            task=Finish(picture.sha),
            references=tuple(references.values()),
            judged=False,
            headcount=None,
            aspect="",  # the picture has the shape that it is to have
        )

    def animate(
        self, panel: Panel, number: int, picture: Reference, last: Reference | None = None
    ) -> PanelRequest:
        """The request that lets a picture of a panel move, as its action and its camera say.

        Args:
            panel: Of the board.
            number: Its place on the board, from 1.
            picture: What the clip begins with.
            last: What it ends with; None where the model is free.
        """
        settings = self._settings
        drawn = self.panel(panel, number)
        words = (self.prompt(panel).traits, motion_words(panel.shot))
        task = Animate(
            picture.sha,
            settings.clip_frames,
            str(parse_rate(settings.clip_fps).exact),
            last.sha if last else "",
            settings.clip_smooth,
        )
        pictures = (picture,) if last is None else (picture, last)
        return replace(
            drawn,
            prompt=". ".join(filter(None, words)),
            techniques=drawn.without(Identity.name, *_PASSES).techniques,
            task=task,
            references=tuple({each.sha: each for each in pictures}.values()),
            judged=False,
            headcount=None,
        )

    def _panel(self, panel: Panel, number: int) -> PanelRequest:
        board, settings = self._project.board, self._settings
        size = frame_of(parse_aspect(board.aspect), settings, self._model)
        weights = self._lora_weights
        wishes = loras_of_panel(self._loras, board.characters, panel.shot, weights)
        request = self._request(number, self.prompt(panel), size, panel.seed, wishes)
        identities = tuple(self._identities(panel))
        references = {sha: self._reference(sha) for each in identities for sha in each.pictures}
        return replace(
            request,
            techniques=(*identities, *map(partial(self._peopled, panel), request.techniques)),
            references=tuple(references.values()),
            judged=settings.measure_agreement,
            headcount=self._headcount(people_shown(panel.shot, board.characters)),
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
        self,
        panel: int,
        prompt: Prompt,
        size: tuple[int, int],
        seed: int,
        wishes: tuple[LoraWish, ...],
    ) -> PanelRequest:
        return PanelRequest(
            panel=panel,
            choice=self._choice,
            prompt=prompt.positive,
            negative_prompt=prompt.negative if self._asks_negative else "",
            width=size[0],
            height=size[1],
            sampling=self._model.sampling.named(sampling_of(self._settings, seed)),
            techniques=(*self._techniques, *self._worn(wishes)),
            mode=self._settings.mode,
            preview_every=self._settings.preview_every,
            smaller_if_needed=self._settings.smaller_if_needed,
        )

    def _headcount(self, people: int | None) -> Headcount | None:
        """That so many people are to be seen, where anybody can tell."""
        if people is None or not self._model.countable or self._settings.people_draws == 1:
            return None
        # Of two the starter draws three nearly whatever the seed is: that is told, once.
        return Headcount(people, self._settings.people_draws if people <= _DRAWN_AGAIN else 1)

    def _worn(self, wishes: tuple[LoraWish, ...]) -> Iterator[Loras]:
        """The LoRAs of a panel by their content; each file is found and hashed once."""
        if not wishes:
            return
        if self._find_lora is None:
            raise InputError(
                "LoRA {file} cannot be drawn with here: leave it out", file=wishes[0].source
            )
        found: dict[str, Lora] = {}  # one file under two names is one LoRA, as the nearer one says
        for wish in wishes:
            if wish.source not in self._found:
                self._found[wish.source] = self._find_lora(wish.source)
            source, sha = self._found[wish.source]
            found[sha] = Lora(source, sha, wish.weight or 0.0, wish.blocks)
        yield Loras(tuple(found.values()))

    def _peopled(self, panel: Panel, technique: Technique) -> Technique:
        """A face pass with the people of the panel; any other technique as it is."""
        if not isinstance(technique, Faces) or technique.people:
            return technique
        people = self._enhancer.faces(panel.shot, self._project.board.characters)
        return replace(technique, people=tuple(Person(*each) for each in people))

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
