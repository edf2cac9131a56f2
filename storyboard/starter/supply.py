"""A supply of paintings for a training: from workers as they come, or painted between its steps."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Protocol

from storyboard.starter.painted import paintings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from storyboard.starter.painted import Painted, Painting

__all__ = ["Supply"]

_SHARE = 0.25
"""Most of the time that goes to taking pictures in, and to painting them where nobody else does."""
_WAITING = 48
"""Paintings that workers may be ahead."""
_PATIENCE = 0.2


class _Pool(Protocol):
    @property
    def count(self) -> int: ...

    def add(self, painting: Painting) -> None: ...


class Supply:
    """Brings paintings into a pool while a training goes on; a context, because it has a thread."""

    def __init__(self, painted: Painted, workers: int, pool: _Pool) -> None:
        """Paint on ``workers`` processes into ``pool``; with 0, on this one."""
        self._source = paintings(painted, workers)
        self._pool, self._at_once = pool, workers == 0
        self._begun, self._spent = time.monotonic(), 0.0
        self._waiting: queue.Queue[Painting] = queue.Queue(maxsize=_WAITING)
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=_fetch, args=(self._source, self._waiting, self._over)
        )

    def __enter__(self) -> Supply:
        if not self._at_once:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        if not self._at_once:
            self._thread.join()

    def begin(self, least: int) -> None:
        """Wait until ``least`` pictures are there."""
        while self._pool.count < least:
            self._pool.add(next(self._source) if self._at_once else self._waiting.get())
        self._begun, self._spent = time.monotonic(), 0.0

    def fill(self) -> None:
        """Take in what is there, or paint, unless that has had its share of the time."""
        while self._spent <= _SHARE * ((now := time.monotonic()) - self._begun):
            if not self._at_once and self._waiting.empty():
                return
            self._pool.add(next(self._source) if self._at_once else self._waiting.get())
            self._spent += time.monotonic() - now


def _fetch(
    source: Iterator[Painting], waiting: queue.Queue[Painting], over: threading.Event
) -> None:
    """Pass paintings on from the workers until it is over."""
    for painting in source:
        while not over.is_set():
            try:
                waiting.put(painting, timeout=_PATIENCE)
                break
            except queue.Full:
                continue
        if over.is_set():
            return
