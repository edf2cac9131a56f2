"""Programs that a system has, such as `ffmpeg` or `say`: run without a word to anybody."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["printed_by"]

_ASKED = 0.1  # seconds between two questions whether its answer is still wanted


def printed_by(
    words: Sequence[str], seconds: float, going_on: Callable[[], None] = lambda: None
) -> bytes | None:
    """What a program prints; None where it does not work.

    Args:
        words: Its path, then what it is asked.
        seconds: After which it is ended.
        going_on: Asked again and again; where it raises, the program is ended, too.
    """
    end = time.monotonic() + seconds
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
    with process:
        try:
            while time.monotonic() < end:
                going_on()
                try:
                    printed, _ = process.communicate(timeout=_ASKED)
                except subprocess.TimeoutExpired:
                    continue
                return printed if process.returncode == 0 else None
        finally:
            process.kill()  # nothing where it has ended by itself
    return None
