"""What draws panels, seen from outside the room of the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from config import Settings
    from storyboard.values.model import ModelDescription
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress


__all__ = ["LoadProgress", "MakeGenerator", "PanelGenerator"]


LoadProgress = Callable[[str, float], None]
"""Called with what is being loaded and the share of it that is done, 0..1."""


MakeGenerator = Callable[["Settings"], "PanelGenerator"]
"""Makes the generator that the settings ask for; a function of a module, so that it pickles."""


class PanelGenerator(Protocol):
    """What a model must be able to do; `LocalImageGenerator` is one."""

    def describe(self) -> ModelDescription:
        """Say what the planner of requests must know, without loading the weights."""
        ...

    def load(self, progress: LoadProgress | None = None) -> None:
        """Bring the weights into memory; a second call does nothing.

        Raises:
            ModelError: The model cannot be loaded.
        """
        ...

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        """Draw one panel.

        Raises:
            RenderCancelled: `cancelled` returned True; asked at least once a step.
            RenderError: The panel cannot be drawn.
        """
        ...

    def unload(self) -> None:
        """Give the memory back."""
        ...
