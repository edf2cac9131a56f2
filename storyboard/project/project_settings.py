"""The settings that a project was begun with, kept in its ``storyboard.yaml`` for `resume`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from config import KEPT
from storyboard.project.folder import SETTINGS, SETTINGS_HEAD, ProjectFolder
from storyboard.techniques.lora import parse_loras

if TYPE_CHECKING:
    from config import Settings

__all__ = ["keep_settings"]

_HEAD = f"{SETTINGS_HEAD}STORYBOARD_* and the command line win over them.\n"


def keep_settings(settings: Settings, folder: Path) -> None:
    """Write the settings into a project's folder.

    Raises:
        ProjectError: The file cannot be written.
    """
    # The board has its own aspect, seed and characters; what saves memory is the machine's matter.
    fields = type(settings).model_fields
    kept = {name: getattr(settings, name) for name in fields if KEPT in fields[name].metadata}
    for name in ("model", "edit_model", "animate_model", "ip_adapter"):
        kept[name] = _findable(kept[name])
    name, named, file = settings.few_step.partition("=")
    kept["few_step"] = f"{name}={Path(file).absolute()}" if named else _findable(name)
    wishes = parse_loras(settings.loras)
    kept["loras"] = [replace(each, source=_findable(each.source)).text for each in wishes]
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)
    ProjectFolder(folder).write(SETTINGS, (_HEAD + text).encode())


def _findable(model: str) -> str:
    """A path that still leads to the model when the working folder is another one."""
    try:
        # A folder called "starter" cannot take that model's place.
        exists = model not in ("", "starter") and Path(model).exists()
    except OSError:
        exists = False
    return str(Path(model).absolute()) if exists else model
