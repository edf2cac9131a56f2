"""The record of an open project: replaced only when it is still what this process saw last.

The lock keeps two programs on one machine apart, but not two machines on one share, and no lock
keeps a person's editor away. So what lies on the disk is compared before it is replaced. A board
that somebody else has saved is joined with ours; one that cannot be read is kept aside.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.message import Message
from storyboard.project.folder import PANELS, RECORD, ProjectFolder
from storyboard.project.record import NewerRecordError
from storyboard.project.record_end import RecordEnd, checksum, split_end
from storyboard.project.record_file import SavedBoard, saved_in
from storyboard.project.snapshots import number_of
from storyboard.project.three_way import three_way
from storyboard.values.board import Storyboard

if TYPE_CHECKING:
    from storyboard.project.record_text import Written
    from storyboard.project.snapshots import Snapshots
    from storyboard.values.board import Take

__all__ = ["Found", "RecordChangedError", "SavedRecord"]

_REMEMBERED = 64
"""Earlier states of a board that a process remembers, to see what others have changed in them."""


class RecordChangedError(Exception):
    """Somebody else has saved the board between looking and replacing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a save found on the disk.

    Attributes:
        board: The board to write: the one that is to be saved, with what others have saved.
        data: The file on the disk; None where there is none.
        theirs: What others have saved, if it could be read.
        disputed: What of theirs is not in `board`.
    """

    board: Storyboard
    data: bytes | None
    theirs: SavedBoard | None = None
    disputed: tuple[str, ...] = ()


class SavedRecord:
    """``board.yaml`` as this process saw it last.

    Attributes:
        notices: What there is to tell about others' changes, a line each.
    """

    def __init__(self, files: ProjectFolder, snapshots: Snapshots) -> None:
        self.notices: list[Message] = []
        self._files, self._snapshots = files, snapshots
        self._writer = secrets.token_hex(4)
        self._data: bytes | None = None
        self._end = RecordEnd(0, 0, "", ())
        self._past: deque[tuple[str, int, Storyboard]] = deque(maxlen=_REMEMBERED)
        self._aside: bytes | None = None
        self._wrote = False

    def seen(self, saved: SavedBoard) -> None:
        """Remember what was read when the project was opened."""
        self._remember(saved.data, _end_of(saved), saved.board)

    def text(self, written: Written) -> str:
        """The text of a board as a record of it would be saved now, for a snapshot."""
        return written.text + self._next(written).line

    def found(self, board: Storyboard, base: Storyboard | None) -> Found:
        """Look at the disk before a board is saved, and join what others have saved meanwhile.

        Args:
            board: What is to be saved.
            base: What was saved last by this process, or read when it opened the project.

        Raises:
            NewerRecordError: A newer version has saved it, and it must not be replaced.
            ProjectError: The disk cannot be read.
        """
        data = self._on_disk()
        if data is None or data == self._data:
            return Found(board, data)
        try:
            theirs = saved_in(data, str(self._files.path / RECORD))
        except NewerRecordError:
            raise
        except ProjectError:
            return Found(board, data)
        joined = three_way(self._common(theirs, base), board, theirs.board, self._is_there)
        return Found(joined.board, data, theirs, joined.disputed)

    def replace(self, written: Written, found: Found) -> None:
        """Write the record.

        Raises:
            RecordChangedError: It is not any more what was found; nothing was written.
            ProjectError: The disk refuses; nothing was written.
        """
        # 1. What is not in the new board is kept first.
        unread = found.data not in (None, self._data) and found.theirs is None
        if unread and found.data != self._aside:
            assert found.data is not None
            name = self._files.keep_aside(found.data)
            self._aside = found.data
            self._tell(
                Message(
                    "{record} was damaged by something else meanwhile: kept as {name}",
                    {"record": RECORD, "name": name},
                )
            )
        if found.theirs is not None:
            self._keep_theirs(found.theirs, found.disputed)
        # 2. The new record, in which the saves of both are.
        end = self._next(written, *([_end_of(found.theirs)] if found.theirs else []))
        data = (written.text + end.line).encode()

        def check() -> None:
            if self._on_disk() != found.data:
                raise RecordChangedError

        self._files.write(RECORD, data, check)
        self._wrote = True
        self._remember(data, end, written.board)

    def is_overtaken(self, board: Storyboard) -> bool:
        """Whether others have replaced what this process saved, and it is not all in theirs."""
        if not self._wrote:
            return False
        found = self.found(board, board)
        return found.theirs is not None and found.board != found.theirs.board

    def _keep_theirs(self, theirs: SavedBoard, disputed: tuple[str, ...]) -> None:
        by_hand = theirs.is_hand_edited
        who = "was edited by hand" if by_hand else "was saved by another window or machine"
        if not disputed:
            fields = {"record": RECORD, "who": who}
            self._tell(Message("{record} {who} meanwhile: its changes are on the board", fields))
            return
        name = self._snapshots.add(theirs.data.decode("utf-8-sig"))
        shown = ", ".join(disputed[:5]) + (" and more" if len(disputed) > 5 else "")
        self._tell(
            Message(
                "{record} {who} meanwhile, and {shown} changed here too: theirs is kept as "
                "snapshot {number}, everything else is on the board",
                {"record": RECORD, "who": who, "shown": shown, "number": number_of(name)},
            )
        )

    def _tell(self, line: Message) -> None:
        if line not in self.notices:
            self.notices.append(line)

    def _common(self, theirs: SavedBoard, base: Storyboard | None) -> Storyboard | None:
        """The board that theirs and ours were both made from; None where nobody knows."""
        end = theirs.end
        if end is None:
            return base
        known = reversed(self._past)
        return next((board for who, save, board in known if end.follows(who, save)), None)

    def _next(self, written: Written, *others: RecordEnd) -> RecordEnd:
        panels = len(written.board.panels)
        return self._end.after(
            *others, writer=self._writer, panels=panels, checksum=written.checksum
        )

    def _remember(self, data: bytes, end: RecordEnd, board: Storyboard) -> None:
        self._data, self._end = data, end
        self._past.append((*end.writers[0], board))

    def _is_there(self, take: Take) -> bool:
        return self._files.has(PANELS, take.file)

    def _on_disk(self) -> bytes | None:
        return self._files.read(RECORD) if self._files.has(RECORD) else None


def _end_of(saved: SavedBoard) -> RecordEnd:
    """The last line of a record; of one that has none, one that its text stands for."""
    if saved.end is not None:
        return saved.end
    total = checksum(split_end(saved.data.decode("utf-8-sig"))[0])
    return RecordEnd(len(saved.board.panels), 0, total, ((total[:8], 0),))
