"""Commands as a user types them, on real diffusers with a tiny model whose pictures are noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.cli import main
from storyboard.generator import local_generator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from config import Settings
    from storyboard.rendering.panel_generator import LoadProgress, PanelGenerator
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = ["STORY", "Terminal", "Watched"]

STORY = (
    "Mira walks along the beach at sunset. She sees a light in the old lighthouse. "
    "Night falls and the storm begins. Mira climbs the stairs. "
    "Inside the lighthouse the lamp is out. In the morning the sea is calm."
)


class Watched:
    """The real generator, whose renders are counted and can be disturbed."""

    def __init__(self, real: PanelGenerator) -> None:
        self.real = real
        self.finished: list[int] = []
        self.at_load: Callable[[], None] = lambda: None
        self.at_step: Callable[[PanelRequest, int], None] = lambda request, step: None

    def describe(self, choice: ModelChoice) -> ModelCard:
        """What the real one says."""
        return self.real.describe(choice)

    def check(self, request: PanelRequest) -> None:
        """What the real one refuses."""
        self.real.check(request)

    def load(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique] = (),
        progress: LoadProgress | None = None,
    ) -> None:
        """Load the real one; `at_load` comes first."""
        self.at_load()
        self.real.load(choice, techniques, progress)

    def unload(self) -> None:
        """Unload the real one."""
        self.real.unload()

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        """Render with the real one; `at_step` comes before the step is reported."""

        def disturb(progress: StepProgress) -> None:
            self.at_step(request, progress.step)
            on_step(progress)

        result = self.real.render(request, disturb, cancelled)
        self.finished.append(request.panel)
        return result


class Terminal:
    """Runs commands in an empty working folder with the tiny model."""

    def __init__(self, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._model, self._capsys = model, capsys
        self.generators: list[Watched] = []
        self.at_load: Callable[[], None] = lambda: None
        self.at_step: Callable[[PanelRequest, int], None] = lambda request, step: None
        self.out = self.err = ""

    def __call__(self, *words: str, code: int = 0) -> list[str]:
        """Run a command that must end with `code`; the lines of its standard output."""
        ended = main([str(word) for word in words], make_generator=self._make)
        self.out, self.err = self._capsys.readouterr()
        assert ended == code, f"{self.out}\n{self.err}"
        return self.out.splitlines()

    def render(self, *words: str, code: int = 0) -> list[str]:
        """Run ``render`` with few steps."""
        return self("render", *words, "--model", str(self._model), code=code)

    def _make(self, settings: Settings) -> PanelGenerator:
        real = local_generator(settings)
        generator = Watched(real)
        generator.at_load, generator.at_step = self.at_load, self.at_step
        self.generators.append(generator)
        return generator
