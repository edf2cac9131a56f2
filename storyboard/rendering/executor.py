"""Where panels are drawn."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.panel_generator import LoadProgress, PanelGenerator
    from storyboard.techniques.technique import Technique
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = ["Executor", "InProcessExecutor"]


class Executor(Protocol):
    """Where panels are rendered, in the manner of `concurrent.futures.Executor`."""

    @property
    def width(self) -> int:
        """How many panels are drawn at once, at least 1; it may change at any time."""
        ...

    def start(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        on_load: LoadProgress,
        cancelled: Callable[[], bool],
    ) -> None:
        """Make ready to render with a model; where it is there nothing is done.

        Args:
            choice: The model.
            techniques: Of the request that comes next, as some are merged into the weights.
            on_load: Told how far it is.
            cancelled: Says that nobody waits any more; an executor that cannot stop loading, as it
                loads on the calling thread, need not ask.

        Raises:
            ModelError: The model cannot be loaded.
            RenderCancelled: `cancelled` returned True.
        """
        ...

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Accept a panel; the future ends with its result or with a `StoryboardError`.

        It may end later, on a thread of the executor, which then also makes the calls. Panels are
        begun in the order in which they were submitted.
        """
        ...

    def shutdown(self) -> None:
        """Give back memory and processes."""
        ...


class InProcessExecutor:
    """Renders on the calling thread: with MPS only one thread may ever touch torch."""

    def __init__(self, generator: PanelGenerator) -> None:
        self._generator = generator

    @property
    def width(self) -> int:
        """One panel at a time."""
        return 1

    def start(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        on_load: LoadProgress,
        cancelled: Callable[[], bool],
    ) -> None:
        """Load the model, to the end."""
        self._generator.load(choice, techniques, on_load)

    def submit(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> Future[PanelResult]:
        """Render the panel now; the future that comes back has ended.

        An error that is none of ours is a defect and leaves as it is, with its traceback.
        """
        future: Future[PanelResult] = Future()
        try:
            future.set_result(self._generator.render(request, on_step, cancelled))
        except StoryboardError as error:
            future.set_exception(error)
        return future

    def shutdown(self) -> None:
        """Unload the model."""
        self._generator.unload()
