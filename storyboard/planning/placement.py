"""Where the panels of a changed story stand: as on the board, unless the story has moved them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.planning.returning import longest_rising

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storyboard.planning.regrouping import Row
    from storyboard.values.board import Storyboard
    from storyboard.values.passage import Passage

__all__ = ["placed"]


def placed(
    board: Storyboard, rows: Sequence[Row], passages: Mapping[str, Passage]
) -> list[int | str]:
    """The order of the board to come.

    Panels that somebody has moved by hand stay where they are, and so do those that the story
    knows nothing of.

    Args:
        board: As it is.
        rows: In the order of the story as it is now.
        passages: Where the board's panels come from, by key; those made by hand are not there.

    Returns:
        Indices of `rows`, and keys of panels made by hand.
    """
    # 1. What stands in the story as it stood is steady.
    places = {key: place for place, key in enumerate(_by_story(passages))}
    own = {each.key: index for index, each in enumerate(rows) if each.key}
    steady = longest_rising([places[key] for key in own])
    order: list[int | str] = []
    for panel in board.panels:
        if panel.key not in passages:
            order.append(panel.key)
        elif panel.key in own and places[panel.key] in steady:
            order.append(own[panel.key])
    # 2. The others follow whom they follow in the story, and panels by hand that belong to those.
    there = set(order)
    for index in range(len(rows)):
        if index in there:
            continue
        if index:
            place = order.index(index - 1) + 1
            while place < len(order) and isinstance(order[place], str):
                place += 1
        else:
            later = (at for at, each in enumerate(order) if isinstance(each, int))
            place = next(later, len(order))
        order.insert(place, index)
    return order


def _by_story(passages: Mapping[str, Passage]) -> list[str]:
    return sorted(passages, key=lambda key: passages[key].place)
