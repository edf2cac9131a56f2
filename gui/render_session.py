"""Renders from the window: one thread that waits, one process that draws, signals that tell."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from gui.error_words import error_words
from gui.session_state import State
from storyboard.errors import (
    DownloadNotAllowed,
    InputError,
    RenderCancelled,
    StoryboardError,
)
from storyboard.rendering import (
    ModelLoading,
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
    RunFinished,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Settings
    from gui.document import Document
    from storyboard.child_executor import ChildExecutor
    from storyboard.measurements import Measurements, Snapshot
    from storyboard.models import StepProgress
    from storyboard.project import Project
    from storyboard.rendering import Event, RenderQueue
    from storyboard.worker import MakeGenerator

__all__ = ["RenderSession", "Step"]

# A change of one of these needs another process: the model has to be loaded anew, or may be now.
_LOADED_WITH = (
    "model",
    "ip_adapter",
    "use_identity_lock",
    "enable_channels_last",
    "enable_attention_slicing",
    "enable_fp16_autocast",
    "few_step",
    "allow_download",
)
_PREVIEW_EVERY = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a panel, with what is left.

    Attributes:
        key: The panel, or "sheet/<name>".
        title: "panel 3".
        numbers: The run's measurements by now, the time left among them.
        done: Pictures that are finished in this run.
        total: Pictures of this run.
    """

    key: str
    title: str
    progress: StepProgress
    numbers: Snapshot
    done: int
    total: int


