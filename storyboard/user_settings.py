"""The user's own settings, for all projects: ``storyboard.yaml`` where the platform keeps such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import yaml

from storyboard import atomic
from storyboard.errors import SettingsError
from storyboard.settings import FILE, load_settings

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
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        # As text: YAML itself would read 16:9 as the number 969.
        found = yaml.load(text, yaml.BaseLoader) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise SettingsError(f"{path} holds no settings: it must be a list of 'name: value'")

    # 2. The file with the new values.
    kept = {name: value for name, value in found.items() if str(name).lower() not in values}
    kept |= {name: value for name, value in values.items() if value is not None}
    path.parent.mkdir(parents=True, exist_ok=True)
    dump = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100) if kept else ""
    atomic.write_text(path, _HEAD + dump)
