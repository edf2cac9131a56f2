"""An executor whose panels are drawn on other machines, by the workers of a scheduler.

Each free worker has one panel, and none waits behind another's: a slow machine keeps nobody
waiting. A panel whose worker is gone is drawn by the next one that is free.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from storyboard.errors import (
    ClusterError,
    ModelError,
    RenderCancelled,
    RenderError,
    StoryboardError,
)
from storyboard.rendering.cluster.connection import Connection
from storyboard.rendering.cluster.wire import Answer, Order, Said
from storyboard.values.request import PanelRequest, Weights
from storyboard.values.result import PanelResult
from storyboard.values.stages import StepProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed.security import Security

    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice

__all__ = ["ClusterExecutor"]

_LOOK = 0.1  # seconds between two looks at the workers and the cancel flags
_ALONE = 60.0  # seconds that a run waits where there is no worker at all
_LOSSES = 3  # workers that a panel may lose before it is taken for the reason


@dataclass(eq=False)
class _Flight:
    """A panel that was asked for; `number` and `worker` are of its latest placing."""

    request: PanelRequest
    on_step: Callable[[StepProgress], None]
    cancelled: Callable[[], bool]
    future: Future[PanelResult] = field(default_factory=Future)
    number: int = 0
    worker: str = ""
    task: Any = None
    losses: int = 0


class ClusterExecutor:
    """Renders on the workers of a scheduler; a thread of its own looks after them.

    Args:
        address: The scheduler's, such as "tls://studio.local:8786".
        security: Its certificates; None on this machine.
        hash_of: The hash of weights as this machine has them; empty where it does not know, and
            then the first picture's counts.
        on_notice: Told in one line for people which worker is left out, and why.
    """

    def __init__(
        self,
        address: str,
        security: Security | None = None,
        hash_of: Callable[[Weights], str] = lambda weights: "",
        on_notice: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._address = address
        self._security = security
        self._hash_of = hash_of
        self._on_notice = on_notice
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        # All that is told of a panel comes from one thread, in order.
        self._tell = ThreadPoolExecutor(1, "storyboard-cluster-tells")
        self._woken, self._closing = threading.Event(), threading.Event()
        self._lock = threading.RLock()
        self._flights: list[_Flight] = []
        self._numbers = 0
        self._workers: dict[str, str] = {}  # names by address, as last seen
        self._apart: dict[str, StoryboardError] = {}  # why, by address
        self._hashes: dict[Weights, str] = {}
        self._had: dict[str, set[str]] = {}  # pictures by worker
        self._alone_since: float | None = None

    @property
    def width(self) -> int:
        """One panel for each worker that is there and not left out."""
        with self._lock:
            return max(1, len(self._usable()))

    def start(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        on_load: LoadProgress,
        cancelled: Callable[[], bool],
    ) -> None:
        """Reach the scheduler and wait for a worker; each loads the model with its first panel.

        Raises:
            ClusterError: No scheduler answers, or no worker has come for a minute.
            ModelError: The model is not what it should be on this machine.
            RenderCancelled: `cancelled` returned True.
        """
        weights: Weights = choice, tuple(each for each in techniques if each.in_weights)
        if weights not in self._hashes:
            self._hashes[weights] = self._hash_of(weights)
        if self._connection is None:
            self._connection = Connection(self._address, self._security, self._said)
            self._closing.clear()
            self._thread = threading.Thread(target=self._watch, name="storyboard-cluster")
            self._thread.start()
        on_load(f"waiting for workers at {self._address}", 0.0)
        began = time.monotonic()
        while not self._workers:
            if cancelled():
                raise RenderCancelled("stopped")
            if self._thread is None or not self._thread.is_alive():
                raise self._gone()
            if time.monotonic() - began > _ALONE:
                raise self._alone()
            time.sleep(_LOOK)

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Have a panel drawn by the next worker that is free; returns at once."""
        flight = _Flight(request, on_step, cancelled)
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                flight.future.set_exception(self._gone())
            else:
                self._flights.append(flight)
        self._woken.set()
        return flight.future

    def shutdown(self) -> None:
        """Leave the scheduler; workers stop what they draw for us."""
        self._closing.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._tell.shutdown()

    # On the thread that looks after the flights.

    def _watch(self) -> None:
        error: StoryboardError = RenderCancelled("stopped")
        try:
            while not self._closing.is_set():
                self._look()
                self._woken.wait(_LOOK)
                self._woken.clear()
        except ClusterError as gone:
            error = gone
        with self._lock:
            for flight in [*self._flights]:
                self._end(flight, error)

    def _look(self) -> None:
        assert self._connection is not None  # made before the thread
        # 1. Who is there.
        workers = self._connection.workers()
        with self._lock:
            self._workers = workers
            flights = [*self._flights]
        # 2. What has come, what nobody wants any more, and what is lost.
        for flight in flights:
            if flight.task is not None and flight.task.done():
                self._land(flight)
            elif flight.cancelled():
                self._end(flight, RenderCancelled("stopped"))
            elif flight.worker and flight.worker not in workers:
                self._lose(flight)
        # 3. What waits goes to those who are free.
        self._place()

    def _usable(self) -> list[str]:
        return [each for each in self._workers if each not in self._apart]

    def _place(self) -> None:
        busy = {flight.worker for flight in self._flights}
        free = [each for each in self._usable() if each not in busy]
        waiting = [flight for flight in self._flights if flight.task is None]
        for flight, worker in zip(waiting, free, strict=False):
            self._send(flight, worker)
        if self._usable() or not waiting:
            self._alone_since = None
        elif self._workers:  # all of them are left out: the last one's reason is told
            for flight in waiting:
                self._end(flight, self._apart[next(reversed(self._workers))])
        else:
            self._alone_since = self._alone_since or time.monotonic()
            if time.monotonic() - self._alone_since > _ALONE:
                raise self._alone()

    def _send(self, flight: _Flight, worker: str) -> None:
        assert self._connection is not None  # made before the thread
        request = flight.request
        had = self._had.setdefault(worker, set())
        brought = [each for each in request.references if each.sha not in had]
        had.update(each.sha for each in brought)
        with self._lock:
            self._numbers += 1
            flight.number, flight.worker = self._numbers, worker
        try:
            order = Order.of(flight.number, self._connection.topic, request).written()
        except StoryboardError as error:
            self._end(flight, error)
            return
        pictures = tuple(each.picture for each in brought)
        flight.task = self._connection.submit(order, pictures, worker, self._woken.set)

    def _land(self, flight: _Flight) -> None:
        assert self._connection is not None  # made before the thread
        data = self._connection.answer(flight.task)
        if data is None:
            self._lose(flight)
            return
        try:
            answer = Answer.read(data)
        except RenderError as error:
            self._leave_out(flight, error)
            return
        if answer.missing:  # it has forgotten them, or is another worker at the same address
            self._had[flight.worker] = set()
            self._again(flight)
        elif answer.result is not None:
            self._take(flight, answer.result)
        elif answer.problem is not None:
            problem = answer.problem.error
            if isinstance(problem, RenderCancelled) and not flight.cancelled():
                self._lose(flight)  # its machine is being ended
            elif isinstance(problem, ModelError):
                self._leave_out(flight, problem)
            else:
                self._end(flight, problem)
        else:
            self._lose(flight)

    def _take(self, flight: _Flight, result: PanelResult) -> None:
        """Keep a picture, if the weights that drew it are ours."""
        wanted = self._hashes.get(flight.request.weights, "")
        if wanted and result.model_hash != wanted:
            error = ModelError(
                "model {model} has other weights there ({there}, here {here}): copy ours",
                model=result.model,
                there=result.model_hash[:8],
                here=wanted[:8],
            )
            self._leave_out(flight, error)
            return
        self._hashes[flight.request.weights] = result.model_hash
        name = self._workers.get(flight.worker, result.machine)
        with self._lock:
            self._flights.remove(flight)
        self._tell.submit(flight.future.set_result, replace(result, machine=name))

    def _leave_out(self, flight: _Flight, error: StoryboardError) -> None:
        name = self._workers.get(flight.worker, flight.worker)
        with self._lock:
            self._apart[flight.worker] = error
        self._on_notice(f"worker {name} is left out: {error}")
        self._again(flight)

    def _lose(self, flight: _Flight) -> None:
        """Have a panel drawn by another worker, unless it is what ends them."""
        flight.losses += 1
        self._had.pop(flight.worker, None)
        if flight.losses < _LOSSES:
            self._again(flight)
        else:
            self._end(
                flight,
                RenderError(
                    "{count} workers have ended over it; choose a faster mode or a smaller model",
                    count=flight.losses,
                ),
            )

    def _again(self, flight: _Flight) -> None:
        if flight.task is not None:
            flight.task.cancel()
        with self._lock:
            flight.task, flight.worker, flight.number = None, "", 0

    def _end(self, flight: _Flight, error: BaseException) -> None:
        if flight.task is not None:
            flight.task.cancel()
        with self._lock:
            if flight in self._flights:
                self._flights.remove(flight)
                flight.future.set_exception(error)

    def _said(self, data: str) -> None:
        """A worker tells a step; on the connection's thread."""
        try:
            said = Said.read(data.encode())
        except RenderError:
            return
        with self._lock:
            flight = next((each for each in self._flights if each.number == said.number), None)
            name = self._workers.get(flight.worker, "") if flight else ""
        if flight is None:
            return
        told = self._tell.submit(flight.on_step, replace(said.progress, machine=name))
        told.add_done_callback(lambda told: self._heard(flight, told.exception()))

    def _heard(self, flight: _Flight, error: BaseException | None) -> None:
        if error is not None:  # whoever listens cannot go on: the queue raises it where it runs
            self._end(flight, error)

    def _gone(self) -> ClusterError:
        return ClusterError(
            "the scheduler at {address} is gone: start it again; what is drawn is kept",
            address=self._address,
        )

    def _alone(self) -> ClusterError:
        return ClusterError(
            "no worker draws for {address}: start one with storyboard worker --scheduler {address}",
            address=self._address,
        )
