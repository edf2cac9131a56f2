"""The record on the disk: found, read, or said in one line why not and what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.project_folder import PANELS, RECORD, SNAPSHOTS, ProjectFolder
from storyboard.record import NewerRecordError, board_from_yaml
from storyboard.snapshots import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.models import Storyboard

__all__ = ["board_in", "read_board", "record_of"]

_REBUILT_FROM = (PANELS, SNAPSHOTS)


def read_board(folder: Path) -> Storyboard:
    """Read a project's board without opening the project, as it was last saved.

    Raises:
        ProjectError: No project, a damaged record, or one made by a newer version.
    """
    return board_in(record_of(folder), folder)


def record_of(folder: Path) -> str:
    """The text of a project's record.

    Raises:
        ProjectError: No project, or its record is missing or cannot be read.
    """
    try:
        _check(folder)
    except OSError as error:  # of a folder that may not be looked into
        raise ProjectError(f"cannot read {folder}: {atomic.describe(error)}") from None
    with _way_out(folder):
        return read_text(folder / RECORD)


def board_in(text: str, folder: Path) -> Storyboard:
    """The board of a record's text; prompts whose action was edited in it are made anew.

    Raises:
        ProjectError: It is damaged, or made by a newer version.
    """
    with _way_out(folder):
        board = board_from_yaml(text, str(folder / RECORD))
    if all(each.shot.prompt_action or each.shot.prompt_by_hand for each in board.panels):
        return board
    # The planner's word lists are read only where a prompt has to be made.
    from storyboard.story.derived import with_derived_prompts

    return with_derived_prompts(board)


def _check(folder: Path) -> None:
    record = folder / RECORD
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is a file, not a project folder: check the path")
    if not folder.exists():
        raise ProjectError(f"{folder} does not exist: check the path of the project")
    if record.exists() or record.is_symlink():
        return
    files = ProjectFolder(folder)
    if any((folder / name).is_dir() and not files.is_unused(name) for name in _REBUILT_FROM):
        raise ProjectError(
            f"{record} is missing: rebuild it from the pictures with 'storyboard restore {folder}'"
        )
    raise ProjectError(f"{folder} is no storyboard project: it holds no {RECORD}")


@contextmanager
def _way_out(folder: Path) -> Iterator[None]:
    """Say how a board is rebuilt whose record is damaged."""
    try:
        yield
    except NewerRecordError:
        raise  # whole, only not for this version
    except ProjectError as error:
        raise ProjectError(
            f"{error}; mend it there, or rebuild the board with 'storyboard restore {folder}'"
        ) from None
