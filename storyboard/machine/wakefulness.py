"""Keeping the machine awake while it draws, and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Wakefulness", "awake"]

_WHY = "drawing panels"
_PATIENCE = 2.0  # seconds in which the system's program ends once it is told to
# NSActivityUserInitiated of Foundation's NSProcessInfo.h: no App Nap, and no sleep for idleness.
# The display may go dark.
_USER_INITIATED = 0x00FFFFFF


class Wakefulness:
    """Asks the system not to fall asleep from `hold` to `release`.

    Nobody sits at the machine while a board is drawn over night. Whoever closes the lid, or chooses
    Sleep, gets it all the same. What was asked for ends with this process, however that ends.

    Args:
        program: Keeps it awake until its input ends; the system's usual one if None.
    """

    def __init__(self, program: Sequence[str] | None = None) -> None:
        self._program = program
        self._let_go: Callable[[], None] | None = None

    @property
    def is_held(self) -> bool:
        """Whether the system has been asked; it may not have heard, where it has no such thing."""
        return self._let_go is not None

    def hold(self) -> None:
        """Ask; once is enough. Where there is nobody to ask, nothing happens."""
        if self._let_go is None:
            activity = _begin_activity() if self._program is None else None
            self._let_go = activity or _run(self._program or _usual_program())

    def release(self) -> None:
        """Let the system sleep again."""
        let_go, self._let_go = self._let_go, None
        if let_go is not None:
            let_go()


@contextmanager
def awake() -> Iterator[None]:
    """Keep the machine awake for the length of a block."""
    wakefulness = Wakefulness()
    wakefulness.hold()
    try:
        yield
    finally:
        wakefulness.release()


def _begin_activity() -> Callable[[], None] | None:
    """Tell macOS that somebody waits for this process; None where Foundation is not installed."""
    if sys.platform != "darwin":
        return None
    return begin_activity()


def begin_activity() -> Callable[[], None] | None:
    """Begin an activity of NSProcessInfo, by what ends it; None without pyobjc.

    It does what `caffeinate` does, and besides keeps App Nap from a window that is behind others.
    The app has pyobjc, an installation by pip need not.
    """
    try:
        from Foundation import NSProcessInfo
    except ImportError:
        return None
    process = NSProcessInfo.processInfo()
    activity = process.beginActivityWithOptions_reason_(_USER_INITIATED, _WHY)
    return lambda: process.endActivity_(activity)


def _usual_program() -> Sequence[str]:
    if sys.platform == "darwin":
        return ("caffeinate", "-i", "-w", str(os.getpid()))
    # `cat` ends when its input does, which is when this process ends, if not before.
    return ("systemd-inhibit", "--what=idle", "--who=Storyboard", f"--why={_WHY}", "cat")


def _run(words: Sequence[str]) -> Callable[[], None]:
    """Start a program, by what ends it."""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return lambda: None  # a system without one falls asleep as it likes

    def end() -> None:
        assert process.stdin is not None  # a pipe, as above
        process.stdin.close()
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    return end
