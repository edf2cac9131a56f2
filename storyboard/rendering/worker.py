"""The render process: it waits for orders, and draws panel after panel, each with its model.

It has one thread that touches the model, because on MPS no second one may (pytorch#197805); that
thread also reads the pipe, after every step, so that a cancel is answered within one. A second
thread only waits for the parent's death, and then ends the process at once: nobody is left who
could want its pictures.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard import __version__
from storyboard.errors import RenderError, StoryboardError
from storyboard.files.crash_report import CrashReport, log_folder
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
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from config import Settings
    from storyboard.rendering.panel_generator import MakeGenerator, PanelGenerator
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.reference import Reference
    from storyboard.values.request import PanelRequest
    from storyboard.values.stages import StepProgress

__all__ = ["serve"]

if TYPE_CHECKING:
    Pipe = Connection[Order | Answer, Order | Answer]

_ORPHANED = 3


def serve(pipe: Pipe, make_generator: MakeGenerator, settings: Settings) -> None:
    """Work off orders until `Stop` or until the other end is gone: the process's main function."""
    # Ctrl-C in a terminal reaches both processes; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent's death", daemon=True).start()
    report = CrashReport(log_folder(), __version__)
    worker = _Worker(pipe, make_generator, settings)
    try:
        while worker.obey(pipe.recv()):
            pass
    except (EOFError, ConnectionError):
        pass  # the parent has closed its end
    finally:
        worker.unload()
        report.end()


def _end_with_parent() -> None:
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(_ORPHANED)


class _Worker:
    """The model, and what was said while it drew."""

    def __init__(self, pipe: Pipe, make_generator: MakeGenerator, settings: Settings) -> None:
        self._pipe = pipe
        self._make_generator = make_generator
        self._settings = settings
        self._generator: PanelGenerator | None = None
        self._stopping = False
        self._pictures: dict[str, Reference] = {}

    def obey(self, order: Order | Answer) -> bool:
        """Carry out one order; False once it is time to end."""
        match order:
            case Load(choice, techniques):
                self._answer(0, lambda: self._load(choice, techniques))
            case Render(number):
                self._answer(number, lambda: self._draw(order))
            case Stop():
                self._stopping = True
            case _:
                pass  # a cancel that came when the panel was already done
        return not self._stopping

    def unload(self) -> None:
        """Give the model's memory back."""
        if self._generator is not None:
            self._generator.unload()

    def _answer(self, number: int, work: Callable[[], Answer]) -> None:
        answer: Answer
        try:
            answer = work()
        except StoryboardError as error:
            answer = Failed(number, error)
        except (EOFError, ConnectionError):
            raise  # not the render has failed: nobody listens any more
        except Exception as error:  # noqa: BLE001 the edge: a defect costs a panel, not the board
            import traceback

            traceback.print_exc()
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
            answer = Failed(
                number, RenderError("the render failed ({reason}): try it again", reason=reason)
            )
        self._pipe.send(answer)

    def _load(self, choice: ModelChoice, techniques: tuple[Technique, ...]) -> Loaded:
        if self._generator is None:
            self._generator = self._make_generator(self._settings)
        self._generator.load(
            choice, techniques, lambda what, share: self._pipe.send(Loading(what, share))
        )
        return Loaded()

    def _draw(self, order: Render) -> Drawn:
        request = self._whole(order)
        self._load(request.choice, request.techniques)
        assert self._generator is not None  # loaded above
        number, cancelled = order.number, False

        def report(progress: StepProgress) -> None:
            self._pipe.send(Stepped(number, progress))

        def is_cancelled() -> bool:
            nonlocal cancelled
            while self._pipe.poll():
                said = self._pipe.recv()
                self._stopping = self._stopping or isinstance(said, Stop)
                cancelled = cancelled or said == Cancel(number)
            return cancelled or self._stopping

        return Drawn(number, self._generator.render(request, report, is_cancelled))

    def _whole(self, order: Render) -> PanelRequest:
        """The request with the pictures of all its references, those that came before too."""
        if order.anew:
            self._pictures.clear()
        self._pictures.update((reference.sha, reference) for reference in order.brought)
        references = tuple(self._pictures[sha] for sha in order.references)
        return replace(order.request, references=references)
