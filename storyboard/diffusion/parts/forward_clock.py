"""Time inside the networks' forward passes: what a panel costs beyond it is overhead."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ForwardClock"]


class ForwardClock:
    """Adds up the forward passes of the networks it listens to.

    Args:
        synchronize: Waits for the device. A step ends with that anyway, so that one more before
            and after a pass costs a GPU only the launch of a few small operations.
    """

    def __init__(self, synchronize: Callable[[], None]) -> None:
        self._synchronize = synchronize
        self._started = 0.0
        self._seconds = 0.0

    def listen(self, network: Any) -> None:
        """Count the forward passes of a network; networks must not contain each other."""
        network.register_forward_pre_hook(self._begin)
        network.register_forward_hook(self._end)

    def restart(self) -> None:
        """Forget what was counted."""
        self._seconds = 0.0

    @property
    def seconds(self) -> float:
        """Seconds since `restart`."""
        return self._seconds

    def _begin(self, *_: Any) -> None:
        self._synchronize()
        self._started = time.perf_counter()

    def _end(self, *_: Any) -> None:
        self._synchronize()
        self._seconds += time.perf_counter() - self._started
