"""Connections over which no more comes than an answer may have, whatever it is made of.

A client reads on through what is no answer yet, such as "100 Continue" without end, and tells
nobody. So what comes is counted beneath it, as bytes and as readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BoundedNetwork", "TooMuchError"]


class TooMuchError(httpcore.ReadError):
    """More has come than may; the connection is closed."""


class BoundedNetwork(httpcore.AsyncNetworkBackend):
    """The network as httpcore sees it.

    Args:
        most_bytes: That come over all connections together.
        most_readings: Times that something may come.
    """

    def __init__(self, most_bytes: int, most_readings: int) -> None:
        self._beneath = httpcore.AnyIOBackend()
        self._bytes, self._readings = most_bytes, most_readings

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As its base class."""
        beneath = await self._beneath.connect_tcp(
            host, port, timeout, local_address, socket_options
        )
        return _BoundedStream(beneath, self)

    async def sleep(self, seconds: float) -> None:
        """As its base class."""
        await self._beneath.sleep(seconds)

    def take(self, count: int) -> None:
        """So many bytes have come; raises TooMuchError when they are too many."""
        self._bytes -= count
        self._readings -= 1
        if min(self._bytes, self._readings) < 0:
            raise TooMuchError


class _BoundedStream(httpcore.AsyncNetworkStream):
    def __init__(self, beneath: httpcore.AsyncNetworkStream, network: BoundedNetwork) -> None:
        self._beneath, self._network = beneath, network

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        found = await self._beneath.read(max_bytes, timeout)
        self._network.take(len(found))
        return found

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._beneath.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._beneath.aclose()

    async def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        beneath = await self._beneath.start_tls(ssl_context, server_hostname, timeout)
        return _BoundedStream(beneath, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._beneath.get_extra_info(info)
