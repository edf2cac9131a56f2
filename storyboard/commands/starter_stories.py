"""`storyboard starter-eval --as-program`: held-out stories drawn as `render` draws a user's."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import RenderCancelled
from storyboard.rendering.events import Event, PanelFinished
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.interrupt import cancelling_on_interrupt
from storyboard.settings.drawing import choice_of
from storyboard.starter.held_out_stories import HeldOutStory
from storyboard.starter.program_scores import Seen, picture_of
from storyboard.values.board import Storyboard
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from config import Settings
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.rendering.queue import RenderQueue

__all__ = ["draw_stories"]


def draw_stories(
    count: int,
    settings: Settings,
    generator: PanelGenerator,
    tell: Callable[[int, Event], None],
) -> list[Seen]:
    """Draw stories through planner, prompt writer, character sheets, lock and acceleration.

    Each story is a project of its own in a temporary folder, as `storyboard render` makes it.

    Args:
        count: Number of stories, of six panels each.
        settings: As the program has them.
        generator: Draws; it stays loaded.
        tell: Hears of everything that happens to a story.

    Returns:
        What was drawn, with what should be there; less than ``count`` stories where Ctrl-C came.

    Raises:
        RenderCancelled: Stopped before the first picture.
    """
    from storyboard.commands.drawing import production_for
    from storyboard.planning.new_board import new_board
    from storyboard.planning.planner import plan
    from storyboard.project.project import Project
    from storyboard.starter.held_out_stories import PANELS_A_STORY, held_out_story

    seen: list[Seen] = []
    executor = InProcessExecutor(generator)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            # 1. A story becomes a board, with seeds of its own.
            story = held_out_story(number)
            own = settings.model_copy(update={"seed": settings.seed + number})
            board = new_board(
                plan(story.text, panels=PANELS_A_STORY, seed=own.seed), story.text, own
            )

            # 2. Its sheets and panels are drawn.
            with Project.create(Path(folder) / str(number), board) as project:
                production = production_for(project, own, generator.describe(choice_of(own)))

                take = _Taking(number, story, board, seen, tell)
                queue = production.queue(executor, take)
                with cancelling_on_interrupt(partial(_stop, queue)):
                    outcome = queue.run()

            # 3. Of panels that were drawn again the first draw too, to be compared.
            if outcome.left:
                break
            for index, request in take.again:
                first = generator.render(request, lambda _step: None, lambda: False)
                seen[index] = replace(seen[index], first=picture_of(first))
    if not seen:
        raise RenderCancelled("stopped before the first panel; nothing was measured")
    return seen


@dataclass(frozen=True)
class _Taking:
    """Passes on what happens to one story, and keeps its panels; character sheets are none."""

    number: int
    story: HeldOutStory
    board: Storyboard
    seen: list[Seen]
    tell: Callable[[int, Event], None]
    again: list[tuple[int, PanelRequest]] = field(default_factory=list)
    """Places among what was seen, and how to draw their first picture."""

    def __call__(self, event: Event) -> None:
        from storyboard.starter.program_scores import Seen

        self.tell(self.number, event)
        if not isinstance(event, PanelFinished):
            return
        for panel in self.board.panels:
            if panel.key == event.job.panel:
                told = self.story.sentence_of(panel.shot.action)
                seen = Seen.of(self.number, told, panel.shot, event.result)
                if seen.draws > 1:
                    self.again.append((len(self.seen), replace(event.job.request, headcount=None)))
                self.seen.append(seen)


def _stop(queue: RenderQueue) -> bool:
    queue.cancel()
    return True
