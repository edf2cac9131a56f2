"""Pictures of panels that are made to move: each clip becomes a take beside what it came from.

What a clip begins and ends with is kept among the project's references, where a replay finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.pictures import read_picture
from storyboard.production.reworks import ReworkProduction, Source, numbered
from storyboard.project.references import WHOLE
from storyboard.values.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from storyboard.project.project import Project
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel, Take
    from storyboard.values.card import ModelCard
    from storyboard.values.panel_animation import PanelAnimation
    from storyboard.values.request import PanelRequest

__all__ = ["AnimateProduction"]


class AnimateProduction(ReworkProduction):
    """Lets pictures of panels move; every clip is on disk before its event goes out.

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
        board, numbers = project.board.panels, numbered(project)
        self._lasts: dict[str, Reference | None] = {}
        sources: dict[str, Source] = {}
        for panel in board:
            asked = by_key.get(panel.key)
            if asked is None:
                continue
            number = numbers[panel.key]
            follower = board[number] if number < len(board) else None
            take = _take(panel, number, asked.take)
            last = self._lasts[panel.key] = (
                _last(project, follower, number) if asked.to_next else None
            )
            sources[panel.key] = Source(take, _reference(project, take), (last,) if last else ())
        super().__init__(project, settings, enhancer, model, sources, best_of=best_of)

    def _reworked(self, panel: Panel, number: int) -> PanelRequest:
        picture = self._sources[panel.key].picture
        return self._made.animate(panel, number, picture, self._lasts[panel.key])


def _take(panel: Panel, number: int, file: str) -> Take:
    """The take that moves: of a clip the picture that it was made from, which is sharper."""
    by_file = {each.file: each for each in panel.takes}
    take = by_file.get(file) if file else panel.shown
    if take is None:
        raise InputError("panel {number} has no picture to animate: draw it first", number=number)
    # Each once: in a board that somebody wrote, clips may be one another's parents.
    while take.clip and take.parent in by_file:
        take = by_file.pop(take.parent)
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
