"""A board from the pictures alone: each carries its shot, its panel's key and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files.png import BrokenPngError
from storyboard.project.folder import PANELS, ProjectFolder
from storyboard.project.recipe import BoardContext, Recipe
from storyboard.project.recipe_file import recipe_in
from storyboard.project.record import MAX_TAKES, board_from_yaml, board_to_yaml
from storyboard.project.record_fields import is_file_name
from storyboard.values import bounds
from storyboard.values.board import Panel, Storyboard, Take

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FoundTake", "adopt", "find_takes", "rebuild", "take_number"]

_TAKE = re.compile(r"panel-\d{3,}-take-(\d{2,6})-[0-9a-f]{1,64}\.png", re.ASCII)


@dataclass(frozen=True, slots=True)
class FoundTake:
    """A whole picture in the panels folder, with its recipe."""

    take: Take
    recipe: Recipe

    @property
    def key(self) -> str:
        """Key of the panel it was rendered for; empty if it does not say."""
        return self.recipe.board.key if self.recipe.board else ""


def take_number(file: str) -> int:
    """The take's number in a file name; 0 where the name is none of ours."""
    match = _TAKE.fullmatch(file)
    return int(match[1]) if match else 0


def find_takes(files: ProjectFolder, known: Iterable[str] = ()) -> tuple[FoundTake, ...]:
    """Read the recipes of all whole pictures among the panels, except those already known.

    A picture that is cut off, foreign, without a board in its recipe, or with one that no record
    can hold, is passed over: a stranger's picture must not keep a project from opening.

    Args:
        files: The project.
        known: File names that need not be read.
    """
    skip = set(known)
    names = [each for each in files.names(PANELS) if is_file_name(each) and each not in skip]
    found: list[FoundTake] = []
    for name in names[: bounds.REBUILT_PICTURES]:
        recipe = _recipe(files, name)
        if recipe and recipe.board:
            each = FoundTake(recipe.take(name), recipe)
            found += [each] if _can_be_recorded(each, recipe.board) else []
    # Names first, not clocks: a clock that went back must not reorder the takes.
    return tuple(sorted(found, key=lambda each: (take_number(each.take.file), each.take.file)))


def adopt(board: Storyboard, found: Iterable[FoundTake]) -> Storyboard:
    """Add found takes to the panels they were rendered for; others are passed over."""
    takes: dict[str, list[Take]] = {}
    for each in found:
        takes.setdefault(each.key, []).append(each.take)
    panels = tuple(
        replace(panel, takes=(panel.takes + _new(panel, takes.get(panel.key, ())))[:MAX_TAKES])
        for panel in board.panels
    )
    return replace(board, panels=panels)


def rebuild(found: tuple[FoundTake, ...], base: Storyboard | None) -> Storyboard | None:
    """Put a board together from pictures and, where there is one, its newest snapshot.

    The snapshot knows the author's order and the panels not rendered yet; the pictures know what
    was rendered since. Without a snapshot the pictures alone decide.

    Returns:
        The board, or None where there is neither.
    """
    if not found:
        return base
    newest = max(found, key=_age).recipe.board
    assert newest is not None  # find_takes keeps no other
    board = base or _without_panels(newest)
    panels = list(board.panels)
    keys = {panel.key for panel in panels}
    for number, panel in sorted(_lost_panels(found, keys), key=lambda each: each[0]):
        panels.insert(min(number - 1, len(panels)), panel)
    return adopt(replace(board, panels=tuple(panels)), found)


def _age(each: FoundTake) -> tuple[int, int, str]:
    # By what the picture counted itself; its time is only what a clock said.
    drawn = each.recipe.board.drawn if each.recipe.board else 0
    return drawn, take_number(each.take.file), each.take.file


def _without_panels(context: BoardContext) -> Storyboard:
    return Storyboard(
        title=context.title,
        story=context.story,
        language=context.language,
        aspect=context.aspect,
        seed=context.seed,
        characters=context.characters,
    )


def _can_be_recorded(each: FoundTake, context: BoardContext) -> bool:
    panel = Panel(context.key, context.shot, context.panel_seed, (each.take,))
    try:
        board_from_yaml(board_to_yaml(replace(_without_panels(context), panels=(panel,))))
    except ProjectError:
        return False
    return True


def _lost_panels(found: tuple[FoundTake, ...], keys: set[str]) -> list[tuple[int, Panel]]:
    # Of several takes the last one counts: its shot is the latest wording.
    lost: dict[str, tuple[int, Panel]] = {}
    for each in found:
        context = each.recipe.board
        if context and context.key not in keys:
            panel = Panel(context.key, context.shot, context.panel_seed)
            lost[context.key] = (context.number, panel)
    return list(lost.values())


def _new(panel: Panel, takes: Iterable[Take]) -> tuple[Take, ...]:
    held = {take.file for take in panel.takes}
    return tuple(take for take in takes if take.file not in held)


def _recipe(files: ProjectFolder, name: str) -> Recipe | None:
    try:
        return recipe_in(files.read_png(PANELS, name), name)
    except (OSError, BrokenPngError, InputError):
        return None
