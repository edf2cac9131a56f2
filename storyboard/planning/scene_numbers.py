"""Numbers of scenes on a board whose story has changed: what is drawn keeps its number.

A scene that was written in between 2 and 3 is 2A, as on a set: papers that people hold name the
others by their numbers. Where nothing is drawn yet, scenes are simply counted anew.
"""

from __future__ import annotations

import re
import string
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storyboard.planning.regrouping import Row
    from storyboard.values.board import Storyboard
    from storyboard.values.shot import Shot

__all__ = ["scene_numbers"]

_NUMBER = re.compile(r"([A-Z]?\d+)[A-Z]*", re.ASCII)


def scene_numbers(
    board: Storyboard, rows: Sequence[Row], shots: Sequence[Shot]
) -> tuple[Shot, ...]:
    """Number the scenes of planned shots as they shall be on the board.

    Args:
        board: As it is.
        rows: Of the story as it is now; each with its panel, where it has one.
        shots: As the planner made them, one a row; it has counted their scenes.
    """
    now = {each.key: each.shot for each in board.panels}
    kept: dict[int, Shot] = {}  # by the planner's number, what the board has of that scene
    for row, shot in zip(rows, shots, strict=True):
        if row.key:
            kept.setdefault(shot.scene, now[row.key])
    fresh = [each for each in dict.fromkeys(shot.scene for shot in shots) if each not in kept]
    if _may_be_counted(board, rows, shots, kept):
        return tuple(shots)
    names = _names(board, shots, kept, fresh)
    return tuple(
        replace(
            shot,
            scene=now[row.key].scene,
            scene_label=shot.scene_label or now[row.key].scene_label,
        )
        if row.key
        else replace(shot, scene=names[shot.scene][0], scene_label=names[shot.scene][1])
        for row, shot in zip(rows, shots, strict=True)
    )


def _may_be_counted(
    board: Storyboard, rows: Sequence[Row], shots: Sequence[Shot], kept: dict[int, Shot]
) -> bool:
    """Whether nothing holds a number: no picture, no panel by hand, no scene set by hand."""
    if any(each.takes or each.passage is None for each in board.panels):
        return False
    now = {each.key: each.shot for each in board.panels}
    return len({each.scene for each in kept.values()}) == len(kept) and all(
        now[row.key].scene == kept[shot.scene].scene
        for row, shot in zip(rows, shots, strict=True)
        if row.key
    )


def _names(
    board: Storyboard, shots: Sequence[Shot], kept: dict[int, Shot], fresh: Collection[int]
) -> dict[int, tuple[int, str]]:
    """Number and label of each scene that the planner has counted."""
    names = {number: (shot.scene, shot.scene_label) for number, shot in kept.items()}
    told = {shot.scene: shot.scene_label for shot in shots}
    used = {each.shot.scene_name for each in board.panels} | {*told.values()}
    highest = max((each.shot.scene for each in board.panels), default=0)
    last = max([0, *(int(each) for each in used if each.isdecimal())])
    for scene in fresh:
        highest += 1
        label = told[scene]
        before = names.get(scene - 1)
        if not label and any(each > scene for each in kept):
            behind = before[1] or str(before[0]) if before else ""
            first = next(shot for number, shot in sorted(kept.items()) if number > scene)
            label = _between(behind, first.scene_name, used)
        elif not label:
            last += 1
            label = str(last) if last != highest else ""
        used.add(label or str(highest))
        names[scene] = (highest, label)
    return names


def _between(before: str, after: str, used: Collection[str]) -> str:
    """A label that no scene has: 2A behind scene 2, A1 before the first."""
    found = _NUMBER.match(before)
    stem = found[1] if found else before
    letters = [*string.ascii_uppercase, *(a + b for a in "ABC" for b in string.ascii_uppercase)]
    labels = (f"{stem}{each}" if before else f"{each}{after}" for each in letters)
    return next((each for each in labels if each not in used), "")
