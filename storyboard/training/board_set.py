"""The board's own pinned takes of a character as a data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError, StoryboardError
from storyboard.project.project_view import ProjectView
from storyboard.training.captions import traits_caption, with_trigger
from storyboard.training.example import Example, look_at
from storyboard.values.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.training.schema import Dataset
    from storyboard.values.board import Panel

__all__ = ["board_examples"]


def board_examples(
    dataset: Dataset, base: Path, trigger: str, wrong: Callable[[str], None]
) -> list[Example]:
    """An example for each panel whose take somebody has pinned, with the character alone in it.

    Args:
        dataset: What is wanted.
        base: The folder that paths are relative to.
        trigger: In every caption.
        wrong: Told of pictures that cannot be used.

    Raises:
        ProjectError: The project cannot be read.
        InputError: It has no such character, or no pinned take of it.
    """
    view = ProjectView.look(base / (dataset.board or ""))
    character = view.board.character(dataset.character or "")
    if character is None:
        raise InputError(
            "board {board} has no character {name}: it has {names}",
            board=dataset.board,
            name=dataset.character,
            names=", ".join(each.name for each in view.board.characters) or "nobody",
        )
    found: list[Example] = []
    for number, panel in enumerate(view.board.panels, 1):
        take = panel.shown
        alone = panel.shot.characters == (character.name,)
        if take is None or take.file != panel.pinned or not alone or take.kind is MediaKind.FILM:
            continue
        try:
            picture = look_at(view.picture(take))
        except StoryboardError as error:
            wrong(f"panel {number}: {error}")
            continue
        words = [dataset.caption or traits_caption(character), *_words(panel)]
        caption, plain = with_trigger(", ".join(filter(None, words)), trigger)
        found.append(Example(picture, caption, plain, weight=dataset.weight))
    if not found:
        raise InputError(
            "board {board} has no pinned take of {name} alone: pin those that are to be learned",
            board=dataset.board,
            name=character.name,
        )
    return found


def _words(panel: Panel) -> list[str]:
    """What the panel shows beside the character, as its prompt says it."""
    shot = panel.shot
    return [shot.prompt_action, shot.size.value, shot.setting, shot.time_of_day]
