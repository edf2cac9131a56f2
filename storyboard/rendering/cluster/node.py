"""A scheduler or a worker that runs in this process until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import tempfile
from typing import TYPE_CHECKING

from storyboard.errors import ClusterError, InputError
from storyboard.values.loopback import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from distributed.security import Security

    from storyboard.rendering.cluster.station import Station

__all__ = ["check_address", "run_scheduler", "run_worker", "usual_name"]

_ADDRESS = re.compile(
    r"(?P<scheme>tls|tcp)://(?P<host>\[[0-9a-fA-F:]+\]|[^\s:/\[\]]+):(?P<port>\d+)"
)
_AGAIN = 5.0  # seconds between two tries to reach a scheduler that is gone
_LOOK = 0.2
_LAST = 1.0  # seconds that tasks have to end in, once this machine leaves
_CONFIG = {
    # No page of Dask's is served, to nobody; what it must open for them is open to this machine.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.disk": False,
    # The render process has its own memory ladder.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    # Steps with previews are passed on, not kept.
    "distributed.admin.low-level-log-length": 10,
    "distributed.admin.log-length": 100,
}
_NO_PAGE = "127.0.0.1:0"


def usual_name() -> str:
    """A worker's name, where none is given: the machine's, and the process's."""
    return f"{socket.gethostname().split('.')[0] or 'worker'}-{os.getpid()}"


def check_address(address: str, security: Security | None) -> None:
    """Refuse an address that is none, or one on another machine that would be spoken to openly.

    Raises:
        InputError: Why not.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise InputError(
            "cluster {address}: write tls://HOST:PORT, as storyboard scheduler says it",
            address=repr(address[:100]),
        )
    if found["scheme"] == "tls" and security is None:
        raise InputError(
            "{address} needs certificates: copy them here, or make some with: "
            "storyboard cluster init",
            address=address,
        )
    if found["scheme"] == "tcp" and not is_loopback(found["host"]):
        raise InputError(
            "{address} would be open to everybody on the network: make certificates with "
            "storyboard cluster init, and write tls://",
            address=address,
        )


def run_scheduler(
    host: str, port: int, security: Security | None, on_ready: Callable[[str], None]
) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        host: Where it listens; empty is everywhere with certificates, else this machine alone.
        port: 0 takes any that is free.
        security: None serves this machine alone.
        on_ready: Told the address.

    Raises:
        InputError: It would be open to others without certificates, or cannot listen there.
    """
    if security is None and not is_loopback(host or "127.0.0.1"):
        raise InputError(
            "without certificates only this machine can be served: make some with "
            "storyboard cluster init, or leave --host out"
        )
    _configure()
    _run(_schedule(host, port, security, on_ready))


def run_worker(
    address: str,
    name: str,
    security: Security | None,
    make_station: Callable[[], Station],
    on_notice: Callable[[str], None],
) -> None:
    """Draw for a scheduler until Ctrl-C or SIGTERM; one that is gone is waited for.

    Args:
        address: The scheduler's.
        name: What this worker is called.
        security: Of the scheduler.
        make_station: Makes what draws.
        on_notice: Told in one line when a scheduler is there or gone.
    """
    _configure()
    _run(_work(address, name, security, make_station, on_notice))


def _run(work: Coroutine[None, None, None]) -> None:
    """Like `asyncio.run`, but what Dask still has to say to others at the end is not waited for.

    Where scheduler and workers are ended at once, a task of a worker's tells the scheduler that it
    goes, and waits for ever.
    """
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(work)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=_LAST))
        loop.close()


def _configure() -> None:
    import dask

    dask.config.set(_CONFIG)
    for name in ("distributed", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


async def _schedule(
    host: str, port: int, security: Security | None, on_ready: Callable[[str], None]
) -> None:
    from distributed import Scheduler

    told = _told_to_end()
    protocol = "tls" if security else "tcp"
    at = host or ("0.0.0.0" if security else "127.0.0.1")
    try:
        scheduler = await Scheduler(
            host=at,
            port=port,
            protocol=protocol,
            security=security,
            dashboard=False,
            dashboard_address=_NO_PAGE,
        )
    except OSError as error:
        raise InputError(
            "cannot listen at {host}:{port}: {problem}: choose another --port",
            host=at,
            port=port,
            problem=error.strerror or str(error),
        ) from None
    async with scheduler:
        on_ready(scheduler.address)
        await told.wait()


async def _work(
    address: str,
    name: str,
    security: Security | None,
    make_station: Callable[[], Station],
    on_notice: Callable[[str], None],
) -> None:
    told = _told_to_end()
    waited = False
    while not told.is_set():
        try:
            await _work_once(address, name, security, make_station, on_notice, told)
            waited = False
        except ClusterError as error:
            if not waited:
                on_notice(str(error))
            waited = True
        try:
            await asyncio.wait_for(told.wait(), _AGAIN if waited else _LOOK)
        except TimeoutError:
            pass


async def _work_once(
    address: str,
    name: str,
    security: Security | None,
    make_station: Callable[[], Station],
    on_notice: Callable[[str], None],
    told: asyncio.Event,
) -> None:
    from distributed import Status, Worker

    station = make_station()
    with tempfile.TemporaryDirectory(prefix="storyboard-worker-") as folder:
        try:
            worker = Worker(
                address,
                name=name,
                nthreads=1,
                security=security,
                memory_limit=0,
                dashboard=False,
                dashboard_address=_NO_PAGE,
                local_directory=folder,
                plugins=(station,),
                host="127.0.0.1" if security is None else None,
            )
            try:
                await asyncio.wait_for(worker, 15)
            except (OSError, TimeoutError, RuntimeError, ValueError):
                await worker.close(timeout=1, executor_wait=False)
                raise ClusterError(
                    "no scheduler lets this machine in at {address}: trying again every "
                    "{seconds} s; look whether it runs, and whether the certificates are the same",
                    address=address,
                    seconds=round(_AGAIN),
                ) from None
            on_notice(f"{name} draws for {address}")
            while not told.is_set() and worker.status in (Status.running, Status.paused):
                try:
                    await asyncio.wait_for(told.wait(), _LOOK)
                except TimeoutError:
                    pass
            await asyncio.to_thread(station.end)
            await worker.close(timeout=2)
        finally:
            await asyncio.to_thread(station.end)
    if not told.is_set():
        on_notice(f"the scheduler at {address} is gone: waiting for it")


def _told_to_end() -> asyncio.Event:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told
