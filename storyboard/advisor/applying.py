"""A change of settings, kept where it belongs, with the prediction that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import KEPT, Settings
from storyboard.advisor.experience import Prediction, hardware_name, keep, now
from storyboard.machine.machine import this_machine
from storyboard.project.project_settings import keep_settings
from storyboard.settings.layers import load_settings
from storyboard.settings.user_settings import keep_user_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from storyboard.advisor.advice import Proposal
    from storyboard.advisor.advising import Plan

__all__ = ["apply_change", "of_the_machine", "predict", "rules_of"]


def of_the_machine(change: Mapping[str, object]) -> frozenset[str]:
    """Names of those settings that are not a project's, but hold for all of this user's."""
    fields = Settings.model_fields
    return frozenset(name for name in change if KEPT not in fields[name].metadata)


def apply_change(change: Mapping[str, object], folder: Path | None) -> tuple[str, ...]:
    """Keep settings: a project's in its folder, those of the machine among the user's own.

    Args:
        change: Settings by name.
        folder: Of the project; without one all of them are the user's own.

    Returns:
        Names of the settings that the environment still says otherwise.

    Raises:
        SettingsError: They do not go together, or a file of settings cannot be read.
        ProjectError: A file cannot be written.
    """
    # 1. What is wanted, refused before anything is written.
    wanted = load_settings(change, folder=folder).settings
    own = of_the_machine(change) if folder is not None else frozenset(change)
    # 2. The two files.
    if own:
        keep_user_settings({name: change[name] for name in change if name in own})
    if folder is not None and own != frozenset(change):
        keep_settings(wanted, folder)
    # 3. What holds now.
    held = load_settings({}, folder=folder).settings
    return tuple(name for name in change if getattr(held, name) != getattr(wanted, name))


def rules_of(proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Names of the rules, in a fixed order: what predictions are compared by."""
    return tuple(sorted(each.idea.rule for each in proposals))


def predict(plan: Plan, model: str, now_seconds: float | None, folder: Path | None) -> bool:
    """Remember what a plan promises, so that the next panels can be compared with it.

    Args:
        plan: What was applied.
        model: What draws.
        now_seconds: Of a panel before.
        folder: Of the project.

    Returns:
        Whether there is something to compare with: seconds were predicted, and a project draws.
    """
    if plan.seconds is None or now_seconds is None or folder is None or not plan.proposals:
        return False
    taught = 1.0
    for each in plan.proposals:
        taught *= each.learned
    keep(
        Prediction(
            created=now(),
            hardware=hardware_name(this_machine()),
            folder=str(folder.absolute()),
            model=model,
            rules=rules_of(plan.proposals),
            change=tuple((name, str(value)) for name, value in sorted(plan.change.items())),
            before=now_seconds,
            counted=plan.seconds / taught,
            told=plan.seconds,
        )
    )
    return True
