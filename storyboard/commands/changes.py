"""What a command says about panels whose picture is not of the present words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.production.subject import changed_panels
from storyboard.values.change import Change, Changed
from storyboard.values.choice import numbers_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from config import Settings
    from storyboard.project.project_view import ProjectView
    from storyboard.project.recipe import Recipe
    from storyboard.values.board import Storyboard, Take

__all__ = ["changes_of", "taken_back", "told_changes"]


def changes_of(project: ProjectView, settings: Settings) -> tuple[Change, ...]:
    """The changed panels of a project, takes of older versions included."""
    from storyboard.project.recipe_file import read_recipe

    def recipe_of(take: Take) -> Recipe | None:
        try:
            return read_recipe(project.picture(take))
        except InputError:  # an own picture, or one that is damaged
            return None

    return changed_panels(project.board, settings.style, settings.negative_prompt, recipe_of)


def told_changes(changes: Sequence[Change], folder: Path) -> tuple[str, ...]:
    """Lines for people: which panels have changed since they were drawn, and what to do."""
    where = shlex.quote(str(folder))
    lines: list[str] = []
    if numbers := _of(changes, Changed.PICTURE):
        has = "has" if len(numbers) == 1 else "have"
        lines.append(
            f"{_panels(numbers)} {has} changed since being drawn: "
            f"storyboard redraw {where} --changed"
        )
    if numbers := _of(changes, Changed.PINNED):
        shows = "shows a pinned take" if len(numbers) == 1 else "show pinned takes"
        lines.append(
            f"{_panels(numbers)} {shows} of older words, as you chose; another take with: "
            f"storyboard redraw {where} --panel {numbers_text(numbers)}"
        )
    if numbers := _of(changes, Changed.WORDS):
        lines.append(
            f"{_panels(numbers)}: the action has newer words than the picture, but the prompt "
            "(prompt_action) is the one it was drawn with: change it there if the picture shall "
            "follow"
        )
    return tuple(lines)


def taken_back(before: Storyboard, after: Storyboard, folder: Path) -> tuple[str, ...]:
    """Lines about pictures that the record did not name and that opening took in again.

    A crash leaves such pictures, and so does somebody who empties ``takes`` by hand.
    """
    named = {take.file for panel in before.panels for take in panel.takes}
    numbers = [
        number
        for number, panel in enumerate(after.panels, 1)
        if any(take.file not in named for take in panel.takes)
    ]
    if not numbers:
        return ()
    return (
        f"{_panels(numbers)}: pictures that board.yaml did not name are back on the board, because "
        "nothing that was drawn is lost; a new take with: "
        f"storyboard redraw {shlex.quote(str(folder))} --panel {numbers_text(numbers)}",
    )


def _of(changes: Sequence[Change], what: Changed) -> list[int]:
    return [each.number for each in changes if each.what is what]


def _panels(numbers: Sequence[int]) -> str:
    return f"panel {numbers[0]}" if len(numbers) == 1 else f"panels {numbers_text(numbers)}"
