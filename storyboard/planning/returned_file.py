"""A file that comes back to its board, whatever its kind: what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from storyboard.errors import InputError
from storyboard.files import atomic
from storyboard.files.regular_file import read_regular
from storyboard.files.table_file import csv_rows, xlsx_rows
from storyboard.planning.returned_comments import is_pdf, read_comments, returned_comments
from storyboard.planning.returned_cut import is_cut, read_cut, returned_clips
from storyboard.planning.returned_table import returned_rows
from storyboard.planning.returning import merge_of
from storyboard.values.bounds import PDF_BYTES, TABLE_BYTES
from storyboard.values.frame_rate import FILM

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard
    from storyboard.values.frame_rate import FrameRate

__all__ = ["EDL", "RETURNED", "ReturnedFile", "returned_file"]

EDL = ".edl"
"""How a cut is called that does not say its rate."""

RETURNED = (".otio", ".otioz", ".xml", ".fcpxml", EDL, ".aaf", ".csv", ".xlsx", ".pdf")
"""How files are called that come back; what they are, their bytes say."""

_NO_TABLES = frozenset(RETURNED) - {".csv", ".xlsx"}
_AAF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class ReturnedFile(NamedTuple):
    """What came back.

    Attributes:
        merge: What it would change.
        told: What could not be taken, a line each.
    """

    merge: Merge
    told: tuple[str, ...] = ()


def returned_file(
    path: Path,
    board: Storyboard,
    taken: Collection[str],
    keys: frozenset[str] | None = None,
    rate: FrameRate = FILM,
) -> ReturnedFile:
    """Read a cut, a shot list in a table, or a PDF with comments, and join it with its board.

    Args:
        path: The file.
        board: The board as it is.
        taken: Keys that no new panel may have.
        keys: The panels that were sent out; all of them if None.
        rate: Of an EDL, which does not say its own.

    Raises:
        InputError: It is none of these, is damaged, or another board's; one line.
    """
    try:
        data = read_regular(path, PDF_BYTES)
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
        ) from None
    name = path.name
    if is_pdf(data):
        comments = read_comments(data, name)
        merge = merge_of(board, returned_comments(comments, board), is_list=True)
        return ReturnedFile(merge, comments.told)
    if data.startswith(_AAF):
        raise InputError(
            "{name} is an AAF, which is written but not read back: export the sequence as OTIO, "
            "XML or EDL",
            name=name,
        )
    if is_cut(data):
        returned = returned_clips(read_cut(data, name, rate), board, keys)
        return ReturnedFile(merge_of(board, returned, keys, taken=taken))
    if path.suffix.lower() in _NO_TABLES:
        raise InputError(
            "{name} is empty, damaged or not what its name says: export it again", name=name
        )
    if len(data) > TABLE_BYTES:
        raise InputError(
            "{name} has more than {table_bytes} bytes: save the shot list alone",
            name=name,
            table_bytes=f"{TABLE_BYTES:,}",
        )
    read = xlsx_rows if data.startswith(b"PK") else csv_rows
    returned = returned_rows(read(data, name), board, name)
    return ReturnedFile(merge_of(board, returned, keys, is_list=True, taken=taken))
