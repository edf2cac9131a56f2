"""A story becomes a board with pictures and a PDF: ``python examples/render_a_story.py FOLDER``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from config import Settings
from local_image_generator import LocalImageGenerator
from storyboard.commands.drawing import production_for
from storyboard.export import write_pdf
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import plan
from storyboard.project.project import Project
from storyboard.rendering.events import Event, PanelStarted
from storyboard.rendering.executor import InProcessExecutor
from storyboard.settings.drawing import choice_of

STORY = "Mira walks along the beach at sunset. She sees a light in the old lighthouse."


def render(story: str, folder: Path) -> Path:
    """Draw two panels of a story with the starter model in a new folder; returns the PDF."""
    settings = Settings(model="starter")
    board = new_board(plan(story, panels=2), story, settings)
    with Project.create(folder, board) as project, LocalImageGenerator() as generator:
        production = production_for(project, settings, generator.describe(choice_of(settings)))
        production.queue(InProcessExecutor(generator), say).run()
        pdf = folder / "storyboard.pdf"
        return write_pdf(project.board, project.picture, pdf, created=date.today())


def say(event: Event) -> None:
    """Print which picture is begun."""
    if isinstance(event, PanelStarted):
        print(event.job.title)


if __name__ == "__main__":
    print(render(STORY, Path(sys.argv[1])))
