"""What render and resume have in common: draw the panels that lack a picture, then the PDF."""

from __future__ import annotations

import shlex
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from storyboard.advisor.checking import check_predictions
from storyboard.errors import ClusterError, InputError, RenderCancelled, RenderError
from storyboard.machine.wakefulness import awake
from storyboard.production.outlier import outliers
from storyboard.rendering.events import ModelLoading
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.interrupt import cancelling_on_interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from config import Settings
    from storyboard.export.page_design import Page
    from storyboard.production.production import Production
    from storyboard.project.project import Project
    from storyboard.rendering.events import Event, RunFinished
    from storyboard.rendering.executor import Executor
    from storyboard.rendering.job import Job
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.rendering.progress import Report
    from storyboard.rendering.queue import RenderQueue
    from storyboard.values.board import Panel
    from storyboard.values.card import ModelCard

    MakeQueue = Callable[[Executor, Callable[[Event], None]], RenderQueue]
    Rest = Callable[[Production], str]

__all__ = [
    "at_work",
    "check_draws",
    "draw",
    "export_pdf",
    "production_for",
    "work_off",
]


def check_draws(model: ModelCard) -> None:
    """Refuse random weights, before anything is made for pictures of noise.

    Raises:
        InputError: The model only serves timing.
    """
    if model.timing_only:
        raise InputError(
            "model {name} has random weights: only storyboard bench uses it", name=model.name
        )


def production_for(
    project: Project,
    settings: Settings,
    model: ModelCard,
    best_of: int = 1,
    again: Sequence[Panel] | None = None,
) -> Production:
    """Put together what writes the requests for a model.

    Args:
        project: The board.
        settings: How it is drawn.
        model: What draws it.
        best_of: Takes of each panel.
        again: Panels that get a new take; those without a picture get one if None.
    """
    from storyboard.diffusion.weights.lora_place import lora_finder
    from storyboard.production.production import Production
    from storyboard.prompts.enhancer import prompt_writer

    return Production(
        project,
        settings,
        prompt_writer(model, settings),
        model,
        again,
        best_of=best_of,
        again=again is not None,
        find_lora=lora_finder(settings, project.folder),
    )


def work_off(
    jobs: Sequence[Job],
    make_queue: MakeQueue,
    generator: PanelGenerator,
    report: Report,
    executor: Executor | None = None,
) -> RunFinished:
    """Run a queue, with progress, and with Ctrl-C within a step.

    Args:
        jobs: All that the queue is going to draw.
        make_queue: Makes the queue for an executor and a receiver of events.
        generator: Draws; unloaded at the end.
        report: Follows; closed at the end.
        executor: Where panels are drawn; on this machine if None.

    Raises:
        ClusterError: Other machines cannot be reached.
        KeyboardInterrupt: Stopped at once: while the model was loading, or by a second Ctrl-C.
        ModelError: The model cannot be loaded.
    """
    with at_work(generator, executor) as run:
        return run(jobs, make_queue, report)


@contextmanager
def at_work(
    generator: PanelGenerator, executor: Executor | None = None
) -> Iterator[Callable[[Sequence[Job], MakeQueue, Report], RunFinished]]:
    """For several queues one after another: what runs one as `work_off` does.

    The generator is unloaded at the end.
    """
    at = executor or InProcessExecutor(generator)
    try:
        yield lambda jobs, make_queue, report: _run(at, jobs, make_queue, report)
    finally:
        at.shutdown()


def _run(
    executor: Executor, jobs: Sequence[Job], make_queue: MakeQueue, report: Report
) -> RunFinished:
    from storyboard.rendering.measurements import Measurements

    measurements = Measurements(jobs)
    loading = True

    def follow(event: Event) -> None:
        nonlocal loading
        loading = isinstance(event, ModelLoading)
        measurements.watch(event)
        report.watch(event, measurements.forecast)

    def cancel() -> bool:
        # Loading and downloading hold nothing that could be lost, and a download goes on later.
        if not loading:
            queue.cancel()
        return not loading

    queue = make_queue(executor, follow)
    with closing(report), awake(), cancelling_on_interrupt(cancel):
        return queue.run()


