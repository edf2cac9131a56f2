"""The boards that were open lately."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

__all__ = ["Recent", "RecentBoard"]

_KEY, _TITLES, _MOST = "recent", "recent titles", 10


@dataclass(frozen=True, slots=True)
class RecentBoard:
    """A board that was open, by the title that it had then."""

    folder: Path
    title: str


class Recent:
    """Boards, newest first; those whose folder is gone are left out."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def boards(self) -> list[RecentBoard]:
        """The boards that still exist."""
        titles = self._titles()
        found = [Path(each) for each in self._read()]
        return [
            RecentBoard(path, titles.get(str(path)) or path.name)
            for path in found
            if _is_there(path)
        ]

    @property
    def folders(self) -> list[Path]:
        """Where they are."""
        return [each.folder for each in self.boards]

    def add(self, folder: Path, title: str) -> None:
        """Put a board first."""
        mine = str(folder)
        kept = [mine, *(each for each in self._read() if each != mine)][:_MOST]
        titles = self._titles() | {mine: title}
        self._store.setValue(_KEY, kept)
        self._store.setValue(_TITLES, {each: titles[each] for each in kept if each in titles})

    def _read(self) -> list[str]:
        found = self._store.value(_KEY, [])
        if isinstance(found, str):  # a list of one comes back as a word
            return [found]
        return [str(each) for each in found] if isinstance(found, list) else []

    def _titles(self) -> dict[str, str]:
        found = self._store.value(_TITLES, {})
        if not isinstance(found, dict):
            return {}
        return {str(folder): str(title) for folder, title in found.items()}


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False  # in a place that may not be looked into
