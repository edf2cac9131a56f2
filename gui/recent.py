"""The boards that were open lately."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

__all__ = ["Recent"]

_KEY, _MOST = "recent", 10


class Recent:
    """Folders, newest first; those that are gone are left out."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def folders(self) -> list[Path]:
        """The boards that still exist."""
        return [path for each in self._read() if _is_there(path := Path(each))]

    def add(self, folder: Path) -> None:
        """Put a board first."""
        mine = str(folder)
        others = [each for each in self._read() if each != mine]
        self._store.setValue(_KEY, [mine, *others][:_MOST])

    def _read(self) -> list[str]:
        found = self._store.value(_KEY, [])
        if isinstance(found, str):  # a list of one comes back as a word
            return [found]
        return [str(each) for each in found] if isinstance(found, list) else []


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False  # in a place that may not be looked into
