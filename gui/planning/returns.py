"""Files that come back to the open board: a cut, a shot list in a table, a PDF with comments."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QInputDialog

from gui.latest_answer import LatestAnswer
from gui.words.error_words import error_words
from storyboard.errors import RenderCancelled, StoryboardError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from gui.document.document import Document
    from gui.planning.merge_dialog import MergeDialog
    from gui.widgets.message_bar import MessageBar
    from storyboard.planning.returned_file import ReturnedFile
    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard, Take
    from storyboard.values.frame_rate import FrameRate

__all__ = ["Returns"]

_RATES = ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")
_SOON = 300  # milliseconds until it is said that a file is being read: most are read by then


class _Question(NamedTuple):
    """What is being read, or joined.

    Attributes:
        path: The file.
        rate: Of an EDL.
        board: As it was when that began.
    """

    path: Path
    rate: FrameRate | None
    board: Storyboard


class _Copied(NamedTuple):
    """The board to come, with the takes that were copied for it."""

    board: Storyboard
    takes: tuple[tuple[Take, Take], ...]


class Returns(QObject):
    """Reads them in a thread, shows what they would change, and changes it in one step of undo.

    Args:
        messages: Say what cannot be taken.
        window: Above which questions are asked.
    """

    def __init__(self, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._messages, self._window = messages, window
        self._document: Document | None = None
        self._question: _Question | None = None
        self.dialog: MergeDialog | None = None
        self.rate_dialog: QInputDialog | None = None
        self._closing = threading.Event()
        self._reading = LatestAnswer(self)
        self._reading.answered.connect(self._take)
        self._reading.failed.connect(self._say_unread)
        self._copying = LatestAnswer(self)
        self._copying.answered.connect(self._apply)
        self._copying.failed.connect(self._say_unread)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._say_reading)

    def show_document(self, document: Document | None) -> None:
        """Take files back to another document, or to none."""
        for dialog in (self.dialog, self.rate_dialog):
            if dialog is not None:
                dialog.reject()
        self._document, self._question = document, None

    def close(self) -> None:
        """Want nothing any more, because the document is about to close."""
        self._closing.set()
        self._soon.stop()
        self._reading.close()
        self._copying.close()
        self._closing = threading.Event()

    def bring(self, path: Path) -> None:
        """Read a file; the rate of an EDL is asked for first, because it does not say it."""
        from storyboard.planning.returned_file import EDL

        if self._document is None:
            text = self.tr("Open the board first that {0} belongs to.")
            self._messages.problem(text.format(path.name))
        elif path.suffix.lower() == EDL:
            self._ask_rate(path)
        else:
            self._read(path, None)

    def _ask_rate(self, path: Path) -> None:
        self.rate_dialog = dialog = QInputDialog(self._window)
        dialog.setWindowTitle(path.name)
        dialog.setLabelText(
            self.tr("An EDL does not say its rate. How many frames a second does the cut have?")
        )
        dialog.setComboBoxItems(_RATES)
        dialog.setComboBoxEditable(True)
        dialog.setTextValue("24")
        dialog.textValueSelected.connect(partial(self._read_at, path))
        dialog.finished.connect(self._forget_rate_dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _forget_rate_dialog(self) -> None:
        self.rate_dialog = None

    def _read_at(self, path: Path, rate: str) -> None:
        from storyboard.values.frame_rate import parse_rate

        try:
            self._read(path, parse_rate(rate))
        except StoryboardError as error:
            self._messages.problem(error_words(error))

    def _read(self, path: Path, rate: FrameRate | None) -> None:
        from storyboard.planning.returned_file import returned_file
        from storyboard.values.frame_rate import FILM

        document = self._document
        if document is None:
            return
        board, taken = document.board, document.keys
        self._question = _Question(path, rate, board)
        self._soon.start()
        self._reading.ask(lambda: returned_file(path, board, taken, None, rate or FILM))

    def _take(self, come: ReturnedFile) -> None:
        """Show what a file would change, or begin anew where the board has changed meanwhile."""
        document, question = self._document, self._question
        self._soon.stop()
        if document is None or question is None:
            return
        if document.board != question.board:
            self._read(question.path, question.rate)
        elif come.merge.differences:
            self._messages.hide()
            self._tell(come)
            self._show(question.path.name, come.merge)
        else:
            self._messages.tell(self.tr("The board says the same already."))
            self._tell(come)

    def _tell(self, come: ReturnedFile) -> None:
        if come.told:
            self._messages.tell("\n".join(come.told))

    def _show(self, name: str, merge: Merge) -> None:
        from gui.planning.merge_dialog import MergeDialog

        assert self._document is not None
        title = self.tr("What {0} changes").format(name)
        self.dialog = dialog = MergeDialog(self._document.board, merge, self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._join, merge))
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _join(self, merge: Merge) -> None:
        """Copy the pictures of panels that come twice, in the thread, and then change the board."""
        from storyboard.planning.returning import with_copies

        document, question = self._document, self._question
        if document is None or question is None:
            return
        self._question = question._replace(board=document.board)
        closing = self._closing
        before = document.board

        def work() -> _Copied:
            takes: list[tuple[Take, Take]] = []

            def copy(take: Take, board: Storyboard, key: str) -> Take | None:
                if closing.is_set():
                    raise RenderCancelled("the board was closed; nothing of it is changed")
                own = document.copy_take(take, board, key)
                if own is not None:
                    takes.append((take, own))
                return own

            return _Copied(with_copies(before, merge, copy), tuple(takes))

        self._copying.ask(work)

    def _apply(self, copied: _Copied) -> None:
        document, question = self._document, self._question
        if document is None or question is None:
            return
        if document.board != question.board:  # it was edited while pictures were copied
            self._read(question.path, question.rate)
            return
        for take, own in copied.takes:
            document.annotations.copy(take, own)
        document.edit(self.tr("Import"), copied.board)

    def _say_reading(self) -> None:
        if self._question is not None:
            text = self.tr("Reading {0}\u2026").format(self._question.path.name)
            self._messages.tell(text)

    def _say_unread(self, problem: str) -> None:
        self._soon.stop()
        self._messages.problem(problem)
