"""Pictures of panels, changed by an instruction: each becomes a take beside the one it came from.

What a model looked at is kept among the project's references, where a replay finds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError
from storyboard.files.pictures import read_picture
from storyboard.production.production import Production
from storyboard.project.references import WHOLE
from storyboard.techniques.identity import Identity
from storyboard.values import bounds
from storyboard.values.board import Take
from storyboard.values.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from storyboard.production.requests import FindLora
    from storyboard.project.project import Project
    from storyboard.project.recipe import Recipe
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel, Storyboard
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.panel_edit import Beside, PanelEdit
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

__all__ = ["EditProduction", "check_instruction"]

_WHITE = 128
"""From here on a pixel of a mask counts as white."""


def check_instruction(text: str) -> str:
    """An instruction in one line.

    Raises:
        InputError: It says nothing, or is longer than any model reads.
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("the instruction is empty: say what is to change, such as 'make it night'")
    if len(text) > bounds.INSTRUCTION:
        raise InputError(
            "the instruction has {length} characters, and models read at most {most}: shorten it",
            length=len(text),
            most=bounds.INSTRUCTION,
        )
    return text


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An edit with the pictures that it is about."""

    take: Take
    instruction: str
    picture: Reference
    mask: Reference | None
    beside: tuple[tuple[str, tuple[Reference, ...]], ...] = ()


class EditProduction(Production):
    """Changes the pictures of panels; every result is on disk before its event goes out.

    An edit that is there already, of the same picture by the same words, is made again with the
    next of the panel's seeds. No character sheets are drawn: who is in the picture is seen there.

    Args:
        project: Where the board is and the takes go.
        settings: As `storyboard.settings.editing.edit_settings` gives them.
        enhancer: Writes the traits.
        model: What edits.
        edits: One for each panel.
        best_of: Versions of each.
        find_lora: As in `Requests`.

    Raises:
        InputError: A panel has no picture, or one that cannot be used; an instruction is none.
        ProjectError: A picture cannot be read.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        edits: Sequence[PanelEdit],
        *,
        best_of: int = 1,
        find_lora: FindLora | None = None,
    ) -> None:
        by_key = {each.key: each for each in edits}
        panels = [each for each in project.board.panels if each.key in by_key]
        numbers = {each.key: number for number, each in enumerate(project.board.panels, 1)}
        self._wanted = {
            each.key: _wanted(project, each, numbers[each.key], by_key[each.key]) for each in panels
        }
        super().__init__(
            project,
            settings,
            enhancer,
            model,
            panels,
            best_of=best_of,
            again=True,
            find_lora=find_lora,
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """Nothing: the instruction is never shortened."""
        return ()

    def _asked(self, panel: Panel) -> PanelRequest:
        wanted = self._wanted[panel.key]
        request = self._made.edit(
            panel, self._numbers[panel.key], wanted.picture, wanted.instruction, wanted.mask
        )
        request = _beside(request, wanted.beside)
        # It shows what the picture showed: words that have changed since are not drawn by this.
        return replace(request, subject=wanted.take.subject)

    def _without_reference(self) -> tuple[Character, ...]:
        return ()

    def _recipe(self, request: PanelRequest, result: PanelResult, key: str) -> Recipe:
        wanted = self._wanted[key]
        # Before the take: one whose recipe names what is not there could not be drawn again.
        beside = (each for _, pictures in wanted.beside for each in pictures)
        for each in filter(None, (wanted.picture, wanted.mask, *beside)):
            self._project.add_reference(each.picture, whole=True)
        return replace(super()._recipe(request, result, key), parent=wanted.take.file)

    def _show(self, board: Storyboard, key: str, before: Take | None) -> None:
        self._project.show_newest(key, before.file if before else "")


def _wanted(project: Project, panel: Panel, number: int, edit: PanelEdit) -> _Wanted:
    take = panel.shown
    if edit.take:
        take = next((each for each in panel.takes if each.file == edit.take), None)
    if take is None:
        raise InputError("panel {number} has no picture to change: draw it first", number=number)
    instruction = check_instruction(edit.instruction)
    picture = read_picture(project.picture(take), longest_side=WHOLE)
    beside = tuple((each.name, _pictures_of(project, each)) for each in edit.beside)
    return _Wanted(take, instruction, Reference.of(picture), _mask(edit.mask), beside)


def _pictures_of(project: Project, beside: Beside) -> tuple[Reference, ...]:
    """The pictures of somebody or something that an edit looks at besides."""
    if beside.pictures:
        what = f"the picture of {beside.name}"
        read = (read_picture(each, what, longest_side=WHOLE) for each in beside.pictures)
        return tuple(Reference.of(each) for each in read)
    character = project.board.character(beside.name)
    if character is None or not character.references:
        pictured = [each.name for each in project.board.characters if each.references]
        raise InputError(
            "reference {name} is no picture and no character with pictures: name a file, or one of"
            " {known}",
            name=repr(beside.name[:80]),
            known=", ".join(pictured) or "the board's, once they have pictures",
        )
    return tuple(project.reference(file) for file in character.references)


def _beside(
    request: PanelRequest, beside: tuple[tuple[str, tuple[Reference, ...]], ...]
) -> PanelRequest:
    """The request with what is looked at besides, whole; who is held already is so once."""
    known = {name.casefold() for name, _ in beside}
    others = [
        each
        for each in request.techniques
        if not (isinstance(each, Identity) and each.character.casefold() in known)
    ]
    held = [Identity(name, 1.0, tuple(e.sha for e in pictures)) for name, pictures in beside]
    pictures = (*request.references, *(each for _, those in beside for each in those))
    return replace(
        request,
        techniques=(*held, *others),
        references=tuple({each.sha: each for each in pictures}.values()),
    )


def _mask(picture: bytes) -> Reference | None:
    if not picture:
        return None
    mask = Reference.of(read_picture(picture, "the mask", longest_side=WHOLE))
    with Image.open(BytesIO(mask.picture)) as opened:
        changes = opened.convert("L").point(lambda value: 255 if value >= _WHITE else 0)
    if changes.getbbox() is None:
        raise InputError("the mask is black everywhere: paint white what may change")
    return mask
