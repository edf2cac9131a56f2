"""A project that is opened again to draw on it: what resume and redraw have in common."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.budget import within_budget
from storyboard.commands.changes import changes_of, taken_back
from storyboard.commands.cluster import add_cluster, check_cluster, executor_of
from storyboard.commands.drawing import check_draws, draw, export_pdf, production_for
from storyboard.commands.options import (
    add_best_of,
    add_download,
    add_model,
    add_pdf,
    add_report,
    add_time_budget,
    overrides,
)
from storyboard.commands.outputs import check_pdf, go_on

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from storyboard.commands.drawing import Rest
    from storyboard.commands.program import Program
    from storyboard.production.production import Production
    from storyboard.project.project import Project
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.rendering.progress import Report
    from storyboard.values.board import Panel, Storyboard
    from storyboard.values.panel_animation import PanelAnimation
    from storyboard.values.panel_edit import PanelEdit

__all__ = ["Reopened", "add_project", "reopened"]


class Reopened:
    """An open project, with the settings that it was begun with.

    Attributes:
        project: Open until the context ends.
        changes: The panels that have changed since they were drawn.
        taken_back: Lines about pictures that opening took in again.
    """

    def __init__(
        self, project: Project, before: Storyboard, args: argparse.Namespace, best_of: int
    ) -> None:
        from storyboard.settings.layers import load_settings

        self.project = project
        self._settings = load_settings(overrides(args), folder=project.folder).settings
        self.changes = changes_of(project, self._settings)
        self.taken_back = taken_back(before, project.board, project.folder)
        self._args, self._best_of = args, best_of

    def draw(
        self, program: Program, notes: Sequence[str], again: Sequence[Panel] | None = None
    ) -> tuple[Report, Path]:
        """Draw, and write the PDF.

        Args:
            program: Makes the generator.
            notes: Said first.
            again: As `storyboard.commands.drawing.production_for`.

        Returns:
            What is to be told that all is done once the project is closed, and the PDF.

        Raises:
            StoryboardError: As `storyboard.commands.drawing.draw` and `export_pdf`.
        """
        from storyboard.settings.drawing import choice_of

        generator = program.make_generator(self._settings)
        model = generator.describe(choice_of(self._settings))
        check_draws(model)
        aspect = self.project.board.aspect
        settings, fit = within_budget(self._args, self._settings, model, aspect)
        production = production_for(self.project, settings, model, self._best_of, again)
        return self._drawn(production, generator, program, (*notes, *fit))

    def edit(
        self, program: Program, notes: Sequence[str], edits: Sequence[PanelEdit], rest: Rest
    ) -> tuple[Report, Path]:
        """Change pictures by an instruction, and write the PDF; arguments and errors as `draw`.

        Args:
            program: Makes the generator.
            notes: Said first.
            edits: What is changed.
            rest: As in `storyboard.commands.drawing.draw`.
        """
        from storyboard.diffusion.families import check_task
        from storyboard.diffusion.weights.lora_place import lora_finder
        from storyboard.production.edits import EditProduction
        from storyboard.prompts.enhancer import prompt_writer
        from storyboard.settings.drawing import choice_of
        from storyboard.settings.editing import edit_settings
        from storyboard.values.request import Edit

        given = [name for name, value in overrides(self._args).items() if value is not None]
        settings = edit_settings(self._settings, given)
        generator = program.make_generator(settings)
        model = generator.describe(choice_of(settings))
        check_task(Edit("", ""), model)
        production = EditProduction(
            self.project,
            settings,
            prompt_writer(model, settings),
            model,
            edits,
            best_of=self._best_of,
            find_lora=lora_finder(settings, self.project.folder),
        )
        return self._drawn(production, generator, program, notes, rest)

    def finish(
        self, program: Program, notes: Sequence[str], takes: Mapping[str, str], rest: Rest
    ) -> tuple[Report, Path]:
        """Go over pictures with passes, and write the PDF; arguments and errors as `draw`.

        Args:
            program: Makes the generator.
            notes: Said first.
            takes: For the key of each panel the file name of the take; empty for the one shown.
            rest: As in `storyboard.commands.drawing.draw`.
        """
        from storyboard.diffusion.families import check_task
        from storyboard.diffusion.weights.lora_place import lora_finder
        from storyboard.production.finishes import FinishProduction
        from storyboard.prompts.enhancer import prompt_writer
        from storyboard.settings.drawing import choice_of
        from storyboard.values.request import Finish

        settings = self._settings
        generator = program.make_generator(settings)
        model = generator.describe(choice_of(settings))
        check_task(Finish(""), model)
        aspect = self.project.board.aspect
        settings, fit = within_budget(self._args, settings, model, aspect, finishing=True)
        production = FinishProduction(
            self.project,
            settings,
            prompt_writer(model, settings),
            model,
            takes,
            best_of=self._best_of,
            find_lora=lora_finder(settings, self.project.folder),
        )
        return self._drawn(production, generator, program, (*notes, *fit), rest)

    def animate(
        self,
        program: Program,
        notes: Sequence[str],
        wanted: Sequence[PanelAnimation],
        rest: Rest,
    ) -> tuple[Report, Path]:
        """Let pictures move, and write the PDF; arguments and errors as `draw`.

        Args:
            program: Makes the generator.
            notes: Said first.
            wanted: What is to move.
            rest: As in `storyboard.commands.drawing.draw`.
        """
        from storyboard.diffusion.families import check_task
        from storyboard.production.animations import AnimateProduction
        from storyboard.prompts.enhancer import prompt_writer
        from storyboard.settings.drawing import choice_of
        from storyboard.settings.editing import animate_settings
        from storyboard.values.request import Animate

        given = [name for name, value in overrides(self._args).items() if value is not None]
        settings = animate_settings(self._settings, given)
        generator = program.make_generator(settings)
        model = generator.describe(choice_of(settings))
        check_task(Animate("", 1, "1"), model)
        writer = prompt_writer(model, settings)
        production = AnimateProduction(
            self.project, settings, writer, model, wanted, best_of=self._best_of
        )
        return self._drawn(production, generator, program, notes, rest)

    def _drawn(
        self,
        production: Production,
        generator: PanelGenerator,
        program: Program,
        notes: Sequence[str],
        rest: Rest | None = None,
    ) -> tuple[Report, Path]:
        from storyboard.rendering.progress import report_on

        report = report_on(len(production.jobs), as_json=self._args.json)
        for line in notes:
            report.note(line)
        executor = executor_of(self._args, program, report)
        outcome = draw(self.project, production, generator, report, rest, executor)
        page, force = self._settings.page, self._args.force
        pdf = export_pdf(
            self.project, production, self._args.pdf, page, outcome, force=force, rest=rest
        )
        return report, pdf


def add_project(parser: argparse.ArgumentParser, *, elsewhere: bool = True) -> None:
    """Add the project and what is to be said of every drawing in it."""
    parser.add_argument("project", type=Path, metavar="DIR", help="the project folder")
    add_model(parser)
    add_download(parser)
    add_best_of(parser)
    add_pdf(parser)
    add_report(parser)
    if elsewhere:
        add_time_budget(parser)
        add_cluster(parser)
    else:
        parser.set_defaults(cluster=None, time_budget=None)


@contextmanager
def reopened(args: argparse.Namespace) -> Iterator[Reopened]:
    """Open the project that a command names, once its options are known to be right.

    Raises:
        StoryboardError: An option is wrong, or the project cannot be opened.
    """
    from storyboard.production.best_of import check_best_of
    from storyboard.project.project import Project, read_board

    usual = args.project / "storyboard.pdf" if args.project.is_dir() else None
    check_pdf(args.pdf or usual, force=args.force)
    check_cluster(args)
    best_of = check_best_of(args.best_of)
    before = read_board(args.project)
    with Project.open(args.project) as project:
        go_on(project)
        yield Reopened(project, before, args, best_of)
