"""From the story in the window to a board, at once and again: what was drawn stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.planning.characters import cast
from storyboard.planning.chosen_planner import planned_as_chosen
from storyboard.planning.new_board import new_board
from storyboard.planning.passages import is_edited
from storyboard.planning.planner import plan
from storyboard.planning.returning import Difference, Kind, Merge, Returned, merge_of
from storyboard.planning.rewording import changes
from storyboard.planning.story_update import updated
from storyboard.terminal import one_line
from storyboard.values.board import Storyboard
from storyboard.values.editing import free_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from config import Settings
    from storyboard.planning.planner import Plan
    from storyboard.values.board import Panel

__all__ = ["draft", "draft_from_list", "empty_board", "has_work"]

_LETTERS = 60


def empty_board(title: str, aspect: str = "16:9", seed: int = 0) -> Storyboard:
    """A board without a story."""
    return Storyboard(title=title, story="", language="en", aspect=aspect, seed=seed)


def has_work(board: Storyboard) -> bool:
    """Whether there is something on a board that planning it anew could lose."""
    return any(each.takes or is_edited(each.shot, each.passage) for each in board.panels)


def draft(
    board: Storyboard,
    story: str,
    settings: Settings,
    taken: Collection[str] = (),
    *,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str], object] = lambda line: None,
) -> Merge:
    """Plan a story on a board, for the first time or again.

    Panels stay with their words, pictures included. A board with work on it grows and shrinks with
    its story; where another number of panels is asked for than it has, and on a board that nobody
    has worked on, the whole story is broken down into so many. Characters keep the looks and
    references that the board gives them.

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
    if board.panels:
        follows = has_work(board) and settings.panels == len(board.panels)
        panels = None if follows else settings.panels
        if settings.planner != "rules":
            tell("what has changed in the story was broken down by the rules")
        return updated(board, story, settings, panels=panels, taken=taken)
    found = plan(story, panels=settings.panels, seed=board.seed, characters=board.characters)
    found, notes = planned_as_chosen(found, settings.planner, stop=stop)
    for line in notes:
        tell(line)
    return _begun(board, _fresh(board, found, story, settings), taken)


def draft_from_list(
    board: Storyboard, text: str, name: str, settings: Settings, taken: Collection[str] = ()
) -> Merge:
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
    fresh = _fresh(board, replace(found, characters=plain), board.story, settings)
    if not board.panels:
        return _begun(board, fresh, taken)
    returned = _returned(board.panels, fresh.panels)
    merge = merge_of(board, returned, is_list=True, taken=taken, may_be_strange=True)
    whole = replace(merge.board, language=fresh.language, characters=fresh.characters)
    return replace(merge, board=whole)


def _fresh(board: Storyboard, found: Plan, story: str, settings: Settings) -> Storyboard:
    """The plan alone, with the cast as it is known."""
    dressed = cast(found.characters, given=board.characters, default=settings.character_traits)
    settings = settings.model_copy(update={"aspect": board.aspect, "seed": board.seed})
    return new_board(replace(found, characters=dressed), story, settings)


def _begun(board: Storyboard, fresh: Storyboard, taken: Collection[str]) -> Merge:
    """The first panels of a board; none has a key that one had before."""
    used = set(taken)
    panels: list[Panel] = []
    for panel in fresh.panels:
        key = panel.key if panel.key not in used else free_key(used)
        used.add(key)
        panels.append(replace(panel, key=key))
    new = tuple(
        Difference(Kind.NEW, number, 0, each.key, (one_line(each.shot.action, _LETTERS),))
        for number, each in enumerate(panels, 1)
    )
    return Merge(replace(fresh, panels=tuple(panels)), new)


def _returned(old: Sequence[Panel], listed: Sequence[Panel]) -> list[Returned]:
    """For each shot of a list the panel that shows it, or at least the same words of the story."""
    left = list(old)
    homes: dict[int, Panel] = {}
    for is_same in (_shows_the_same, _has_the_same_words):
        for index, panel in enumerate(listed):
            home = next((each for each in left if is_same(each, panel)), None)
            if index not in homes and home is not None:
                left.remove(home)
                homes[index] = home
    returned: list[Returned] = []
    for index, panel in enumerate(listed):
        shot, home = panel.shot, homes.get(index)
        if home is None:
            name = one_line(shot.action, _LETTERS)
            entry = Returned(
                "", shot, panel.seed, name=name, left_out=panel.left_out, passage=panel.passage
            )
        elif _shows_the_same(home, panel):
            entry = Returned(home.key, left_out=panel.left_out)
        else:
            words = changes(home.shot, shot)
            entry = Returned(home.key, shot, words=words, left_out=panel.left_out)
        returned.append(entry)
    return returned


def _shows_the_same(panel: Panel, other: Panel) -> bool:
    """Whether two shots show the same, whoever wrote the prompt."""
    return replace(panel.shot, prompt_by_hand=other.shot.prompt_by_hand) == other.shot


def _has_the_same_words(panel: Panel, other: Panel) -> bool:
    one, two = panel.passage, other.passage
    return bool(one and two and (one.place, one.texts) == (two.place, two.texts))
