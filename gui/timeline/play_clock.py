"""The clock by which a board plays, in the window's strip and full screen alike."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

__all__ = ["PlayClock"]

_EVERY = 33  # milliseconds between two looks; no still needs more


class PlayClock(QObject):
    """A place in time from 0 to `length`, in seconds, that runs on while it plays.

    `moved` says where it is now, `jumped` that somebody has put it there, `played` that it has
    begun or stopped.
    """

    moved = Signal(float)
    jumped = Signal()
    played = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._length = self._at = self._from = 0.0
        self._since = 0.0  # of `time.monotonic`, when it was at `_from`
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._run)

    @property
    def seconds(self) -> float:
        """Where it is."""
        return self._at

    @property
    def begun(self) -> tuple[float, float]:
        """Where it was put last, and when, by `time.monotonic`; while it plays it runs on."""
        return self._from, self._since

    @property
    def length(self) -> float:
        """Where it ends."""
        return self._length

    @property
    def is_playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    def set_length(self, seconds: float) -> None:
        """End elsewhere; who was behind the new end stands there."""
        self._length = max(0.0, seconds)
        if self._at > self._length:
            self.seek(self._length)

    def seek(self, seconds: float) -> None:
        """Go somewhere, and run on from there if it plays."""
        self._at = self._from = min(max(0.0, seconds), self._length)
        self._since = time.monotonic()
        self.moved.emit(self._at)
        self.jumped.emit()

    def play(self) -> None:
        """Run, from the beginning where it stands at the end."""
        if self.is_playing or not self._length:
            return
        self.seek(0.0 if self._at >= self._length else self._at)
        self._timer.start()
        self.played.emit(True)

    def pause(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._timer.stop()
            self.played.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def _run(self) -> None:
        self._at = min(self._length, self._from + time.monotonic() - self._since)
        self.moved.emit(self._at)
        if self._at >= self._length:
            self.pause()
