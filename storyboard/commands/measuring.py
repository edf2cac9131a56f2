"""`storyboard explore --measure-schedule`: the noise levels that suit a model."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyboard.commands.consent import agree, budget_text
from storyboard.commands.drawing import at_work
from storyboard.errors import InputError, RenderCancelled, RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storyboard.explorer.axes import Axis
    from storyboard.explorer.sweep import Cell, Sweep
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.values.card import ModelCard

__all__ = ["for_measuring", "measure"]

_FOLDER = "measuring"
_ONE = ("model", "storage", "sampler", "acceleration", "LoRA", "guidance", "mode", "adapter scale")


def for_measuring(axes: Sequence[Axis], text: str) -> tuple[Axis, ...]:
    """The axes of the pictures that a schedule is measured with.

    Args:
        axes: That were given. Of a prompt four seeds are drawn unless there are others.
        text: Numbers of steps, as for `storyboard.explorer.axes.steps`.

    Raises:
        InputError: An axis that says what is to be found out, or what must be one.
    """
    from storyboard.explorer.axes import Axis, seeds, steps
    from storyboard.explorer.measuring import MANY

    for each in axes:
        if each.name in ("steps", "schedule"):
            raise InputError(
                "--measure-schedule finds the schedule for the steps that it names itself:"
                " leave --{axis} out",
                axis={"schedule": "schedules"}.get(each.name, each.name),
            )
        if each.name in _ONE and len(each.values) > 1:
            raise InputError(
                "a schedule is measured with one {axis}, and {values} are given: give one",
                axis=each.name,
                values=len(each.values),
            )
    names = {each.name for each in axes}
    more = () if names & {"seed", "panel"} else (seeds("1-4"),)
    wanted = steps(text).values
    return (*axes, *more, Axis("steps", tuple(dict.fromkeys((str(MANY), *wanted)))))


def measure(
    sweep: Sweep,
    card: ModelCard,
    generator: PanelGenerator,
    out: Path,
    *,
    agreed: bool,
    as_json: bool,
) -> None:
    """Tell what it costs, ask, draw, and keep the levels for every number of steps.

    Args:
        sweep: Of the axes that `for_measuring` makes.
        card: Of the model that draws.
        generator: Draws.
        out: The pictures go into a folder of it; those that are there are not drawn again.
        agreed: Whether the user has said yes.
        as_json: Whether a program reads what is told.

    Raises:
        InputError: The model or its sampler takes no levels, or the user says no.
        RenderCancelled, RenderError: Not everything was drawn.
    """
    from storyboard.diffusion.weights.measured_levels import MeasuredLevels, keep_levels
    from storyboard.explorer.budget import budget_of
    from storyboard.explorer.cells import CellFolder
    from storyboard.explorer.measuring import MANY, candidates_at_most, measured
    from storyboard.explorer.trials import Trials, exact, with_levels
    from storyboard.rendering.progress import report_on
    from storyboard.values.sampling_menu import levels_text

    # 1. What is to be like what.
    goals = tuple(exact(each) for each in sweep.cells if each.request.sampling.steps == MANY)
    trials: dict[int, list[Cell]] = defaultdict(list)
    for each in sweep.cells:
        if each.request.sampling.steps != MANY:
            trials[each.request.sampling.steps].append(each)
    first = {number: card.sampling.first_levels(number) for number in trials}
    if not goals or not all(first.values()):
        raise InputError("model {name} takes no noise levels of others", name=card.name)
    for number, cells in trials.items():
        generator.check(with_levels(cells[0], first[number]).request)
    folder = CellFolder(out / _FOLDER)
    at_most = [
        *folder.missing(goals),
        *(each for n, cells in trials.items() for each in cells * candidates_at_most(n)),
    ]
    budget = budget_of(at_most, folder.recipes)
    if not as_json:
        print(f"at most {budget_text(budget)}", file=sys.stderr)
    agree(budget, agreed=agreed, as_json=as_json)

    # 2. Draw and compare, for one number of steps after the other.
    with at_work(generator) as run:

        def draw(cells: Sequence[Cell]) -> None:
            jobs = folder.jobs(cells, lambda name: card)
            if not jobs:
                return
            report = report_on(len(jobs), as_json=as_json)
            outcome = run(jobs, lambda executor, tell: folder.queue(jobs, executor, tell), report)
            if outcome.left:
                raise RenderCancelled("stopped; the same command goes on where it was")
            if outcome.failed:
                raise RenderError("{failed} pictures could not be drawn", failed=outcome.failed)

        draw(goals)
        by = next(recipe for recipe in folder.recipes if recipe.steps == MANY)
        for number, cells in trials.items():

            def follow(at: int, least: float, number: int = number) -> None:
                _tell("round", as_json=as_json, steps=number, round=at, difference=round(least, 4))

            found = measured(first[number], Trials(cells, goals, folder, draw), follow)
            created = datetime.now(UTC).isoformat(timespec="seconds")
            keep_levels(
                MeasuredLevels(
                    model_hash=by.model_hash,
                    levels=found.levels,
                    model=card.name,
                    sampler=by.sampler,
                    pictures=len(cells),
                    before=found.before,
                    after=found.after,
                    created=created,
                )
            )
            _tell(
                "measured",
                as_json=as_json,
                steps=number,
                before=round(found.before, 4),
                after=round(found.after, 4),
                levels=levels_text(found.levels),
            )


def _tell(event: str, *, as_json: bool, **values: object) -> None:
    if as_json:
        print(json.dumps({"event": event, **values}), flush=True)
    else:
        words = (f"{name} {value}" for name, value in values.items())
        print(f"{event}: {', '.join(words)}", flush=True)
