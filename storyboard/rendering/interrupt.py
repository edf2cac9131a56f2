"""Ctrl-C while panels are rendered: once to stop within a step, twice to stop at once."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = ["cancelling_on_interrupt"]


@contextmanager
def cancelling_on_interrupt(cancel: Callable[[], bool]) -> Iterator[None]:
    """Turn the first interrupt into a call of `cancel`, and the next into KeyboardInterrupt.

    Args:
        cancel: Asks the work to stop soon; False if it cannot, and then this interrupt already
            raises KeyboardInterrupt.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers, and only it receives signals
        return

    def interrupted(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if not cancel():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
