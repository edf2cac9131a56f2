"""What the benchmark draws: a story with one character, as a project in a temporary folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.lora_place import lora_finder
from storyboard.files import atomic
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import plan
from storyboard.production.production import Production, hold_on_to
from storyboard.project.project import Project
from storyboard.rendering.job import Apart, Job
from storyboard.settings.drawing import holds
from storyboard.values.character import Character

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Self

    from config import Settings
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.rendering.queue import RenderQueue
    from storyboard.values.card import ModelCard
    from storyboard.values.result import PanelResult

__all__ = ["BenchProject"]

_STORY = (
    "Mira walks along the beach in the morning. Mira enters the forest. Mira climbs the mountain. "
    "At sunset Mira sees the old lighthouse. Mira opens the door. Night falls over the sea. "
    "Mira stands in the rain. In the morning Mira leaves the village."
)


class BenchProject:
    """A project that lives as long as the benchmark; a `storyboard.benchmark.benchmark.Subject`.

    Args:
        folder: An empty folder.
        settings: Steps, guidance, aspect and identity.
        enhancer: Writes the prompts, with the model's tokenizers.
        model: The model that will render.
        panels: Panels of the storyboard, 1 to 60.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        panels: int,
    ) -> None:
        self.identity = model.identity and holds(settings)
        traits = tuple(
            pair
            for pair in settings.character_traits.items()
            if pair[0] != "name" and pair[1] != "none"
        )
        story = plan(_STORY, panels=panels, characters=(Character("Mira", traits),))
        # Every panel shows the character, so that every panel costs the same.
        shots = tuple(replace(shot, characters=("Mira",)) for shot in story.shots)
        cast = (Character("Mira", traits),)
        board = new_board(replace(story, shots=shots, characters=cast), _STORY, settings)
        self._project = Project.create(folder, board)
        self._folder = folder
        self._settings, self._enhancer, self._model = settings, enhancer, model
        self._kept = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._project.close()

    def plain(self, count: int) -> Sequence[Job]:
        """Jobs without identity, no two alike."""
        settings = self._settings.model_copy(update={"use_identity_lock": False})
        return _alike(self._production(settings).jobs, count, "plain")

    def hold(self, picture: bytes) -> None:
        """Take a picture as the character's reference."""
        hold_on_to(self._project, "Mira", [picture])

    def held(self, count: int) -> Sequence[Job]:
        """Jobs with an identity, no two alike."""
        return _alike(self._production(self._settings).jobs, count, "held")

    def keep(self, result: PanelResult) -> None:
        """Save a picture as a project does, flushed to the disk."""
        self._kept += 1
        atomic.write_bytes(self._folder / f"kept-{self._kept:03}.png", result.media.png)

    def board(self) -> Sequence[Job]:
        """The jobs of the storyboard."""
        return self._production(self._settings).jobs

    def board_queue(self, executor: Executor, on_event: Callable[[Event], None]) -> RenderQueue:
        """A queue that draws and keeps the storyboard."""
        return self._production(self._settings).queue(executor, on_event)

    def _production(self, settings: Settings) -> Production:
        return Production(
            self._project,
            settings,
            self._enhancer,
            self._model,
            find_lora=lora_finder(settings, self._project.folder),
        )


def _alike(jobs: Sequence[Job], count: int, name: str) -> list[Job]:
    """As many jobs as asked for, each with a seed and a prompt of its own.

    Texts that were encoded before cost nothing; a user's next panel has a new text.
    """
    made: list[Job] = []
    for number in range(count):
        job = jobs[number % len(jobs)]
        digest = hashlib.sha256(f"{name} {number}".encode()).digest()
        request = replace(
            job.request,
            prompt=f"{job.request.prompt}, {name} {number}",
        ).sampled(seed=int.from_bytes(digest[:4], "big"))
        made.append(Job(Apart(f"{name} {number}"), f"{name} {number}", request))
    return made
