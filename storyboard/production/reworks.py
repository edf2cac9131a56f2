"""Takes that are made out of takes: what an edit, a finish and a clip have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.pictures import read_picture
from storyboard.production.production import Production
from storyboard.project.references import WHOLE
from storyboard.values.board import Take
from storyboard.values.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config import Settings
    from storyboard.production.requests import FindLora
    from storyboard.project.project import Project
    from storyboard.project.recipe import Recipe
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel, Storyboard
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

__all__ = ["ReworkProduction", "Source", "numbered", "source_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """What a take is made out of.

    Attributes:
        take: As the board has it.
        picture: Its picture.
        others: Further pictures that the model looks at, such as a mask or a clip's last one.
    """

    take: Take
    picture: Reference
    others: tuple[Reference, ...] = ()


def source_of(project: Project, panel: Panel, number: int, file: str = "") -> Source:
    """The take that is to be changed, with its picture.

    Args:
        project: Where it is.
        panel: Of the board.
        number: Its place on the board, from 1.
        file: File name of the take; the one that is shown if empty.

    Raises:
        InputError: The panel has no such picture, or one that cannot be used.
    """
    take = panel.shown
    if file:
        take = next((each for each in panel.takes if each.file == file), None)
    if take is None:
        raise InputError("panel {number} has no picture to change: draw it first", number=number)
    picture = read_picture(project.picture(take), longest_side=WHOLE)
    return Source(take, Reference.of(picture))


def numbered(project: Project) -> dict[str, int]:
    """The place of every panel on the board, from 1, by its key."""
    return {each.key: number for number, each in enumerate(project.board.panels, 1)}


class ReworkProduction(Production):
    """Makes takes out of takes; every result is on disk before its event goes out.

    What is there already, of the same picture in the same way, is made again with the next of the
    panel's seeds. No character sheets are drawn: who is in the picture is seen there.

    Args:
        project: Where the board is and the takes go.
        settings: How it is made.
        enhancer: Writes the prompts.
        model: What makes it.
        sources: By the keys of the panels.
        best_of: Versions of each.
        find_lora: As in `Requests`.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        sources: Mapping[str, Source],
        *,
        best_of: int = 1,
        find_lora: FindLora | None = None,
    ) -> None:
        self._sources = sources
        super().__init__(
            project,
            settings,
            enhancer,
            model,
            [each for each in project.board.panels if each.key in sources],
            best_of=best_of,
            again=True,
            find_lora=find_lora,
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the model cannot do; of the words nothing: who reworks a picture has seen it."""
        return self._made.left_out

    def _asked(self, panel: Panel) -> PanelRequest:
        # It shows what the picture showed: words that have changed since are not drawn by this.
        subject = self._sources[panel.key].take.subject
        return replace(self._reworked(panel, self._numbers[panel.key]), subject=subject)

    def _reworked(self, panel: Panel, number: int) -> PanelRequest:
        """What is asked for a panel; a subclass says it."""
        raise NotImplementedError

    def _without_reference(self) -> tuple[Character, ...]:
        return ()

    def _recipe(self, request: PanelRequest, result: PanelResult, key: str) -> Recipe:
        source = self._sources[key]
        # Before the take: one whose recipe names what is not there could not be drawn again.
        for each in (source.picture, *source.others):
            self._project.add_reference(each.picture, whole=True)
        return replace(super()._recipe(request, result, key), parent=source.take.file)

    def _show(self, board: Storyboard, key: str, before: Take | None) -> None:
        self._project.show_newest(key, before.file if before else "")
