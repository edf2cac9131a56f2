"""Pictures of panels, gone over with passes: each becomes a take beside the one it came from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError
from storyboard.production.reworks import ReworkProduction, numbered, source_of
from storyboard.project.recipe_file import read_recipe
from storyboard.values.board import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config import Settings
    from storyboard.production.requests import FindLora
    from storyboard.project.project import Project
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.values.board import Panel
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["FinishProduction"]


class FinishProduction(ReworkProduction):
    """Goes over the pictures of panels with the passes of the settings.

    The words are those that drew the picture, where its recipe tells them; the board may say
    something else by now.

    Args:
        project: Where the board is and the takes go.
        settings: With a hires pass, a face pass or both.
        enhancer: Writes the prompts.
        model: What makes it.
        takes: For the key of each panel the file name of the take; empty for the one shown.
        best_of: Versions of each.
        find_lora: As in `Requests`.

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
        takes: Mapping[str, str],
        *,
        best_of: int = 1,
        find_lora: FindLora | None = None,
    ) -> None:
        numbers = numbered(project)
        sources = {
            panel.key: source_of(project, panel, numbers[panel.key], takes[panel.key])
            for panel in project.board.panels
            if panel.key in takes
        }
        super().__init__(
            project, settings, enhancer, model, sources, best_of=best_of, find_lora=find_lora
        )

    def _reworked(self, panel: Panel, number: int) -> PanelRequest:
        source = self._sources[panel.key]
        with Image.open(BytesIO(source.picture.picture)) as opened:
            size = opened.size
        request = self._made.finish(panel, number, source.picture, size)
        with suppress(InputError):  # a picture of the user's own, or of another program
            recipe = read_recipe(self._project.picture(source.take))
            if recipe.mode != OWN and recipe.edit is None:
                negative = recipe.negative_prompt if request.negative_prompt else ""
                return replace(request, prompt=recipe.prompt, negative_prompt=negative)
        return request
