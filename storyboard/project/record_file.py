"""The record on the disk: found, read, or said in one line why not and what to do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.yaml_tree import MAX_BYTES, without_collecting
from storyboard.project.folder import PANELS, RECORD, SNAPSHOTS, DiskError, ProjectFolder
from storyboard.project.record import FORMAT, NewerRecordError, board_from_yaml
from storyboard.project.record_end import RecordEnd, checksum, split_end
from storyboard.values.board import Storyboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


__all__ = ["SavedBoard", "read_board", "saved_board", "saved_in"]

_REBUILT_FROM = (PANELS, SNAPSHOTS)
_FORMAT = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t\"']*format[\"']?[ \t]*:[ \t]*[\"']?(\d{1,9})", re.M)
_ENDS_FROM = 2
"""From this format on a record has a last line; see `storyboard.project.record_end`."""


@dataclass(frozen=True, slots=True)
class SavedBoard:
    """A board as it lies on the disk.

    Attributes:
        data: The file.
        board: What it says.
        end: Its last line; None in a record of the first format.
    """

    data: bytes
    board: Storyboard
    end: RecordEnd | None

    @property
    def is_hand_edited(self) -> bool:
        """Whether it was changed since the program saved it."""
        if self.end is None:
            return False
        return checksum(split_end(self.data.decode("utf-8-sig"))[0]) != self.end.checksum


def read_board(folder: Path) -> Storyboard:
    """Read a project's board without opening the project, as it was last saved.

    Raises:
        ProjectError: No project, a damaged record, or one made by a newer version.
    """
    return saved_board(folder).board


def saved_board(folder: Path) -> SavedBoard:
    """Read a project's record.

    Raises:
        DiskError: The disk refuses; the record may be whole.
        ProjectError: No project, or its record is missing, damaged, cut short or too new.
    """
    try:
        _check(folder)
    except OSError as error:  # of a folder that may not be looked into
        raise DiskError(
            "cannot read {path}: {reason}", path=folder, reason=atomic.describe(error)
        ) from None
    with _way_out(folder):
        return saved_in(ProjectFolder(folder).read(RECORD), str(folder / RECORD))


def saved_in(data: bytes, source: str) -> SavedBoard:
    """The board in the bytes of a record; prompts whose action was edited in it are made anew.

    Args:
        data: One byte more than `MAX_BYTES` where the file is larger.
        source: What messages call it.

    Raises:
        NewerRecordError: A newer version has made it, whatever else may be wrong with it.
        ProjectError: Damaged, or cut short.
    """
    # 1. A newer record is said to be newer even where this version cannot read it at all.
    match = _FORMAT.search(data)
    version = int(match[1]) if match else 0
    if version > FORMAT:
        raise NewerRecordError(
            "{source} has format {version}, made by a newer version of Storyboard; this one "
            "reads up to {format}: update Storyboard",
            source=source,
            version=version,
            format=FORMAT,
        )
    # 2. The text, whole to its last line.
    if len(data) > MAX_BYTES:
        raise ProjectError(
            "{source} is larger than {max_bytes} MB: is it the right file?",
            source=source,
            max_bytes=MAX_BYTES // 1024**2,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProjectError(
            "{source}, line {line}: this is not UTF-8 text", source=source, line=line
        ) from None
    body, end = split_end(text)
    if end is None and version >= _ENDS_FROM:
        raise ProjectError(
            "{source} was cut short, its last line is missing: copy the whole file again",
            source=source,
        )
    # 3. What it says.
    with without_collecting():
        board = board_from_yaml(body, source)
    return SavedBoard(data, _with_prompts(board), end)


def _with_prompts(board: Storyboard) -> Storyboard:
    if all(each.shot.prompt_action or each.shot.prompt_by_hand for each in board.panels):
        return board
    # The planner's word lists are read only where a prompt has to be made.
    from storyboard.planning.derived import with_derived_prompts

    return with_derived_prompts(board)


def _check(folder: Path) -> None:
    record = folder / RECORD
    if folder.exists() and not folder.is_dir():
        raise ProjectError(
            "{folder} is a file, not a project folder: check the path", folder=folder
        )
    if not folder.exists():
        raise ProjectError("{folder} does not exist: check the path of the project", folder=folder)
    files = ProjectFolder(folder)
    if files.has(RECORD):
        return
    if any((folder / name).is_dir() and not files.is_unused(name) for name in _REBUILT_FROM):
        raise ProjectError(
            "{record} is missing: rebuild it from the pictures with 'storyboard restore {folder}'",
            record=record,
            folder=folder,
        )
    raise ProjectError(
        "{folder} is no storyboard project: it holds no {record}", folder=folder, record=RECORD
    )


@contextmanager
def _way_out(folder: Path) -> Iterator[None]:
    """Say how a board is rebuilt whose record is damaged."""
    try:
        yield
    except (NewerRecordError, DiskError):
        raise  # it may be whole, only not for this version, or not now
    except ProjectError as error:
        raise ProjectError(
            "{error}; mend it there, or rebuild the board with 'storyboard restore {folder}'",
            error=error,
            folder=folder,
        ) from None
