"""The settings with which a picture that is there is gone over by a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.settings.layers import load_settings
from storyboard.settings.workflows import find_workflow

if TYPE_CHECKING:
    from pathlib import Path

    from config import Settings

__all__ = ["with_workflow"]


def with_workflow(settings: Settings, name: str, project: Path) -> Settings:
    """Settings with what a workflow sets in place of their own.

    Args:
        settings: Those in force.
        name: Of the workflow.
        project: The project's folder, which may have workflows of its own.

    Raises:
        SettingsError: There is none of that name, or it is damaged.
    """
    values, _ = find_workflow(name, project).settings_for(settings.model)
    chosen = {"workflow": name, "model": settings.model}
    found = load_settings(chosen, folder=project).settings
    return settings.model_copy(update={each: getattr(found, each) for each in values})