class RenderSession(QObject):
    """One run at a time. All signals arrive on the main thread, because receivers live there."""

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
    _ended = Signal(object, str)

    def __init__(self, make_generator: MakeGenerator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_generator = make_generator
        self._executor: ChildExecutor | None = None
        self._loaded_with: tuple[object, ...] = ()
        self._thread: threading.Thread | None = None
        self._queue: RenderQueue | None = None
        self._cancelled = False
        self._sheet_of = ""
        self._best_of = 1
        self._waiting: list[str] = []
        self._document: Document | None = None
        self.state = State.IDLE
        self._ended.connect(self._end)
        self.loading.connect(self._note_loading)
        self.panel_started.connect(self._note_started)
        self.panel_finished.connect(self._note_finished)
        self.panel_failed.connect(self._note_failed)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._thread is not None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The panels that have no picture yet in this run, the running one first."""
        return tuple(self._waiting)

    @property
    def process_id(self) -> int | None:
        """The render process, for the memory display; None when there is none."""
        return self._executor.process_id if self._executor else None

    def start(
        self,
        document: Document,
        settings: Settings,
        keys: Sequence[str],
        sheet_of: str = "",
        best_of: int = 1,
    ) -> None:
        """Draw panels in the order of `keys`; does nothing while a run is under way.

        Args:
            document: Where the panels are and the pictures go.
            settings: How to draw.
            keys: The panels.
            sheet_of: Draw the sheet of this character, who is in all of `keys`, and no panel.
            best_of: Takes of each panel, of which the best is shown.
        """
        if self.is_running or not keys:
            return
        self._cancelled, self._sheet_of, self._best_of = False, sheet_of, best_of
        self._document = document
        self._waiting = [] if sheet_of else [key for key in keys for _ in range(best_of)]
        document.set_busy(self._waiting)
        self._set_state(State.LOADING)
        self._thread = threading.Thread(
            target=self._run, args=(document, settings, tuple(keys)), name="render session"
        )
        self._thread.start()

    def pause(self) -> None:
        """Complete the running panel and wait."""
        if self._queue is not None and self.state is State.DRAWING:
            self._queue.pause()
            self._set_state(State.PAUSED)

    def resume(self) -> None:
        """Go on after `pause`."""
        if self._queue is not None and self.state is State.PAUSED:
            self._queue.resume()
            self._set_state(State.DRAWING)

    def cancel(self) -> None:
        """Stop within a step; a model that is being loaded is dropped at once."""
        if not self.is_running:
            return
        self._cancelled = True
        if self._queue is not None:
            self._queue.cancel()
        if self.state is State.LOADING and self._executor is not None:
            self._executor.abort()
        self._set_state(State.STOPPING)

    def close(self) -> None:
        """End run, thread and process; finished panels are on disk already."""
        self._cancelled = True
        if self._queue is not None:
            self._queue.cancel()
        if self._executor is not None and self.is_running:
            self._executor.abort()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None
        self._waiting.clear()
        if self._document is not None:
            self._document.set_busy(())

    def stop_if_cancelled(self, event: Event) -> None:
        """Pass on a cancel that came before the queue ran; on the session's thread.

        A run that was to draw only a character sheet ends with it.
        """
        has_sheet = bool(self._sheet_of) and isinstance(event, PanelFinished | PanelFailed)
        if (self._cancelled or has_sheet) and self._queue is not None:
            self._queue.cancel()

    def _run(self, document: Document, settings: Settings, keys: tuple[str, ...]) -> None:
        """Everything that may take a moment, on the session's thread."""
        outcome: RunFinished | None = None
        problem = ""
        try:
            outcome = self._draw(document, settings, keys)
        except RenderCancelled:
            outcome = RunFinished(0, 0, len(keys), 0.0)
        except DownloadNotAllowed as error:
            outcome = RunFinished(0, 0, 0, 0.0)  # a question follows
            self.download_wanted.emit(error.repository)
        except StoryboardError as error:
            problem = error_words(error)
        finally:
            self._ended.emit(outcome, problem)

    def _draw(
        self, document: Document, settings: Settings, keys: tuple[str, ...]
    ) -> RunFinished | None:
        from storyboard.measurements import Measurements
        from storyboard.production import Production
        from storyboard.prompts import PromptEnhancer
        from storyboard.tokens import ClipTokenCounter

        # 1. What the model wants to be asked.
        settings = settings.model_copy(update={"preview_every": _PREVIEW_EVERY})
        model = self._make_generator(settings).describe()
        counter = ClipTokenCounter([Path(each) for each in model.tokenizers])
        enhancer = PromptEnhancer(
            counter, style=settings.style, negative_prompt=settings.negative_prompt
        )
        panels = [panel for key in keys if (panel := document.panel(key)) is not None]
        if self._sheet_of:
            alone = (self._sheet_of,)
            panels = [replace(each, shot=replace(each.shot, characters=alone)) for each in panels]
        # A document is all of a project that a production uses, made safe for this thread.
        project = cast("Project", document)
        production = Production(project, settings, enhancer, model, panels, best_of=self._best_of)

        # 2. A process with the right model.
        executor = self._ready_executor(settings)

        # 3. The run.
        jobs = production.jobs
        if self._sheet_of:
            jobs = tuple(each for each in jobs if each.key.startswith("sheet/"))
            if not jobs:
                raise InputError(
                    self.tr(
                        "no character sheet is needed: the identity lock is off, its scale is 0, "
                        "or the model has no adapter"
                    )
                )
        measurements = Measurements(jobs, warm=executor.process_id is not None)
        self._queue = production.queue(executor, _Teller(self, measurements, len(jobs)))
        if self._cancelled:
            raise RenderCancelled("stopped")
        return self._queue.run()

    def _ready_executor(self, settings: Settings) -> ChildExecutor:
        from storyboard.child_executor import ChildExecutor

        wanted = tuple(getattr(settings, name, None) for name in _LOADED_WITH)
        if self._executor is not None and wanted != self._loaded_with:
            self._executor.shutdown()
            self._executor = None
        if self._executor is None:
            self._executor = ChildExecutor(self._make_generator, settings, self._notice)
            self._loaded_with = wanted
        return self._executor

    def _notice(self, sentence: str) -> None:
        self.noticed.emit(error_words(sentence))

    def _end(self, outcome: RunFinished | None, problem: str) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self._queue = None
        self._waiting.clear()
        if self._document is not None:
            self._document.set_busy(())
            self._document.refresh()
        self._set_state(State.IDLE)
        if outcome is None and not problem:  # a defect of ours, which the terminal tells of
            problem = self.tr("The render broke off. What is finished is safe: draw the rest.")
        if problem:
            self.failed.emit(problem)
        self.finished.emit(outcome)

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _note_loading(self, what: str, share: float) -> None:
        if self.state is State.DRAWING:
            self._set_state(State.LOADING)

    def _note_started(self, key: str, title: str) -> None:
        if self.state is State.LOADING:
            self._set_state(State.DRAWING)

    def _note_finished(self, event: PanelFinished) -> None:
        self._done_with(event.job.key)

    def _note_failed(self, key: str, reason: str) -> None:
        self._done_with(key)

    def _done_with(self, key: str) -> None:
        if key in self._waiting:
            self._waiting.remove(key)
        if self._document is not None:
            self._document.set_busy(self._waiting)
            self._document.refresh()


class _Teller:
    """Turns a queue's events into the session's signals; called on the session's thread."""

    def __init__(self, session: RenderSession, measurements: Measurements, total: int) -> None:
        self._session = session
        self._measurements = measurements
        self._done, self._total = 0, total

    def __call__(self, event: Event) -> None:
        session = self._session
        session.stop_if_cancelled(event)
        self._measurements.watch(event)
        match event:
            case ModelLoading(what, share):
                session.loading.emit(what, share)
            case PanelStarted(job):
                session.panel_started.emit(job.key, job.title)
            case PanelProgressed(job, progress):
                numbers = self._measurements.snapshot
                step = Step(job.key, job.title, progress, numbers, self._done, self._total)
                session.stepped.emit(step)
            case PanelFinished():
                self._done += 1
                session.panel_finished.emit(event)
                session.measured.emit(event, self._measurements.panels[-1])
            case PanelFailed(job, reason, smaller):
                if smaller is not None:
                    session.memory_short.emit(*smaller)
                session.panel_failed.emit(job.key, error_words(reason))
            case _:
                pass
