"""Rendering from the window: a thread waits for the process that draws, and sends signals."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from gui.drawing.order import prepared, production_of
from gui.drawing.session_state import State
from gui.drawing.step import Step
from gui.words.error_words import error_words
from storyboard.errors import (
    DownloadNotAllowed,
    InputError,
    RenderCancelled,
    StoryboardError,
)
from storyboard.rendering.events import (
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)

if TYPE_CHECKING:
    from config import Settings
    from gui.document.document import Document
    from gui.drawing.order import Order
    from storyboard.message import Message
    from storyboard.rendering.child_executor import ChildExecutor
    from storyboard.rendering.events import Event
    from storyboard.rendering.measurements import Measurements, PanelMeasure, Snapshot
    from storyboard.rendering.panel_generator import MakeGenerator
    from storyboard.rendering.queue import RenderQueue
    from storyboard.values.request import Weights

__all__ = ["RenderSession"]

# A change of one of these needs another process: its generator is made with them.
_LOADED_WITH = (
    "enable_channels_last",
    "enable_attention_slicing",
    "enable_fp16_autocast",
    "allow_download",
)


class RenderSession(QObject):
    """One run at a time, to which orders can be added; all signals are sent by the main thread.

    A run ends when no order is left. `cancel` and `close` never wait for a model that is being
    loaded or for a network: both lie in the render process, which is ended.

    Attributes:
        state: What it does now.
        done: Pictures of panels that this run has made or given up.
        total: Those that it was asked for so far. Character sheets are not among them: nobody has
            asked for a sheet as such.
    """

    state_changed = Signal()
    loading = Signal(str, float)
    panel_started = Signal(str, str)
    stepped = Signal(object)
    panel_finished = Signal(object)
    panel_failed = Signal(str, str)
    memory_short = Signal(int, int)
    measured = Signal(object, object)
    noticed = Signal(str)
    download_wanted = Signal(str)
    failed = Signal(str)
    finished = Signal(object)
    # From the session's thread, with the number of the run: the last words of a run that was
    # closed must not be taken for those of the next board's.
    _happened = Signal(int, object, object)
    _ended = Signal(int, object, object)

    def __init__(self, make_generator: MakeGenerator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_generator = make_generator
        self._executor: ChildExecutor | None = None
        self._loaded_with: tuple[object, ...] = ()
        self._weights: Weights | None = None
        self._thread: threading.Thread | None = None
        self._run_number = 0
        self._queue: RenderQueue | None = None
        self._orders: deque[Order] = deque()
        self._cancelled, self._paused = threading.Event(), threading.Event()
        self._waiting: list[str] = []
        self._given_up: list[str] = []  # until the cancelled run has ended
        self._document: Document | None = None
        self.state = State.IDLE
        self.done = self.total = 0
        self._happened.connect(self._tell)
        self._ended.connect(self._end)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, from the moment it is asked for to its very end."""
        return self.state is not State.IDLE

    @property
    def is_paused(self) -> bool:
        """Whether a run waits for `resume`."""
        return self.state is State.PAUSED

    @property
    def waiting(self) -> tuple[str, ...]:
        """The panels that have no picture yet in this run, the running one first."""
        return tuple(self._waiting)

    @property
    def process_id(self) -> int | None:
        """The render process, for the memory display; None when there is none."""
        return self._executor.process_id if self._executor else None

    def draw(self, document: Document, order: Order) -> None:
        """Draw what is ordered: at once, or after what was ordered before.

        Args:
            document: Where the panels are and the pictures go; the same for all of a run.
            order: What to draw. Its panels are read when its turn comes, as they are then.
        """
        if not order.keys:
            return
        self._document = document
        self._orders.append(order)
        self._waiting += order.pictures
        self._hold_panels()
        if self.state is State.IDLE:
            self._begin()
            return
        if self.state is not State.STOPPING:
            self.total += len(order.pictures)
        self.state_changed.emit()

    def pause(self) -> None:
        """Complete the running panel and wait."""
        if self.state is State.DRAWING:
            self._paused.set()
            if self._queue is not None:
                self._queue.pause()
            self._set_state(State.PAUSED)

    def resume(self) -> None:
        """Go on after `pause`."""
        if self.state is State.PAUSED:
            self._paused.clear()
            if self._queue is not None:
                self._queue.resume()
            self._set_state(State.DRAWING)

    def cancel(self) -> None:
        """Give up all that was ordered; what is ordered from now on is drawn afterwards."""
        if self.state in (State.IDLE, State.STOPPING):
            return
        self._cancelled.set()
        self._orders.clear()
        self._given_up, self._waiting = self._waiting, []
        if self._queue is not None:
            self._queue.cancel()
        self._set_state(State.STOPPING)

    def close(self) -> None:
        """End run, thread and process at once; finished panels are on disk already."""
        self._run_number += 1
        self._cancelled.set()
        self._orders.clear()
        if self._queue is not None:
            self._queue.cancel()
        if self._executor is not None:
            self._executor.abort()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._executor is not None:
            self._executor.abort()
            self._executor.shutdown()
            self._executor = None
        self._queue = None
        self._waiting, self._given_up = [], []
        self._hold_panels()
        if self.is_running:
            self._set_state(State.IDLE)

    def _begin(self) -> None:
        assert self._document is not None  # given with the order
        self._run_number += 1
        self._cancelled.clear()
        self._paused.clear()
        self.done, self.total = 0, len(self._waiting)
        # The thread is there before anybody hears of it: a cancel may be the answer.
        self._thread = threading.Thread(
            target=self._run, args=(self._run_number, self._document), name="render session"
        )
        self._thread.start()
        self._set_state(State.LOADING)

    # On the session's thread.

    def _run(self, number: int, document: Document) -> None:
        """Draw the orders, one after another; this is where the thread waits."""
        outcome, reason = RunFinished(0, 0, 0, 0.0), None
        broke_off = True  # by a defect of ours, which the terminal tells of
        try:
            while (order := self._next_order()) is not None:
                outcome = _sum(outcome, self._draw(number, document, order))
            broke_off = False
        except RenderCancelled:
            outcome, broke_off = _sum(outcome, RunFinished(0, 0, 1, 0.0)), False
        except StoryboardError as error:
            reason, broke_off = error, False
        finally:
            self._ended.emit(number, None if broke_off else outcome, reason)

    def _next_order(self) -> Order | None:
        try:
            return None if self._cancelled.is_set() else self._orders.popleft()
        except IndexError:
            return None

    def _draw(self, number: int, document: Document, order: Order) -> RunFinished:
        from storyboard.rendering.measurements import Measurements
        from storyboard.settings.drawing import choice_of, techniques_of

        # 1. A process with the model. Here alone something may be downloaded.
        order = prepared(order, self._make_generator)
        executor = self._ready_executor(order.settings)
        choice, techniques = choice_of(order.settings), techniques_of(order.settings)
        weights = choice, tuple(each for each in techniques if each.in_weights)
        is_warm = executor.process_id is not None and weights == self._weights
        self._weights = weights
        executor.start(
            choice,
            techniques,
            lambda what, share: self._happened.emit(number, ModelLoading(what, share), None),
            self._cancelled.is_set,
        )

        # 2. What it is asked for.
        production = production_of(order, document, self._make_generator)
        jobs = production.jobs
        if order.sheet_of:
            jobs = tuple(each for each in jobs if each.sheet_of)
            if not jobs:
                raise InputError(
                    self.tr(
                        "no character sheet is needed: the identity lock is off, its scale is 0, "
                        "or the model has no adapter"
                    )
                )
        measurements = Measurements(jobs, warm=is_warm)

        # 3. The run.
        def follow(event: Event) -> None:
            has_sheet = bool(order.sheet_of) and isinstance(event, PanelFinished | PanelFailed)
            if self._cancelled.is_set() or has_sheet:
                queue.cancel()
            measurements.watch(event)
            self._happened.emit(number, event, self._measured(event, measurements))

        self._queue = queue = production.queue(executor, follow)
        if self._paused.is_set():
            queue.pause()
        if self._cancelled.is_set():
            raise RenderCancelled("stopped")
        outcome = queue.run()
        return replace(outcome, left=0) if order.sheet_of else outcome

    def _measured(
        self, event: Event, measurements: Measurements
    ) -> tuple[Snapshot, float | None] | PanelMeasure | None:
        match event:
            case PanelProgressed():
                numbers = measurements.snapshot
                left = numbers.seconds_left
                later = sum(len(each.pictures) for each in tuple(self._orders))
                if later and left is not None:
                    usual = numbers.warm_seconds or numbers.cold_seconds
                    left = left + later * usual if usual else None
                return numbers, left
            case PanelFinished():
                return measurements.panels[-1]
            case _:
                return None

    def _ready_executor(self, settings: Settings) -> ChildExecutor:
        from storyboard.rendering.child_executor import ChildExecutor

        wanted = tuple(getattr(settings, name, None) for name in _LOADED_WITH)
        if self._executor is not None and wanted != self._loaded_with:
            self._executor.abort()  # unloading politely could take seconds that a cancel may not
            self._executor.shutdown()
            self._executor = None
        if self._executor is None:
            self._executor = ChildExecutor(self._make_generator, settings, self._notice)
            self._loaded_with = wanted
        return self._executor

    def _notice(self, sentence: Message) -> None:
        self._happened.emit(self._run_number, error_words(sentence), None)

    # On the main thread.

    def _tell(self, number: int, event: Event | str, measured: object) -> None:
        if number != self._run_number:
            return
        match event:
            case ModelLoading(what, share):
                if self.state is State.DRAWING:
                    self._set_state(State.LOADING)
                self.loading.emit(what, share)
            case PanelStarted(job):
                if self.state is State.LOADING:
                    self._set_state(State.DRAWING)
                self.panel_started.emit(job.panel, job.title)
            case PanelProgressed(job, progress):
                numbers, left = cast("tuple[Snapshot, float | None]", measured)
                self.stepped.emit(Step(job, progress, numbers, left))
            case PanelFinished(job):
                self._done_with(job.panel)
                self.panel_finished.emit(event)
                self.measured.emit(event, measured)
            case PanelFailed(job, reason, smaller):
                self._done_with(job.panel)
                if smaller is not None:
                    self.memory_short.emit(*smaller)
                self.panel_failed.emit(job.panel, error_words(reason))
            case str():
                self.noticed.emit(event)
            case _:
                pass

    def _done_with(self, key: str) -> None:
        if key in self._waiting:
            self._waiting.remove(key)
            self.done += 1
        self._hold_panels()
        if self._document is not None:
            self._document.refresh()

    def _end(
        self, number: int, outcome: RunFinished | None, reason: StoryboardError | None
    ) -> None:
        if number != self._run_number:
            return
        if self._thread is not None:
            self._thread.join()
        self._thread = self._queue = None
        if reason is not None or outcome is None:
            self._orders.clear()  # the next one would come to nothing in the same way
        self._given_up = []
        self._waiting = [key for each in self._orders for key in each.pictures]
        self._hold_panels()
        if self._document is not None:
            self._document.refresh()
        self._set_state(State.IDLE)
        problem = error_words(reason) if reason is not None else ""
        if outcome is None:
            problem = self.tr("The render broke off. What is finished is safe: draw the rest.")
        if isinstance(reason, DownloadNotAllowed):
            self.download_wanted.emit(reason.repository)
        elif problem:
            self.failed.emit(problem)
        self.finished.emit(None if problem else outcome)
        # What was ordered while the last run was ending.
        if self._orders and self.state is State.IDLE:
            self._begin()

    def _hold_panels(self) -> None:
        if self._document is not None:
            self._document.set_busy([*self._given_up, *self._waiting])

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()


def _sum(one: RunFinished, other: RunFinished) -> RunFinished:
    return RunFinished(
        one.finished + other.finished,
        one.failed + other.failed,
        one.left + other.left,
        one.seconds + other.seconds,
    )
