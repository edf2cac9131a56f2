"""What draws panels, seen from outside the room of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from config import Settings
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
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

    def describe(self, choice: ModelChoice) -> ModelCard:
        """Say what the planner of requests must know of a model, without loading its weights."""
        ...

    def check(self, request: PanelRequest) -> None:
        """Refuse what cannot be drawn, without loading the weights.

        Raises:
            InputError, ModelError: Why not.
        """
        ...

    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        """Bring a model into memory, in place of another; if it is there nothing is done.

        Args:
            choice: The model.
            techniques: Of the request that follows, as some are merged into the weights.
            progress: Told how far it is.

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
        """Draw one panel, with the model that the request names.

        Raises:
            RenderCancelled: `cancelled` returned True; asked at least once a step.
            RenderError: The panel cannot be drawn.
        """
        ...

    def unload(self) -> None:
        """Give the memory back."""
        ...
