"""Lets a board be heard while its clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from gui.timeline.board_sound import BoardSound
from storyboard.sound.loudspeaker import Line, Loudspeaker

if TYPE_CHECKING:
    from gui.document.document import Document
    from gui.timeline.play_clock import PlayClock

__all__ = ["Playback"]


class Playback(QObject):
    """The sound of a board, in time with a clock.

    The clock leads: where no device is found, the picture plays on, and `told` says so, once.

    Args:
        clock: What plays the board, in the strip and full screen.

    Attributes:
        sound: What is heard, mixed.
        speaker: What it is heard by.
    """

    told = Signal(str)
    _started = Signal(bool)

    def __init__(self, clock: PlayClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sound = BoardSound(self)
        self.speaker = Loudspeaker()
        self._clock = clock
        self._is_ready = False  # the device runs
        self._has_told = False
        self._pool = QThreadPool(self)  # a device may take its time, and the window may not
        self._pool.setMaxThreadCount(1)
        self._started.connect(self._begin)
        self.sound.changed.connect(self._change)
        clock.played.connect(self._follow)
        clock.jumped.connect(self._join)

    def show_document(self, document: Document | None) -> None:
        """Let another board be heard, or none."""
        self.sound.show_document(document)

    def begin(self) -> None:
        """Be heard, if the clock runs already."""
        self._follow(self._clock.is_playing)

    def close(self) -> None:
        """Give the device back, and wait for the threads."""
        self.speaker.hush()
        self.sound.close()
        self._pool.waitForDone()
        self.speaker.close()

    def _change(self) -> None:
        """Another mix is there, or none; while the clock runs it is heard at once."""
        if self._clock.is_playing:
            self._follow(True)

    def _follow(self, playing: bool) -> None:
        if not playing:
            self.speaker.hush()
            if self._is_ready:
                self._is_ready = False
                self._pool.start(self.speaker.stop)
        elif self.sound.mix is None:
            self.speaker.hush()
        elif self._is_ready:
            self._join()
        else:
            self._pool.start(self._start)

    def _start(self) -> None:
        self._started.emit(self.speaker.start())

    def _begin(self, is_there: bool) -> None:
        self._is_ready = is_there
        if not is_there and not self._has_told:
            self._has_told = True
            self.told.emit(
                self.tr("No device for sound was found here: the board plays without it.")
            )
        if not self._clock.is_playing:
            self._follow(False)
        else:
            self._join()

    def _join(self) -> None:
        """Be heard from where the clock is now on."""
        mix = self.sound.mix
        if self._is_ready and mix is not None and self._clock.is_playing:
            self.speaker.play(Line(mix.samples, *self._clock.begun))
