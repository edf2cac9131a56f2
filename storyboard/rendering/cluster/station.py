"""The worker's side: panels that come from the scheduler are drawn by a render process of its own.

The process that talks to the scheduler never touches torch, so that a model that is loading keeps
nobody waiting, and a Metal abort costs a panel's steps but not the worker.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from storyboard.errors import StoryboardError
from storyboard.message import Message
from storyboard.rendering.child_executor import ChildExecutor
from storyboard.rendering.cluster.wire import Answer, Order, Problem, Said
from storyboard.values.reference import Reference
from storyboard.values.stages import StepProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Worker

    from config import Settings
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["Station", "draw"]

_PICTURES = 64  # reference pictures that are kept, some MB each at most


class Station(WorkerPlugin):
    """Draws one panel at a time on this machine, with this machine's own settings.

    Args:
        make_generator: As for `ChildExecutor`.
        settings: Of this machine: device, memory, whether it may download.
    """

    name = "storyboard"

    def __init__(self, make_generator: MakeGenerator, settings: Settings) -> None:
        self._executor = ChildExecutor(make_generator, settings)
        self._pictures: dict[str, Reference] = {}
        self._ending = threading.Event()
        self._end_once = threading.Lock()

    def teardown(self, worker: Worker) -> None:
        """End the render process; a panel that it draws is drawn by another worker."""
        self.end()

    def end(self) -> None:
        """As `teardown`, at once."""
        self._ending.set()
        with self._end_once:  # Dask and whoever runs the worker end it, in threads of their own
            self._executor.abort()
            self._executor.shutdown()

    def draw(self, order: Order, brought: Sequence[bytes], worker: Worker, key: str) -> Answer:
        """Draw a panel.

        Args:
            order: What to draw.
            brought: Pictures that this worker may not have yet.
            worker: Tells the steps.
            key: Of the task, which the scheduler takes away where nobody wants the panel any more.
        """
        # 1. The pictures that the panel refers to.
        for reference in map(Reference.of, brought):
            self._pictures[reference.sha] = reference
        missing = tuple(sha for sha in order.pictures if sha not in self._pictures)
        if missing:
            return Answer(missing=missing)
        request = order.request(tuple(self._pictures[sha] for sha in order.pictures))
        for sha in [*self._pictures][:-_PICTURES]:
            del self._pictures[sha]

        # 2. The model, and the panel.
        told = False

        def report(progress: StepProgress) -> None:
            said = Said.of(order.number, progress).written().decode()
            worker.log_event(order.topic, said)

        def cancelled() -> bool:
            task = worker.state.tasks.get(key)
            return self._ending.is_set() or task is None or task.state != "executing"

        def on_load(what: str, share: float) -> None:
            nonlocal told
            if not told:
                told = True
                said = Message("the model is loading")
                steps = request.steps_in_all
                report(StepProgress(request.panel, 0, steps, 0.0, said=said))

        try:
            self._executor.start(request.choice, request.techniques, on_load, cancelled)
            result = self._executor.submit(request, report, cancelled).result()
        except StoryboardError as error:
            return Answer(problem=Problem.of(error))
        return Answer(result=replace(result, machine=str(worker.name)))


def draw(data: bytes, brought: tuple[bytes, ...]) -> bytes:
    """What the scheduler has a worker do: an `Order` comes, an `Answer` goes."""
    worker = get_worker()
    station = worker.plugins[Station.name]
    assert isinstance(station, Station)  # every worker of ours has one
    try:
        order = Order.read(data)
        answer = station.draw(order, brought, worker, str(worker.get_current_task()))
    except StoryboardError as error:
        answer = Answer(problem=Problem.of(error))
    return answer.written()
