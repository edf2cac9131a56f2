"""Questions that are worked out in a thread, of which only the last one is answered."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LatestAnswer"]


class LatestAnswer(QObject):
    """Answers `ask` with `answered` or, where the user's input is at fault, with `failed`.

    One question is worked on at a time. A newer one drops those that wait, and the answer of the
    one that is being worked on is not told any more.

    Args:
        rest: Milliseconds without another question before work on one begins; for questions that
            come with every letter that is typed.
    """

    answered = Signal(object)
    failed = Signal(str)
    _worked_out = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None, *, rest: int = 0) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._number = 0
        self._work: Callable[[], object] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest)
        self._rest.timeout.connect(self._begin)
        self._worked_out.connect(self._tell)

    def ask(self, work: Callable[[], object]) -> None:
        """Have `work` called in the thread; what it returns is the answer.

        Args:
            work: May raise a `StoryboardError`, whose sentence `failed` carries. It holds no
                widget, and waits for nothing that `close` could not wait for.
        """
        self.drop()
        self._work = work
        if self._rest.interval():
            self._rest.start()
        else:
            self._begin()

    def drop(self) -> None:
        """Want no answer any more to what was asked so far."""
        self._rest.stop()
        self._number += 1
        self._work = None
        self._pool.clear()

    def close(self) -> None:
        """Want no answer any more, and wait for the thread."""
        self.drop()
        self._pool.waitForDone()

    def _begin(self) -> None:
        number, work = self._number, self._work
        if work is None:
            return

        def answer() -> None:
            found: object = None
            problem = ""
            try:
                found = work()
            except StoryboardError as error:
                problem = error_words(error)
            with suppress(RuntimeError):  # the window went meanwhile: nobody waits for an answer
                self._worked_out.emit(number, found, problem)

        self._pool.start(answer)

    def _tell(self, number: int, found: object, problem: str) -> None:
        if number != self._number:
            return
        if problem:
            self.failed.emit(problem)
        else:
            self.answered.emit(found)
