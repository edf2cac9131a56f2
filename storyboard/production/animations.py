"""Pictures of panels that are made to move: each clip becomes a take beside what it came from.

What a clip begins and ends with is kept among the project's references, where a replay finds it.
"""

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
    from collections.abc import Sequence

    from config import Settings
    from storyboard.project.project import Project
    from storyboard.project.recipe import Recipe
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel, Storyboard
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.panel_animation import PanelAnimation
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

__all__ = ["AnimateProduction"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A clip with the pictures that it begins and ends with."""

    take: Take
    picture: Reference
    last: Reference | None


class AnimateProduction(Production):
    """Lets pictures of panels move; every clip is on disk before its event goes out.

    A clip that is there already, of the same picture with the same words, is made again with the
    next of the panel's seeds. No character sheets are drawn: who is in the picture is seen there.

    Args:
        project: Where the board is and the takes go.
        settings: As `storyboard.settings.editing.animate_settings` gives them.
        enhancer: Writes the traits.
        model: What makes clips.
        wanted: One for each panel.
        best_of: Clips of each.

    Raises:
        InputError: A panel has no picture, or one that cannot be used.
        ProjectError: A picture cannot be read.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        wanted: Sequence[PanelAnimation],
        *,
        best_of: int = 1,
    ) -> None:
        by_key = {each.key: each for each in wanted}
        board = project.board.panels
        panels = [each for each in board if each.key in by_key]
        numbers = {each.key: number for number, each in enumerate(board, 1)}
        self._wanted: dict[str, _Wanted] = {}
        for panel in panels:
            asked, number = by_key[panel.key], numbers[panel.key]
            follower = board[number] if number < len(board) else None
            take = _take(panel, number, asked.take)
            last = _last(project, follower, number) if asked.to_next else None
            self._wanted[panel.key] = _Wanted(take, _reference(project, take), last)
        super().__init__(project, settings, enhancer, model, panels, best_of=best_of, again=True)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Nothing: what is read is not the panel's prompt."""
        return ()

    def _asked(self, panel: Panel) -> PanelRequest:
        wanted = self._wanted[panel.key]
        request = self._made.animate(panel, self._numbers[panel.key], wanted.picture, wanted.last)
        # It shows what the picture showed: words that have changed since are not drawn by this.
        return replace(request, subject=wanted.take.subject)

    def _without_reference(self) -> tuple[Character, ...]:
        return ()

    def _recipe(self, request: PanelRequest, result: PanelResult, key: str) -> Recipe:
        wanted = self._wanted[key]
        # Before the take: one whose recipe names what is not there could not be made again.
        for each in filter(None, (wanted.picture, wanted.last)):
            self._project.add_reference(each.picture, whole=True)
        return replace(super()._recipe(request, result, key), parent=wanted.take.file)

    def _show(self, board: Storyboard, key: str, before: Take | None) -> None:
        self._project.show_newest(key, before.file if before else "")


def _take(panel: Panel, number: int, file: str) -> Take:
    """The take that moves: of a clip the picture that it was made from, which is sharper."""
    by_file = {each.file: each for each in panel.takes}
    take = by_file.get(file) if file else panel.shown
    if take is None:
        raise InputError("panel {number} has no picture to animate: draw it first", number=number)
    while take.clip and take.parent in by_file and take.parent != take.file:
        take = by_file[take.parent]
    return take


def _last(project: Project, panel: Panel | None, number: int) -> Reference:
    """The picture of the next panel."""
    if panel is None:
        raise InputError(
            "panel {number} is the last one: no picture follows that its clip could end with",
            number=number,
        )
    return _reference(project, _take(panel, number + 1, ""))


def _reference(project: Project, take: Take) -> Reference:
    return Reference.of(read_picture(project.picture(take), longest_side=WHOLE))
