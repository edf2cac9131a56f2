"""Files that a command writes at its end, looked at before it begins."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_writable"]


def check_writable(option: str, path: Path | None) -> None:
    """Refuse before minutes are spent what could not be written after them.

    Args:
        option: As the user wrote it, for the message.
        path: The file, or None where the option was not given.

    Raises:
        InputError: Nothing can be written there.
    """
    if path is None:
        return
    folder = path.absolute().parent
    if path.is_dir():
        raise InputError(f"{option} {path} is a folder: name a file in it")
    if not folder.is_dir():
        raise InputError(f"{option} {path} cannot be written: there is no folder {path.parent}")
    if not os.access(folder, os.W_OK):
        raise InputError(f"{option} {path} cannot be written: no permission in {path.parent}")
