"""The settings that a project was begun with, kept in its ``storyboard.yaml`` for `resume`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from storyboard.project.folder import SETTINGS, SETTINGS_HEAD, ProjectFolder
from storyboard.techniques.few_step import read_few_step

if TYPE_CHECKING:
    from config import Settings

__all__ = ["keep_settings"]

# What decides the pictures and the page. The board has its own aspect, seed and characters, and
# what saves memory is a matter of the machine.
_KEPT = (
    "mode",
    "num_inference_steps",
    "guidance_scale",
    "ip_adapter_scale",
    "use_identity_lock",
    "negative_prompt",
    "style",
    "model",
    "ip_adapter",
    "acceleration",
    "few_step",
    "frame_width",
    "page",
)
_HEAD = f"{SETTINGS_HEAD}STORYBOARD_* and the command line win over them.\n"


def keep_settings(settings: Settings, folder: Path) -> None:
    """Write the settings into a project's folder.

    Raises:
        ProjectError: The file cannot be written.
    """
    kept = {name: getattr(settings, name) for name in _KEPT}
    for name in ("model", "ip_adapter"):
        kept[name] = _findable(kept[name])
    if settings.few_step:
        adapter, file = read_few_step(settings.few_step)
        kept["few_step"] = f"{adapter}={Path(file).absolute()}" if file else adapter
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)
    ProjectFolder(folder).write(SETTINGS, (_HEAD + text).encode())


def _findable(model: str) -> str:
    """A path that still leads to the model when the working folder is another one."""
    try:
        exists = model != "starter" and Path(model).exists()  # a folder cannot take that name
    except OSError:
        exists = False
    return str(Path(model).absolute()) if exists else model