def draw(
    project: Project,
    production: Production,
    generator: PanelGenerator,
    report: Report,
    rest: Rest | None = None,
    executor: Executor | None = None,
) -> RunFinished:
    """Render what the production asks for; what is finished is on disk, whatever happens.

    Args:
        project: The board, open.
        production: What to draw.
        generator: Refuses what cannot be drawn, and draws on this machine.
        report: Follows.
        rest: The command that draws what is left, by the production; the usual one if None.
        executor: Where panels are drawn; on this machine if None.

    Raises:
        ClusterError: Other machines cannot be reached; says how to go on.
        RenderCancelled: Interrupted; says how to go on.
        InputError, ModelError: The model cannot be loaded, or what is asked for is not in it.
        ProjectError: A picture cannot be kept.
    """
    # What one panel cannot have no panel can, but for LoRAs and pictures, of which each may have
    # others, and for passes, which character sheets have none of.
    unlike = {
        (request.loras, request.task, request.hires, request.faces): request
        for request in (job.request for job in production.jobs[::-1])
    }
    for request in unlike.values():
        generator.check(request)
    project.check_room(len(production.jobs))
    for line in production.left_out:
        report.note(line)
    try:
        outcome = work_off(production.jobs, production.queue, generator, report, executor)
        stopped = outcome.left > 0
    except ClusterError as error:
        raise ClusterError(
            "{problem}; go on with: {rest}", problem=error, rest=_rest(project, production, rest)
        ) from None
    except KeyboardInterrupt:
        stopped = True
    if stopped:
        left = len(production.rest) if production.again else production.left
        raise RenderCancelled(
            "stopped with {panels} left; draw the rest with: {rest}",
            panels=_panels(left),
            rest=_rest(project, production, rest),
        )
    for told in (*project.told, *check_predictions(project)):
        report.note(str(told))
    for number, panel in enumerate(project.board.panels, 1):
        for each in outliers(project.board).get(panel.key, ()):
            report.note(
                f"panel {number}: {each.character} is less like the reference than elsewhere"
                f" ({each.cosine:.2f}, usually {each.usual:.2f}): look whether that is meant"
            )
    return outcome


def export_pdf(
    project: Project,
    production: Production,
    pdf: Path | None,
    page: Page,
    outcome: RunFinished,
    *,
    force: bool = False,
    rest: Rest | None = None,
) -> Path:
    """Write the PDF, of an incomplete board too.

    Args:
        project: The board and its pictures.
        production: Of the run before.
        pdf: Where; in the project folder if None.
        page: Paper.
        force: Whether a PDF may be replaced that this program has not written.
        outcome: Of the run before; failed panels become an error once the PDF is there.
        rest: As in `draw`.

    Raises:
        RenderError: Some panels have no picture.
        ProjectError: The PDF cannot be written.
    """
    from storyboard.export import ExportOptions, exporter
    from storyboard.project.annotation_folder import AnnotationFolder

    path = pdf or project.folder / "storyboard.pdf"
    options = ExportOptions(
        page=page,
        force=force,
        project=project.folder,
        marks_of=AnnotationFolder(project.folder).of,
    )
    exporter("pdf").export(project.board, project.picture, path, options)
    if outcome.failed:
        raise RenderError(
            "{panels} could not be rendered, the rest is in {path}; try again with: {rest}",
            panels=_panels(outcome.failed),
            path=path,
            rest=_rest(project, production, rest),
        )
    return path


def _rest(project: Project, production: Production, rest: Rest | None) -> str:
    """The command that draws what this run has left; `rest` says another than the usual one."""
    if rest is not None:
        return rest(production)
    takes = f" --best-of {production.best_of}" if production.best_of > 1 else ""
    folder = shlex.quote(str(project.folder))
    if not production.again:
        return f"storyboard resume {folder}{takes}"
    return f"storyboard redraw {folder} --panel {','.join(map(str, production.rest))}{takes}"


def _panels(count: int) -> str:
    return "1 panel" if count == 1 else f"{count} panels"
