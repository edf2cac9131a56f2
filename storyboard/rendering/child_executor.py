"""An executor whose panels are drawn in one long-lived child process.

The parent never imports torch; a Metal abort or an out-of-memory kill takes one panel's steps, not
the board; ending the process really gives the memory back.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NoReturn, TypeVar

from storyboard.errors import ModelError, RenderCancelled, RenderError
from storyboard.message import Message
from storyboard.rendering.worker import serve
from storyboard.rendering.worker_messages import (
    Answer,
    Cancel,
    Drawn,
    Failed,
    Load,
    Loaded,
    Loading,
    Order,
    Render,
    Stepped,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from multiprocessing.context import SpawnProcess

    from config import Settings
    from storyboard.rendering.panel_generator import LoadProgress, MakeGenerator
    from storyboard.rendering.worker import Pipe
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = ["ChildExecutor"]

_LOOK = 0.05  # seconds between two looks at the cancel flag, which nobody can wait for
_GRACE = 5.0  # seconds that a process gets to unload its model
# Seconds that a cancelled panel gets to end its step before its process is ended; where steps take
# longer than that, so many of them, because loading the model anew would take longer still.
_PATIENCE, _STEPS, _LONGEST = 2.0, 1.5, 15.0
_ATTEMPTS = 2
_PICTURES = 64  # reference pictures that the process keeps, some MB each at most


_Result = TypeVar("_Result")


def _never() -> bool:
    return False


class _ProcessDied(Exception):
    """The render process is gone; `how` says how."""

    def __init__(self, how: Message) -> None:
        super().__init__(str(how))
        self.how = how


class ChildExecutor:
    """Renders in a child process, and starts it again when it dies.

    A panel whose process died is drawn once more; when that fails too, the panel fails and the
    queue goes on. One thread of its own talks to the process, one order after another; whoever
    asks may be on any.

    Args:
        make_generator: Called in the child; a function of a module.
        settings: What it is called with.
        on_restart: Told in one line for people why the process is started again; called on the
            thread that talks to it, as are all other callbacks.
    """

    def __init__(
        self,
        make_generator: MakeGenerator,
        settings: Settings,
        on_restart: Callable[[Message], None] = lambda reason: None,
    ) -> None:
        self._make_generator = make_generator
        self._settings = settings
        self._on_restart = on_restart
        self._process: SpawnProcess | None = None
        self._pipe: Pipe | None = None
        self._renders = 0
        self._sent: frozenset[str] = frozenset()
        self._aborted = False
        self._talk: ThreadPoolExecutor | None = None

    @property
    def width(self) -> int:
        """One panel at a time."""
        return 1

    @property
    def process_id(self) -> int | None:
        """The child's process id, or None when none is alive."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def start(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        on_load: LoadProgress,
        cancelled: Callable[[], bool] = _never,
    ) -> None:
        """Start the process if there is none, and load the model if it has another.

        A process that is loading or downloading hears nothing, so a cancel ends it; the next call
        starts another.

        Raises:
            ModelError: The model cannot be loaded, or its loading ends the process.
            RenderCancelled: `cancelled` returned True, or `abort` was called meanwhile.
        """
        self._aborted = False
        failure = ModelError("the model cannot be loaded")
        order = Load(choice, tuple(techniques))
        self._ask(
            lambda: self._twice(lambda: self._load(order, on_load, cancelled), failure)
        ).result()

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Draw a panel, after those that were submitted before; returns at once.

        A cancel that is not answered within a moment ends the process.
        """

        def draw() -> PanelResult:
            order = Load(request.choice, request.techniques)
            self._load(order, lambda what, share: None, cancelled)
            return self._draw(request, on_step, cancelled)

        failure = RenderError("panel {panel} cannot be drawn", panel=request.panel)
        return self._ask(lambda: self._twice(draw, failure))

    def abort(self) -> None:
        """End the process now, whatever it does; what it was drawing counts as cancelled."""
        self._aborted = True
        process = self._process
        if process is not None:
            process.kill()

    def shutdown(self) -> None:
        """Unload the model and end the process; a later `start` starts another."""
        if self._talk is not None:
            self._ask(self._end).result()
            self._talk.shutdown()
            self._talk = None

    def _ask(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Have something done by the thread that talks to the process."""
        if self._talk is None:
            self._talk = ThreadPoolExecutor(1, "storyboard-render")
        return self._talk.submit(work)

    def _end(self) -> None:
        if self._pipe is not None and self.process_id is not None:
            try:
                self._pipe.send(Stop())
            except (ConnectionError, OSError):
                pass  # it has just died, which is as good
            if self._process is not None:
                self._process.join(_GRACE)
        self._forget()

    def _twice(self, work: Callable[[], _Result], failure: ModelError | RenderError) -> _Result:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return work()
            except _ProcessDied as death:
                self._forget()
                if self._aborted:
                    raise RenderCancelled("stopped") from None
                if attempt == _ATTEMPTS:
                    raise type(failure)(
                        "{failure}: the render process {death}, twice; close other programs or "
                        "choose a faster mode or a smaller model",
                        failure=failure,
                        death=death.how,
                    ) from None
                self._on_restart(
                    Message(
                        "The render process {death}. It is started again; finished panels are "
                        "safe.",
                        {"death": death.how},
                    )
                )
        raise AssertionError  # the loop returns or raises

    def _load(self, order: Load, on_load: LoadProgress, cancelled: Callable[[], bool]) -> None:
        if self.process_id is None:
            self._forget()
            self._spawn()
        self._send(order)
        while True:
            if cancelled():
                self._give_up()
            match self._receive(_LOOK):
                case Loading(what, share):
                    on_load(what, share)
                case Loaded():
                    return
                case Failed(error=error):
                    raise error
                case _:
                    pass

    def _draw(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        self._renders += 1
        number, told, patience = self._renders, 0.0, _PATIENCE
        self._send(self._order(number, request))
        while True:
            if not told and cancelled():
                self._send(Cancel(number))
                told = time.monotonic()
            if told and time.monotonic() - told > patience:
                self._give_up()
            match self._receive(_LOOK):
                case Stepped(of, progress) if of == number:
                    patience = max(patience, min(_STEPS * progress.seconds, _LONGEST))
                    on_step(progress)
                case Drawn(of, result) if of == number:
                    return result
                case Failed(of, error) if of == number:
                    raise error
                case _:
                    pass

    def _order(self, number: int, request: PanelRequest) -> Render:
        """The order to draw, with the pictures that the process does not have yet."""
        wanted = {each.sha for each in request.references}
        anew = len(self._sent | wanted) > _PICTURES
        known: frozenset[str] = frozenset() if anew else self._sent
        self._sent = known | wanted
        return Render(
            number,
            replace(request, references=()),
            tuple(each.sha for each in request.references),
            tuple(each for each in request.references if each.sha not in known),
            anew,
        )

    def _give_up(self) -> NoReturn:
        self._forget()
        raise RenderCancelled("stopped")

    def _spawn(self) -> None:
        if self._aborted:
            raise _ProcessDied(Message("was stopped"))
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=serve,
            args=(theirs, self._make_generator, self._settings),
            name="storyboard-render",
            daemon=True,  # the interpreter's exit ends it too
        )
        self._pipe = ours
        self._process.start()
        theirs.close()  # else a dead child would not close the pipe
        if self._aborted:  # `abort` came while there was no process to kill
            self._process.kill()

    def _send(self, order: Order) -> None:
        assert self._pipe is not None  # spawned before
        try:
            self._pipe.send(order)
        except (ConnectionError, OSError):
            raise _ProcessDied(self._death()) from None

    def _receive(self, timeout: float | None = None) -> Answer | Order | None:
        """The next message, or None when none came within `timeout` seconds."""
        assert self._pipe is not None and self._process is not None  # spawned before
        ready = wait([self._pipe, self._process.sentinel], timeout)
        if not ready:
            return None
        try:
            # What it said before it died still counts, so the pipe comes before the sentinel.
            if self._pipe.poll():
                return self._pipe.recv()
        except (EOFError, ConnectionError):
            pass
        raise _ProcessDied(self._death())

    def _death(self) -> Message:
        assert self._process is not None  # spawned before
        self._process.join(_GRACE)
        code = self._process.exitcode
        if code is not None and code < 0:
            try:
                name = signal.Signals(-code).name
                return Message("was ended by the system ({signal})", {"signal": name})
            except ValueError:
                return Message("was ended by the system (signal {number})", {"number": -code})
        return Message("ended unexpectedly (exit code {code})", {"code": code})

    def _forget(self) -> None:
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        self._sent = frozenset()
        if pipe is not None:
            pipe.close()
        if process is not None and process.pid is not None:
            process.kill()
            process.join()
