"""A generator that draws with one model, whatever the requests name: most tests are of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from local_image_generator import LocalImageGenerator
from storyboard.techniques.few_step import FewStep
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.machine.tuning import Tuning
    from storyboard.rendering.panel_generator import LoadProgress
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = ["OneModel"]


class OneModel:
    """Draws with one model, and with one few-step adapter where one is given.

    Args:
        name: Of the model.
        adapter: As in `ModelChoice`.
        few_step: Text of a few-step adapter; empty for none.
        options: Of `LocalImageGenerator`.
    """

    def __init__(
        self,
        name: str = "starter",
        *,
        adapter: str = "h94/IP-Adapter",
        few_step: str = "",
        **options: Any,
    ) -> None:
        self.choice = ModelChoice(name, adapter)
        self.techniques: tuple[Technique, ...] = (FewStep(few_step),) if few_step else ()
        self.generator = LocalImageGenerator(**options)

    def __enter__(self) -> Self:
        self.load()
        return self

    def __exit__(self, *_: object) -> None:
        self.unload()

    @property
    def model(self) -> Any:
        """The family's loaded model."""
        assert self.generator._loaded is not None
        return self.generator._loaded.model

    def describe(self) -> ModelCard:
        """The card of the model."""
        return self.generator.describe(self.choice)

    def check(self, request: PanelRequest) -> None:
        """As the generator."""
        self.generator.check(self._asked(request))

    @property
    def policy(self) -> Any:
        """The device, with the type of the model's weights."""
        assert self.generator._loaded is not None
        return self.generator._loaded.policy

    def load(self, progress: LoadProgress | None = None) -> None:
        """Load the model."""
        self.generator.load(self.choice, self.techniques, progress)

    def unload(self) -> None:
        """Forget the model."""
        self.generator.unload()

    def tune(self) -> Tuning:
        """Measure the model."""
        return self.generator.tune(self.choice)

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PanelResult:
        """Draw with the model."""
        return self.generator.render(self._asked(request), on_step, cancelled)

    def _asked(self, request: PanelRequest) -> PanelRequest:
        techniques = (*request.techniques, *self.techniques)
        return replace(request, choice=self.choice, techniques=techniques)
