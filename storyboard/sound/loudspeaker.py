"""Sound that is heard: samples played by the system's device, in time with somebody's clock.

The clock leads and the sound follows it. A picture therefore plays on where there is no device, or
where one goes away, and a device that is late joins at the right place.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from storyboard.sound.samples import CHANNELS, RATE, frames_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

__all__ = ["BACKENDS", "Line", "Loudspeaker"]

BACKENDS: list[Any] = []
"""Of miniaudio, in the order in which they are tried; empty for all that the system has."""

_PERIOD = 20  # milliseconds of a block that the device asks for
_LATE, _EARLY = 0.05, 0.25  # seconds that the sound may be behind the clock, or before it
_FADE = 240  # samples, 5 ms: what begins in the middle begins without a click


class Line:
    """A sound on its way to the device.

    Args:
        samples: Of shape (frames, 2).
        seconds: Where in it the clock stood...
        since: ...at that moment of `time.monotonic`.
    """

    def __init__(self, samples: NDArray[np.int16], seconds: float, since: float) -> None:
        self._samples, self._seconds, self._since = samples, seconds, since
        self._at = -1  # the next sample; below 0 before the first

    @property
    def place(self) -> float:
        """How far it has been given to the device, in seconds; 0 before that."""
        return max(0, self._at) / RATE

    def next(self, frames: int, now: float) -> NDArray[np.int16]:
        """What is to be heard next: at most that many frames, fewer at the end.

        Args:
            frames: That the device wants.
            now: Of `time.monotonic`.
        """
        wanted = frames_of(self._seconds + now - self._since)
        lead = (self._at - wanted) / RATE
        jumps = self._at < 0 or not -_LATE <= lead <= _EARLY
        if jumps:
            self._at = max(0, wanted)
        part = self._samples[self._at : self._at + frames]
        self._at += frames
        if jumps and len(part):
            fade = min(_FADE, len(part))
            part = part.copy()
            ramp = np.linspace(0, 1, fade, dtype=np.float32)[:, None]
            part[:fade] = (part[:fade] * ramp).astype(np.int16)
        return part


class Loudspeaker:
    """The device that the system plays sound on, opened when it is first wanted.

    Opening, starting and stopping may take a moment: they belong on a thread, and on one at a time.
    `play` and `hush` are done at once, from any thread.

    Args:
        backends: As `BACKENDS`.
    """

    def __init__(self, backends: Sequence[Any] | None = None) -> None:
        self._backends = list(BACKENDS if backends is None else backends)
        self._lock = threading.Lock()
        self._device: Any = None
        self._line: Line | None = None

    @property
    def is_heard(self) -> bool:
        """Whether something is being played."""
        return self._line is not None

    def play(self, line: Line) -> None:
        """Let this be heard instead of what was; the device must run."""
        self._line = line

    def hush(self) -> None:
        """Let nothing be heard."""
        self._line = None

    def start(self) -> bool:
        """Let the device run; False where there is none."""
        import miniaudio

        with self._lock:
            try:
                if self._device is None:
                    self._device = self._opened()
                if not self._device.running:
                    feed = self._feed()
                    next(feed)
                    self._device.start(feed)
            except miniaudio.MiniaudioError:
                self._drop()
                return False
            return True

    def stop(self) -> None:
        """Let the device rest until it is wanted again."""
        import miniaudio

        with self._lock:
            if self._device is not None:
                try:
                    self._device.stop()
                except miniaudio.MiniaudioError:  # it was pulled out
                    self._drop()

    def close(self) -> None:
        """Give the device back."""
        self.hush()
        with self._lock:
            self._drop()

    def _opened(self) -> Any:
        import miniaudio

        _hush_alsa()
        device = miniaudio.PlaybackDevice(
            miniaudio.SampleFormat.SIGNED16,
            CHANNELS,
            RATE,
            _PERIOD,
            backends=self._backends,
            app_name="Storyboard",
        )
        # The last one that it tries by itself plays nothing, and does so successfully.
        if device.backend == "Null" and not self._backends:
            device.close()
            raise miniaudio.MiniaudioError("no device")
        return device

    def _drop(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            with suppress(RuntimeError):
                device.close()

    def _feed(self) -> Generator[bytes, int, None]:
        """Answers the device, on its thread, with what it is to play; nothing is silence."""
        frames = yield b""
        while True:
            line = self._line
            frames = yield (line.next(frames, time.monotonic()).tobytes() if line else b"")


# What ALSA calls with a file, a line, a function, an error and a sentence with its values, which C
# lets a function with fewer parameters ignore.
_Said = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int)
_say_nothing = _Said(lambda file, line, function, error: None)


def _hush_alsa() -> None:
    """Keep Linux's library for sound from printing a page where there is no sound card.

    The window says in one line that there is none.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another system of sound, or another library
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)
