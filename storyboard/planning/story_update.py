"""A changed story laid beside its board: planning again is a merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.planning.characters import cast
from storyboard.planning.placement import placed
from storyboard.planning.planner import passage_of, present, shots_of, tell
from storyboard.planning.regrouping import known_passages, regrouped
from storyboard.planning.returning import Merge, Returned, merge_of
from storyboard.planning.rewording import reworded
from storyboard.planning.scene_numbers import scene_numbers
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from config import Settings
    from storyboard.values.board import Storyboard

__all__ = ["updated"]

_LETTERS = 60


def updated(
    board: Storyboard,
    story: str,
    settings: Settings,
    *,
    panels: int | None = None,
    taken: Collection[str] = (),
) -> Merge:
    """Join a board with its story as it is written now.

    Args:
        board: As it is; with panels.
        story: The text as the author gives it.
        settings: The looks of a main character without any.
        panels: How many there shall be; as many as stay and as the new words need, if None.
        taken: Keys that panels had who are no longer on the board.

    Raises:
        InputError: Nothing to plan, a story that is too long, or more panels than a board holds.
    """
    # 1. The story as it is told now, in beats that know their panels.
    told = tell(story, characters=board.characters)
    passages = known_passages(board.panels)
    rows = regrouped(passages, told, panels)
    shots = shots_of(told, [each.beat for each in rows], board.seed)
    shots = scene_numbers(board, rows, shots)

    # 2. What each panel shall show.
    now = {each.key: each for each in board.panels}
    returned: list[Returned] = []
    for row, shot in zip(rows, shots, strict=True):
        passage = passage_of(told, row.beat, shot)
        if not row.key:
            name = one_line(shot.action, _LETTERS)
            returned.append(Returned("", shot, name=name, passage=passage))
            continue
        panel = now[row.key]
        shown = reworded(panel.shot, passages[row.key], shot, passage, row.beat)
        merged = replace(shown.shot, scene=shot.scene)
        entry = Returned(row.key, merged, words=shown.words, own=shown.own, passage=shown.passage)
        returned.append(entry)

    # 3. In which order, and with whom.
    by_hand = {each.key: Returned(each.key) for each in board.panels if each.key not in passages}
    order = (
        by_hand[each] if isinstance(each, str) else returned[each]
        for each in placed(board, rows, passages)
    )
    found = merge_of(board, [*order], is_list=True, taken=taken, may_be_strange=True)
    known = {each.name for each in board.characters}
    new = [each for each in present(told.cast, shots) if each.name not in known]
    characters = (*board.characters, *cast(new, default=settings.character_traits))
    whole = replace(found.board, story=story, language=told.words.language, characters=characters)
    return replace(found, board=whole)
