"""After panels were drawn: was what the advisor predicted what was measured?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.baseline import drawn_recipes, is_alike, seconds_of, warm
from storyboard.advisor.experience import (
    OFF_BY,
    experience_file,
    hardware_name,
    keep,
    open_ones,
)
from storyboard.advisor.work import WorkCounter
from storyboard.machine.machine import condition, this_machine
from storyboard.message import Message
from storyboard.settings.layers import load_settings

if TYPE_CHECKING:
    from config import Settings
    from storyboard.advisor.experience import Prediction
    from storyboard.project.project_view import ProjectView

__all__ = ["check_predictions", "verdict"]

_BUSY = 2.0
"""Processes a core, above which a time says more about the others than about the settings."""

_LEAST = 2
"""Panels, of which the first waits for kernels and caches."""


def check_predictions(project: ProjectView) -> tuple[Message, ...]:
    """Compare what was predicted for a project with the panels that were drawn since.

    Args:
        project: Its board and pictures. A prediction for other settings than it has now waits
            until they hold again.

    Returns:
        A line for each prediction that could be compared. Each is compared once.
    """
    if not experience_file().is_file():
        return ()  # nothing was ever applied, as mostly
    waiting = open_ones(str(project.folder.absolute()), hardware_name(this_machine()))
    if not waiting:
        return ()
    told: list[Message] = []
    settings = load_settings({}, folder=project.folder).settings
    counter = WorkCounter(project.board.aspect, may_count=False)
    for prediction in waiting:
        if prediction.model != settings.model or not _holds(prediction, settings):
            continue
        work = counter.of(settings)
        since = drawn_recipes(project, prediction.created)
        mine = [each for each in since if work and is_alike(each, settings, work)]
        if len(mine) >= _LEAST:
            kept = warm(mine)
            checked = prediction.checked(seconds_of(kept), len(kept), busy=_is_busy())
            keep(checked)
            told.append(verdict(checked))
    return tuple(told)


def verdict(prediction: Prediction) -> Message:
    """What is to be said about a prediction that was compared."""
    fields = {
        "rules": ", ".join(prediction.rules),
        "told": f"{prediction.told:.2f}",
        "measured": f"{prediction.measured:.2f}",
        "off": f"{prediction.off:+.0%}",
        "panels": prediction.panels,
    }
    if abs(prediction.off) <= OFF_BY:
        return Message(
            "advice ({rules}): {told} s a panel were predicted, {measured} s were measured ({off})",
            fields,
        )
    if prediction.busy:
        return Message(
            "advice ({rules}): {told} s a panel were predicted, {measured} s were measured ({off});"
            " others kept this machine busy meanwhile, so that nothing is learned from it",
            fields,
        )
    return Message(
        "advice ({rules}) was wrong: {told} s a panel were predicted, {measured} s were measured"
        " ({off}); from now on it reckons with that on this machine",
        fields,
    )


def _is_busy() -> bool:
    """Whether more than this program wants the processor; drawing itself takes every core once."""
    return condition().load > _BUSY * max(1, this_machine().cpu_cores)


def _holds(prediction: Prediction, settings: Settings) -> bool:
    return all(str(getattr(settings, name, "")) == value for name, value in prediction.change)
