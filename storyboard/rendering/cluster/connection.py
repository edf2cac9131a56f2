"""The line to a scheduler: who is there, a panel for one of them, what they say."""

from __future__ import annotations

import contextlib
import logging
import uuid
from typing import TYPE_CHECKING, Any

from storyboard.errors import ClusterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed.security import Security

__all__ = ["Connection"]

_TIMEOUT = 10.0  # seconds for an answer of the scheduler, or the way of a picture


class Connection:
    """A client of Dask's, asked by one thread.

    Args:
        address: The scheduler's.
        security: Its certificates, or None.
        on_said: Told what workers say about our panels, on a thread of the client's.

    Raises:
        ClusterError: No scheduler answers, or it does not let us in.
    """

    def __init__(
        self, address: str, security: Security | None, on_said: Callable[[str], None]
    ) -> None:
        from distributed import Client

        self._address = address
        self.topic = f"storyboard-{uuid.uuid4().hex}"
        # A lost scheduler is told in one line of ours. The client's logger has a level of its own.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client: Any = Client(
                address,
                security=security,
                timeout=_TIMEOUT,
                set_as_default=False,
                heartbeat_interval=5000,
            )
        except (OSError, TimeoutError, RuntimeError, ValueError):
            raise ClusterError(
                "no scheduler answers at {address}: look whether it runs, and whether the "
                "certificates are the same",
                address=address,
            ) from None
        self._client.subscribe_topic(self.topic, lambda event: on_said(str(event[1])))

    def workers(self) -> dict[str, str]:
        """Names of those who are there, by address.

        Raises:
            ClusterError: The scheduler is gone.
        """
        from distributed.utils import sync

        try:
            found = sync(
                self._client.loop, self._client.scheduler.identity, callback_timeout=_TIMEOUT
            )
        except (OSError, TimeoutError, RuntimeError):
            raise ClusterError(
                "the scheduler at {address} is gone: start it again; what is drawn is kept",
                address=self._address,
            ) from None
        return {
            str(address): str(each["name"])
            for address, each in found["workers"].items()
            if each["status"] in ("running", "paused")
        }

    def submit(
        self,
        order: bytes,
        pictures: tuple[bytes, ...],
        worker: str,
        on_end: Callable[[], None],
    ) -> Any:
        """Send an order to one worker and to no other; `on_end` is called when it has ended."""
        from storyboard.rendering.cluster.station import draw

        task = self._client.submit(
            draw,
            order,
            pictures,
            key=f"panel-{uuid.uuid4().hex}",
            workers=[worker],
            allow_other_workers=False,
            pure=False,
        )
        task.add_done_callback(lambda _: on_end())
        return task

    def answer(self, task: Any) -> bytes | None:
        """What a task that has ended brought; None where it brought nothing."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        if task.status != "finished":
            return None
        try:
            answer = task.result(timeout=_TIMEOUT)
        except (OSError, TimeoutError, CancelledError, KilledWorker, RuntimeError):
            return None
        task.release()
        return answer if isinstance(answer, bytes) else b""

    def close(self) -> None:
        """Leave; what is still asked for is no longer wanted."""
        with contextlib.suppress(OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=2)
