"""A board and what came from elsewhere: shown first, and only then joined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storyboard.commands.outputs import go_on, tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Collection
    from pathlib import Path

    from storyboard.planning.returning import Merge
    from storyboard.project.project import Project
    from storyboard.values.board import Storyboard, Take

__all__ = ["add_yes", "merged"]


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Add the user's word that the board may be changed."""
    parser.add_argument("--yes", action="store_true", help="change the board, too")


def merged(
    folder: Path, merge_of: Callable[[Storyboard, Collection[str]], Merge], *, yes: bool
) -> bool:
    """Print what would change on a project's board, and with `yes` change it.

    A snapshot is kept first, and pictures of panels that leave move to ``removed/``.

    Args:
        folder: The project.
        merge_of: Makes the merge, from the board and the keys that no new panel may have.
        yes: Whether to change it.

    Returns:
        Whether the board is what the merge makes of it.
    """
    from storyboard.planning.returning import with_copies
    from storyboard.project.project import Project
    from storyboard.project.project_view import ProjectView

    if not yes:
        view = ProjectView.look(folder)
        tell(view)
        merge = merge_of(view.board, view.lost_keys)
        _print(merge, view.board)
        if merge.differences:
            print("nothing is changed yet: the same with --yes changes it")
        return merge.board == view.board
    with Project.open(folder) as project:
        go_on(project)
        before = project.board
        merge = merge_of(before, project.lost_keys)
        if merge.board != before:
            project.snapshot()
            project.save(with_copies(before, merge, partial(_copy, project)))
        _print(merge, before)
    return True


def _print(merge: Merge, before: Storyboard) -> None:
    for each in merge.differences:
        print(each)
    seconds = [
        sum(panel.shot.duration for panel in board.panels) for board in (before, merge.board)
    ]
    counts = [len(board.panels) for board in (before, merge.board)]
    if merge.differences:
        if staying := merge.staying(before):
            print(f"{_panels(staying, before)} as they are")
        print(f"{counts[0]} panels, {seconds[0]:.2f} s -> {counts[1]} panels, {seconds[1]:.2f} s")
    else:
        print("the board says the same already")


def _panels(keys: tuple[str, ...], board: Storyboard) -> str:
    """Panels by their numbers now: "panels 1-22, 24 stay"."""
    numbers = sorted(n for n, each in enumerate(board.panels, 1) if each.key in keys)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return "panels " + ", ".join("-".join(map(str, each)) for each in runs) + " stay"


def _copy(project: Project, take: Take, board: Storyboard, key: str) -> Take | None:
    return project.copy_take(take, board, key) if project.is_whole(take) else None
