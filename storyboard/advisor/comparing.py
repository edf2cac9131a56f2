"""One panel of a board as it is drawn now and with a change, side by side on a sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.advisor.applying import rules_of
from storyboard.advisor.experience import Prediction, hardware_name, keep, now
from storyboard.advisor.trial import Side, try_panel
from storyboard.errors import InputError
from storyboard.explorer.sheet import SheetCell, SheetPage
from storyboard.explorer.sheet_drawing import sheet_png
from storyboard.files.output_file import check_output, is_chart, write_output
from storyboard.machine.machine import this_machine
from storyboard.production.requests import Requests
from storyboard.project.project_view import ProjectView
from storyboard.rendering.interrupt import cancelling_on_interrupt
from storyboard.settings.drawing import choice_of
from storyboard.values.choice import panel_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from config import Settings
    from storyboard.advisor.advising import Plan
    from storyboard.advisor.trial import Trial
    from storyboard.rendering.panel_generator import MakeGenerator, PanelGenerator
    from storyboard.values.request import PanelRequest

__all__ = ["compare_panel"]

_ROUNDS = 2
_NAMES = ("as now", "with the change")
# A change of one of these needs another generator: it is made with them.
_LOADED_WITH = ("enable_channels_last", "enable_attention_slicing", "enable_fp16_autocast")


def compare_panel(
    folder: Path,
    panel: str | None,
    make_generator: MakeGenerator,
    both: tuple[Settings, Settings],
    plan: Plan,
    out: Path,
    *,
    force: bool,
    tell: Callable[[str], None],
) -> Trial:
    """Draw a panel in both ways, write the sheet, and remember what was measured.

    Args:
        folder: The project; nothing in it is changed.
        panel: Number of the panel, as it was written; the first one if None.
        make_generator: Makes what draws.
        both: Settings of now, and with the change.
        plan: What the change is.
        out: The sheet.
        force: Whether a file that this program has not written may be replaced.
        tell: Receives a line for every picture, and the outcome.

    Raises:
        StoryboardError: No such panel, a model that cannot be loaded, a file in the way.
    """
    # 1. What is asked of each side.
    check_output(out, is_chart, force=force)
    project = ProjectView.look(folder)
    number = _number(panel, len(project.board.panels))
    generators = [make_generator(both[0])]
    if any(getattr(both[0], name) != getattr(both[1], name) for name in _LOADED_WITH):
        generators.append(make_generator(both[1]))
    stopped = False

    def stop() -> bool:
        nonlocal stopped
        stopped = True
        return True

    try:
        now_side, other = (
            Side(name, generator, _request(project, settings, generator, number))
            for name, settings, generator in zip(
                _NAMES, both, (generators[0], generators[-1]), strict=True
            )
        )
        # 2. Both are drawn.
        with cancelling_on_interrupt(stop):
            trial = try_panel(
                (now_side, other), rounds=_ROUNDS, tell=tell, cancelled=lambda: stopped
            )
    finally:
        for generator in generators:
            generator.unload()
    # 3. The sheet, and what this machine has taught.
    title = ", ".join(str(each.idea.do) for each in plan.proposals)
    write_output(out, _sheet(trial, title, number))
    before, after = trial.seconds
    tell(f"{before:.2f} s became {after:.2f} s; side by side in {out}")
    _remember(trial, plan, both[0])
    return trial


def _number(panel: str | None, count: int) -> int:
    numbers = panel_numbers(panel or "1", count)
    if len(numbers) != 1:
        raise InputError("--panel {text} is not one panel: name one", text=repr(panel))
    return next(iter(numbers))


def _request(
    project: ProjectView, settings: Settings, generator: PanelGenerator, number: int
) -> PanelRequest:
    """What is asked for that panel; refused before anything is loaded."""
    from storyboard.diffusion.weights.lora_place import lora_finder
    from storyboard.prompts.enhancer import prompt_writer

    card = generator.describe(choice_of(settings))
    finder = lora_finder(settings, project.folder)
    requests = Requests(project, settings, prompt_writer(card, settings), card, finder)
    request = requests.panel(project.board.panels[number - 1], number)
    generator.check(request)
    return request


def _sheet(trial: Trial, title: str, number: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        cells = {}
        for column, (png, seconds) in enumerate(zip(trial.pictures, trial.seconds, strict=True)):
            path = Path(folder) / f"{column}.png"
            path.write_bytes(png)
            cells[0, column] = SheetCell(path, f"{seconds:.2f} s")
        return sheet_png(SheetPage(title, _NAMES, (f"panel {number}",), cells))


def _remember(trial: Trial, plan: Plan, settings: Settings) -> None:
    """Learn from the trial as from a change that was applied."""
    taught = 1.0
    for each in plan.proposals:
        taught *= each.learned
    if plan.factor is None:
        return
    before, after = trial.seconds
    keep(
        Prediction(
            created=now(),
            hardware=hardware_name(this_machine()),
            folder="",
            model=settings.model,
            rules=rules_of(plan.proposals),
            change=(),
            before=before,
            counted=before * plan.factor / taught,
            told=before * plan.factor,
            measured=after,
            panels=_ROUNDS,
        )
    )
