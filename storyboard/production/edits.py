"""Pictures of panels, changed by an instruction: each becomes a take beside the one it came from.

What a model looked at is kept among the project's references, where a replay finds it.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError
from storyboard.files.pictures import read_picture
from storyboard.production.reworks import ReworkProduction, Source, numbered, source_of
from storyboard.project.references import WHOLE
from storyboard.techniques.identity import Identity
from storyboard.values import bounds
from storyboard.values.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from storyboard.production.requests import FindLora
    from storyboard.project.project import Project
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel
    from storyboard.values.card import ModelCard
    from storyboard.values.panel_edit import Beside, PanelEdit
    from storyboard.values.request import PanelRequest

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


_Beside = tuple[tuple[str, tuple[Reference, ...]], ...]
"""Who or what is looked at besides, with the pictures of it."""


class EditProduction(ReworkProduction):
    """Changes the pictures of panels by an instruction, which is never shortened.

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
        numbers = numbered(project)
        self._edits = by_key
        self._masks: dict[str, Reference | None] = {}
        self._besides: dict[str, _Beside] = {}
        sources: dict[str, Source] = {}
        for panel in project.board.panels:
            edit = by_key.get(panel.key)
            if edit is None:
                continue
            found = source_of(project, panel, numbers[panel.key], edit.take)
            check_instruction(edit.instruction)
            mask = self._masks[panel.key] = _mask(edit.mask)
            beside = tuple((each.name, _pictures_of(project, each)) for each in edit.beside)
            self._besides[panel.key] = beside
            seen = [each for _, pictures in beside for each in pictures]
            sources[panel.key] = replace(found, others=(*([mask] if mask else []), *seen))
        super().__init__(
            project, settings, enhancer, model, sources, best_of=best_of, find_lora=find_lora
        )

    def _reworked(self, panel: Panel, number: int) -> PanelRequest:
        source = self._sources[panel.key]
        instruction = check_instruction(self._edits[panel.key].instruction)
        mask = self._masks[panel.key]
        request = self._made.edit(panel, number, source.picture, instruction, mask)
        return _beside(request, self._besides[panel.key])


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


def _beside(request: PanelRequest, beside: _Beside) -> PanelRequest:
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
