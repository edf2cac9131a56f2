"""Programs that a system has, such as `ffmpeg` or `say`: run without a word to anybody."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["printed_by"]


def printed_by(words: Sequence[str], seconds: float) -> bytes | None:
    """What a program prints; None where it does not work.

    Args:
        words: Its path, then what it is asked.
        seconds: After which it is ended.
    """
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
