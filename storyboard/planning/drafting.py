"""From the story in the window to a board, at once and again: what was drawn stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.planning.characters import cast
from storyboard.planning.chosen_planner import planned_as_chosen
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import plan
from storyboard.values.board import Storyboard
from storyboard.values.editing import free_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from config import Settings
    from storyboard.planning.planner import Plan
    from storyboard.values.shot import Shot

__all__ = ["draft", "draft_from_list", "empty_board"]


def empty_board(title: str, aspect: str = "16:9", seed: int = 0) -> Storyboard:
    """A board without a story."""
    return Storyboard(title=title, story="", language="en", aspect=aspect, seed=seed)


def draft(
    board: Storyboard,
    story: str,
    settings: Settings,
    taken: Collection[str] = (),
    *,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str], object] = lambda line: None,
) -> Storyboard:
    """Plan a story anew on a board.

    A shot that comes out as it was keeps its panel, pictures included; the others get panels of
    their own. Characters keep the looks and references that the board gives them.

    Args:
        board: The board so far; its aspect, seed and title stay.
        story: The text as the author gives it.
        settings: The number of panels, and the looks of a main character without any.
        taken: Keys that panels had who are no longer on the board.
        stop: Whether nobody waits any more, for planners that take their time.
        tell: Called with each line about a planner that the settings name.

    Raises:
        InputError: Nothing to plan, a story that is too long, or no such planner.
        StoppedError: `stop` said so.
    """
    found = plan(story, panels=settings.panels, seed=board.seed, characters=board.characters)
    found, notes = planned_as_chosen(found, settings.planner, stop=stop)
    for line in notes:
        tell(line)
    return _laid_out(board, found, story, settings, taken)


def draft_from_list(
    board: Storyboard, text: str, name: str, settings: Settings, taken: Collection[str] = ()
) -> Storyboard:
    """Lay out a shot list, as `storyboard plan` prints it, in the same way.

    Args:
        board: As for `draft`.
        text: The list.
        name: What messages call it.
        settings: As for `draft`.
        taken: As for `draft`.

    Raises:
        InputError: It is no shot list, or a line of it is wrong.
    """
    from storyboard.planning.shot_list import from_yaml

    found = from_yaml(text, name)
    # The pictures that a list names lie beside it; the window takes them by drag and drop.
    plain = tuple(replace(each, references=()) for each in found.characters)
    return _laid_out(board, replace(found, characters=plain), board.story, settings, taken)


def _laid_out(
    board: Storyboard, found: Plan, story: str, settings: Settings, taken: Collection[str]
) -> Storyboard:
    # 1. The cast as it is known.
    dressed = cast(found.characters, given=board.characters, default=settings.character_traits)
    settings = settings.model_copy(update={"aspect": board.aspect, "seed": board.seed})
    fresh = new_board(replace(found, characters=dressed), story, settings)

    # 2. Old panels for equal shots, new keys for the rest.
    old = list(board.panels)
    used = {*taken, *(each.key for each in old)}
    panels = []
    for panel in fresh.panels:
        same = next((each for each in old if _is_same(each.shot, panel.shot)), None)
        if same is not None:
            old.remove(same)
            panels.append(same)
            continue
        key = panel.key if panel.key not in used else free_key(used)
        used.add(key)
        panels.append(replace(panel, key=key))
    # A title that somebody chose stays; one that the planner gave follows the story.
    title = fresh.title if not board.panels else board.title
    return replace(fresh, title=title, panels=tuple(panels))


def _is_same(shot: Shot, planned: Shot) -> bool:
    """Whether two shots show the same, whoever wrote the prompt."""
    return replace(shot, prompt_by_hand=planned.prompt_by_hand) == planned
