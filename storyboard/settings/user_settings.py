"""The user's own settings, for all projects: ``storyboard.yaml`` where the platform keeps such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import yaml

from storyboard.files import atomic
from storyboard.settings.layers import FILE, load_settings, read_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["keep_user_settings", "user_file"]

_HEAD = "# Settings for all projects; a project's own storyboard.yaml wins over them.\n"


def user_file() -> Path:
    """The file, whether it exists or not."""
    return platformdirs.user_config_path("storyboard", appauthor=False) / FILE


def keep_user_settings(values: Mapping[str, object]) -> None:
    """Set some of the user's settings; None takes one out, the others stay as they are.

    Raises:
        SettingsError: A value that cannot be, or a file that cannot be read.
        ProjectError: The file cannot be written.
    """
    # 1. Nothing wrong gets into the file, and a file that is wrong already is not overwritten.
    load_settings({name: value for name, value in values.items() if value is not None})
    path = user_file()
    found = read_values(path)

    # 2. The file with the new values.
    kept = {name: value for name, value in found.items() if name.lower() not in values}
    kept |= {name: value for name, value in values.items() if value is not None}
    path.parent.mkdir(parents=True, exist_ok=True)
    dump = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100) if kept else ""
    atomic.write_text(path, _HEAD + dump)
